import assert from 'node:assert/strict';
import { test } from 'node:test';
import { frameKey } from './frame-key.ts';

test('a frame’s key depends on its beginning, its end and its length', () => {
  const long = `${'a'.repeat(300)}middle${'b'.repeat(300)}`;
  const keys = new Set([
    frameKey(long),
    frameKey(`x${long.slice(1)}`),
    frameKey(`${long.slice(0, -1)}x`),
    frameKey(`${long}b`),
    frameKey(''),
    frameKey('a'),
  ]);
  assert.equal(keys.size, 6);
  assert.equal(frameKey(long), frameKey(long.replace('middle', 'muddle')));
});
