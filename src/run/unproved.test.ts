import assert from 'node:assert/strict';
import test from 'node:test';
import { remarksOnEntry, unproved } from './unproved.ts';

test('where everybody is the same user, what cannot be proved is said before and after the run', () => {
  const [said = ''] = remarksOnEntry({ AUTH_MODE: 'bypass', TOKEN_COOKIE: undefined });
  for (const words of unproved('bypass')) assert.ok(said.includes(words));
  assert.match(said, /leak.*rate limits.*reviewed.*sign-ins.*roles/);
});

test('where analysts are people of their own there is nothing to say, but of a header', () => {
  assert.deepEqual(unproved('hosted'), []);
  assert.deepEqual(unproved(undefined), []);
  assert.deepEqual(remarksOnEntry({ AUTH_MODE: 'hosted', TOKEN_COOKIE: undefined }), []);
  assert.deepEqual(remarksOnEntry({ AUTH_MODE: 'token', TOKEN_COOKIE: 'session' }), []);
  assert.match(remarksOnEntry({ AUTH_MODE: 'token', TOKEN_COOKIE: undefined }).join(), /WebSockets cannot carry/);
});
