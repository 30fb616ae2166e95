import assert from 'node:assert/strict';
import test from 'node:test';
import { keepSecret, veil } from './secrets.ts';

test('a secret is veiled in every spelling, and what holds another one as a whole', () => {
  keepSecret('password', 'pa"ss &1');
  keepSecret('token', 'eyJhead.body.sign');
  keepSecret('cookie', 'sid=eyJhead.body.sign');
  assert.equal(veil('fill("pa"ss &1")'), 'fill("[password]")');
  assert.equal(veil('?p=pa%22ss%20%261&x=1'), '?p=[password]&x=1');
  assert.equal(veil(JSON.stringify({ p: 'pa"ss &1' })), '{"p":"[password]"}');
  assert.equal(veil('a eyJhead.body.sign b sid=eyJhead.body.sign'), 'a [token] b [cookie]');
});

test('what is too short to be a secret veils nothing', () => {
  keepSecret('password', '');
  keepSecret('password', 'ab');
  keepSecret('token', undefined);
  assert.equal(veil('about'), 'about');
});
