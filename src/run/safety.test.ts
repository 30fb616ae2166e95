import assert from 'node:assert/strict';
import test from 'node:test';
import { refuseLiveHost, refuseUnsafeTarget, remarkOnSignIn } from './safety.ts';

for (const address of [
  'http://localhost:3000',
  'http://127.0.0.1',
  'http://127.8.9.10:80',
  // Addresses are read as browsers read them.
  'http://127.1:3000',
  'http://[::1]:3000',
  'https://staging.example.org',
  'https://STAGING.example.org:8443/app',
]) {
  test(`${address} may be driven`, () => {
    assert.equal(refuseUnsafeTarget(address, ['staging.example.org']), undefined);
  });
}

for (const address of [
  'https://example.org',
  'https://staging.example.org.evil.test',
  'https://evil-staging.example.org',
  'https://localhost.evil.test',
  'http://127.0.0.1.evil.test',
  'http://0.0.0.0:3000',
  'http://192.168.1.5',
]) {
  test(`${address} is not allowed`, () => {
    assert.match(refuseUnsafeTarget(address, ['staging.example.org']) ?? '', /not allowed/);
  });
}

for (const host of ['prod.example.org', 'app-production.example.org', 'live2.example.org', 'eu.prod1.example.org']) {
  test(`${host} is production, even when it is allowed`, () => {
    assert.match(refuseUnsafeTarget(`https://${host}`, [host]) ?? '', /never drives production/);
  });
}

test('a host that only resembles the word is not production', () => {
  for (const host of ['products.example.org', 'reproduction.example.org', 'olive.example.org'])
    assert.equal(refuseUnsafeTarget(`https://${host}`, [host]), undefined);
});

test('a staging product whose pages connect to production is refused', () => {
  assert.match(refuseLiveHost('production.convex.example:443') ?? '', /looks like production/);
  assert.equal(refuseLiveHost('live.staging.example.org'), undefined);
  assert.equal(refuseLiveHost('happy-otter-123.convex.cloud'), undefined);
  assert.equal(refuseLiveHost('127.0.0.1:4000'), undefined);
});

test('a sign-in that looks like production’s is remarked on, not refused', () => {
  assert.match(remarkOnSignIn('https://auth.prod.example.org') ?? '', /accounts made for tests/);
  assert.equal(remarkOnSignIn('https://auth.example.org'), undefined);
});
