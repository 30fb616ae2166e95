import assert from 'node:assert/strict';
import test from 'node:test';
import { pageNamer } from './page-names.ts';

const name = pageNamer('http://127.0.0.1:4000');

for (const [address, expected] of [
  ['http://127.0.0.1:4000/dashboard', 'dashboard'],
  ['http://127.0.0.1:4000/dashboard?x=1', 'dashboard'],
  ['http://127.0.0.1:4000/projects/new', 'wizard'],
  ['http://127.0.0.1:4000/projects/abc123', 'project'],
  ['http://127.0.0.1:4000/projects/abc123/review', 'review'],
  ['http://127.0.0.1:4000/auth/callback?code=1', 'auth'],
  ['http://127.0.0.1:4000/', 'other'],
  ['http://127.0.0.1:4999/login', 'sign-in'],
  ['about:blank', 'blank'],
] as const) {
  test(`${address} is the page "${expected}"`, () => assert.equal(name(address), expected));
}
