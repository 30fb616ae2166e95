import assert from 'node:assert/strict';
import test from 'node:test';
import { leadsToSignIn, renewalTime, sessionEnd } from './session.ts';

const minute = 60_000;
const cookie = (expires: number, name = 'wos-session'): { name: string; expires: number } => ({ name, expires });

test('a sign-in is good as long as the product’s cookie says', () => {
  assert.equal(sessionEnd([cookie(5000)], 1000, undefined), 5_000_000);
});

test('SESSION_MINUTES cuts a cookie short, and never makes it longer', () => {
  assert.equal(sessionEnd([cookie(5000)], 1000, 2), 1000 + 2 * minute);
  assert.equal(sessionEnd([cookie(60)], 1000, 2), 60_000);
});

test('a cookie that does not say, or another one, leaves it to SESSION_MINUTES, else to an hour', () => {
  assert.equal(sessionEnd([cookie(-1)], 1000, 3), 1000 + 3 * minute);
  assert.equal(sessionEnd([cookie(30, 'workos-access-token')], 1000, undefined), 1000 + 60 * minute);
});

test('a session is renewed five minutes before its end, a short one at half its time', () => {
  assert.deepEqual(renewalTime({ signedInAt: 0, endsAt: 60 * minute }), { from: 55 * minute, latest: 56.25 * minute });
  assert.deepEqual(renewalTime({ signedInAt: 0, endsAt: 30_000 }), { from: 15_000, latest: 18_750 });
});

test('a redirect to another origin or to a page of refusal is the end of a session, others are not', () => {
  const at = 'http://staging.test';
  const authorize = 'https://api.workos.com/user_management/authorize?provider=authkit';
  assert.ok(leadsToSignIn(307, authorize, at));
  assert.ok(leadsToSignIn(303, '/auth/error?reason=removed', at));
  assert.ok(leadsToSignIn(302, '/login?next=/dashboard', at));
  assert.ok(!leadsToSignIn(308, '/projects/1', at));
  assert.ok(!leadsToSignIn(307, 'http://staging.test/dashboard/', at));
  assert.ok(!leadsToSignIn(200, authorize, at));
  assert.ok(!leadsToSignIn(304, undefined, at));
});
