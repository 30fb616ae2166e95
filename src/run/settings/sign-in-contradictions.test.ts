import assert from 'node:assert/strict';
import test from 'node:test';
import { parseSettings } from '../settings.ts';

const attached = { BASE_URL: 'http://127.0.0.1:3000', ACCOUNTS_FILE: 'accounts.json' };
const token = { ...attached, AUTH_MODE: 'token', TOKEN_SECRET: 'long enough', TOKEN_COOKIE: 'session' };

for (const [what, environment] of [
  ['a form, by default', attached],
  ['everybody let in, without accounts', { BASE_URL: attached.BASE_URL, AUTH_MODE: 'bypass' }],
  ['a token in a cookie', token],
  ['a token in both', { ...token, TOKEN_HEADER: 'Authorization: Bearer {token}' }],
  ['a secret in bytes', { ...token, TOKEN_SECRET: 'hex:00ff' }],
  ['claims that are nested', { ...token, TOKEN_CLAIMS: '{"a":{"b":["{role}"]}}' }],
  [
    'a private key',
    { ...attached, AUTH_MODE: 'token', TOKEN_ALGORITHM: 'ES256', TOKEN_KEY_FILE: 'key.pem', TOKEN_COOKIE: 'session' },
  ],
] as const) {
  test(`accepted: ${what}`, () => {
    parseSettings(environment);
  });
}

for (const [what, environment, expected] of [
  ['tokens for the sandbox', { AUTH_MODE: 'token' }, /AUTH_MODE is token but BASE_URL is not set/],
  ['a sandbox that remembers', { SIGN_IN: 'kept' }, /SIGN_IN is kept but BASE_URL is not set/],
  ['a kept token', { ...token, SIGN_IN: 'fresh' }, /SIGN_IN is fresh but AUTH_MODE is token/],
  ['accounts that nobody uses', { ...attached, AUTH_MODE: 'bypass' }, /everybody is the same user there/],
  ['no secret', { ...token, TOKEN_SECRET: '' }, /TOKEN_ALGORITHM HS256, but TOKEN_SECRET is not set/],
  ['no key', { ...token, TOKEN_ALGORITHM: 'RS256' }, /TOKEN_ALGORITHM RS256, but TOKEN_KEY_FILE is not set/],
  [
    'a secret that signs nothing',
    { ...token, TOKEN_ALGORITHM: 'RS256', TOKEN_KEY_FILE: 'k' },
    /TOKEN_SECRET is set but/,
  ],
  ['a secret that is no bytes', { ...token, TOKEN_SECRET: 'hex:0g' }, /after hex: or base64: there must be bytes/],
  ['nothing that carries it', { ...token, TOKEN_COOKIE: '' }, /nothing carries the token/],
  ['a cookie of no name', { ...token, TOKEN_COOKIE: 'a b' }, /TOKEN_COOKIE is "a b"/],
  ['a header without the token', { ...token, TOKEN_HEADER: 'Authorization: Bearer' }, /a value with \{token\}/],
  ['claims that are no JSON', { ...token, TOKEN_CLAIMS: '{sub}' }, /TOKEN_CLAIMS is \{sub\}: it is not valid JSON/],
  ['claims that are a list', { ...token, TOKEN_CLAIMS: '[]' }, /must be a JSON object/],
  [
    'an end of its own',
    { ...token, TOKEN_CLAIMS: '{"exp":1}' },
    /must not hold "exp", which follows from TOKEN_MINUTES/,
  ],
  ['a value that no account has', { ...token, TOKEN_CLAIMS: '{"sub":"{id}"}' }, /holds \{id\}, which no account has/],
  ['a key beside a form', { ...attached, TOKEN_KEY_FILE: 'k' }, /TOKEN_KEY_FILE is set but AUTH_MODE is hosted/],
] as const) {
  test(`refused: ${what}`, () => {
    assert.throws(
      () => parseSettings(environment),
      (error: Error) => expected.test(error.message) && !error.message.includes('long enough'),
    );
  });
}
