import assert from 'node:assert/strict';
import test from 'node:test';
import { pageNamer, routeName } from './page-names.ts';

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
  ['http://127.0.0.1:4999/invitations/abc', 'invitation'],
  ['http://127.0.0.1:4999/invited', 'sign-in'],
  ['about:blank', 'blank'],
] as const) {
  test(`${address} is the page "${expected}"`, () => assert.equal(name(address), expected));
}

for (const [path, expected] of [
  ['/api/projects/launch', '/api/projects/launch'],
  ['/api/runs/k57e1q2w3e4r5t6y7u8i9o0p1a2s3d4f/review', '/api/runs/:id/review'],
  ['/api/runs/abcdefghijklmnopqrstuvwxyzabcdef/cancel', '/api/runs/:id/cancel'],
  ['/api/runs/0190f7a3-2b1c-7d4e-8f5a-6b7c8d9e0f1a/download/crosstabs.xlsx', '/api/runs/:id/download/:file'],
  ['/api/projects/17/', '/api/projects/:id'],
  ['/api/validate-data', '/api/validate-data'],
  ['/', '/'],
] as const) {
  test(`${path} is of the route ${expected}`, () => assert.equal(routeName(path), expected));
}
