import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCodes } from './codes.ts';
import { packState, unpackState } from './state.ts';

test('a state brings back the local path it was packed with', () => {
  for (const path of ['/dashboard', '/projects/abc/review?x=1#y']) assert.equal(unpackState(packState(path)), path);
});

test('a state never leads away', () => {
  const away = [
    '//evil.test',
    'https://evil.test/',
    '/\\evil.test',
    '/a/..//evil.test',
    'javascript:alert(1)',
    '\\\\evil.test',
    '/\t/evil.test',
    '',
  ];
  for (const path of away) assert.equal(unpackState(packState(path)), '/dashboard', path);
  for (const state of [
    undefined,
    '',
    'nonsense',
    Buffer.from('null').toString('base64url'),
    Buffer.from('{"returnPathname":5}').toString('base64url'),
  ]) {
    assert.equal(unpackState(state), '/dashboard');
  }
});

test('a code is good once, and not for long', () => {
  let now = 0;
  const codes = createCodes(() => now);
  const grant = { userId: 'u', orgId: 'o' };
  const code = codes.issue(grant);
  assert.deepEqual(codes.redeem(code), grant);
  assert.equal(codes.redeem(code), undefined);
  const late = codes.issue(grant);
  now = 60_001;
  assert.equal(codes.redeem(late), undefined);
});
