import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { decodeJwt, decodeProtectedHeader, jwtVerify } from 'jose';
import { claimsOf, openMint, secretBytes, type TokenOwner, type TokenSettings } from './tokens.ts';

const ada: TokenOwner = { email: 'ada@north.test', name: 'Ada "A"', organization: 'North', role: 'admin' };
const settings = (given: Partial<TokenSettings>): TokenSettings => ({
  TOKEN_SECRET: undefined,
  TOKEN_KEY_FILE: undefined,
  TOKEN_ALGORITHM: 'HS256',
  TOKEN_CLAIMS: '{"sub":"{email}"}',
  TOKEN_MINUTES: 60,
  ...given,
});

test('claims are the template with the account’s values, whatever is in them, and its own claims on top', () => {
  const template = { sub: '{email}', who: { name: '{name} of {organization}', roles: ['{role}', 7] }, org: 'none' };
  assert.deepEqual(claimsOf(template, { ...ada, claims: { org: 'o-1', flags: [true] } }), {
    sub: 'ada@north.test',
    who: { name: 'Ada "A" of North', roles: ['admin', 7] },
    org: 'o-1',
    flags: [true],
  });
  assert.equal(claimsOf({ sub: '{email}' }, { ...ada, claims: { sub: 'u-9' } }).sub, 'u-9');
  assert.equal(claimsOf({ sub: '{email}' }, { ...ada, email: '{role}' }).sub, '{role}');
});

test('a token says when it was signed and when it ends', async () => {
  const token = await openMint(settings({ TOKEN_SECRET: 'long enough to be a secret', TOKEN_MINUTES: 1.5 }))(
    ada,
    1_700_000_000_500,
  );
  assert.deepEqual(decodeJwt(token.value), { sub: ada.email, iat: 1_700_000_000, exp: 1_700_000_090 });
  assert.equal(token.endsAt, 1_700_000_090_000);
  assert.equal(decodeProtectedHeader(token.value).alg, 'HS256');
});

test('a shared secret is its text, or bytes that are spelled out', async () => {
  assert.deepEqual(Buffer.from(secretBytes('hex:00ff')), Buffer.from([0, 255]));
  assert.deepEqual(Buffer.from(secretBytes('base64:AP8=')), Buffer.from([0, 255]));
  assert.deepEqual(Buffer.from(secretBytes('hexagon')), Buffer.from('hexagon'));
  const token = await openMint(settings({ TOKEN_SECRET: 'hex:00112233445566778899aabbccddeeff' }))(ada);
  await jwtVerify(token.value, Buffer.from('00112233445566778899aabbccddeeff', 'hex'));
  await assert.rejects(jwtVerify(token.value, Buffer.from('another')));
});

test('private keys sign, and one of another kind is refused without being shown', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-key-'));
  try {
    const file = path.join(folder, 'key.pem');
    for (const [algorithm, pair] of [
      ['RS256', generateKeyPairSync('rsa', { modulusLength: 2048 })],
      ['ES256', generateKeyPairSync('ec', { namedCurve: 'P-256' })],
      ['EdDSA', generateKeyPairSync('ed25519')],
    ] as const) {
      await writeFile(file, pair.privateKey.export({ type: 'pkcs8', format: 'pem' }));
      const token = await openMint(settings({ TOKEN_KEY_FILE: file, TOKEN_ALGORITHM: algorithm }))(ada);
      assert.equal((await jwtVerify(token.value, pair.publicKey)).payload.sub, ada.email);
      const wrong = algorithm === 'RS256' ? 'ES256' : 'RS256';
      await assert.rejects(
        openMint(settings({ TOKEN_KEY_FILE: file, TOKEN_ALGORITHM: wrong }))(ada),
        new RegExp(`No token can be signed with ${wrong} and the key of .*key\\.pem`),
      );
    }
    await writeFile(file, 'hush-hush');
    assert.throws(
      () => openMint(settings({ TOKEN_KEY_FILE: file, TOKEN_ALGORITHM: 'RS256' })),
      (error: Error) => /no private key can be read there/.test(error.message) && !error.message.includes('hush'),
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('hundreds are signed in a second', async (context) => {
  const mint = openMint(settings({ TOKEN_SECRET: 'long enough to be a secret' }));
  const beganAt = performance.now();
  const tokens = await Promise.all(
    Array.from({ length: 500 }, (_, index) => mint({ ...ada, email: `a${index}@north.test` })),
  );
  context.diagnostic(`500 tokens in ${Math.round(performance.now() - beganAt)} ms`);
  assert.equal(new Set(tokens.map(({ value }) => value)).size, 500);
});
