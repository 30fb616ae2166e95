import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import test from 'node:test';
import { createSessions, sessionCookie } from './sessions.ts';

const session = { userId: 'u', orgId: 'o' };
const sessions = createSessions({ session: () => session as never }, randomBytes(32), 5);

test('two sign-ins of one person within a second are two sessions, and both are good', async () => {
  const [one, other] = await Promise.all([sessions.issue('u', 'o'), sessions.issue('u', 'o')]);
  assert.notEqual(one, other);
  for (const token of [one, other]) {
    const found = await sessions.authenticate({ cookie: `${sessionCookie}=${token}` });
    assert.ok(typeof found === 'object');
    assert.equal(found.token, token);
  }
});
