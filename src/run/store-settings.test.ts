import assert from 'node:assert/strict';
import test from 'node:test';
import { parseSettings, publicSettings } from './settings.ts';
import { storeOf } from './store-settings.ts';

const keys = { R2_BUCKET_NAME: 'data', R2_ACCESS_KEY_ID: 'key', R2_SECRET_ACCESS_KEY: 'hidden-secret' };
const attached = { BASE_URL: 'http://localhost:3000', ACCOUNTS_FILE: 'accounts.json', DATASETS: 'store' };

test('the endpoint of an R2 account follows from its id; another store names its own', () => {
  const r2 = storeOf(parseSettings({ ...attached, ...keys, R2_ACCOUNT_ID: '0123abcd' }));
  assert.equal(r2.endpoint, 'https://0123abcd.r2.cloudflarestorage.com');
  assert.deepEqual([r2.bucket, r2.accessKeyId, r2.secretAccessKey], ['data', 'key', 'hidden-secret']);
  assert.equal(
    storeOf(parseSettings({ ...keys, S3_ENDPOINT: 'http://127.0.0.1:9000/' })).endpoint,
    'http://127.0.0.1:9000',
  );
});

test('what is missing is named, all of it at once, and only where a store is asked for', () => {
  assert.throws(
    () => parseSettings(attached),
    /without R2_ACCOUNT_ID \(or S3_ENDPOINT\), R2_BUCKET_NAME, R2_ACCESS_KEY_ID, R2_SECRET_ACCESS_KEY: set them/,
  );
  assert.throws(() => parseSettings({ DATASETS: 'store', R2_BUCKET_NAME: 'data' }), /without R2_ACCOUNT_ID/);
  assert.doesNotThrow(() => parseSettings({ DATASETS: 'store' }));
  assert.doesNotThrow(() => parseSettings({ R2_BUCKET_NAME: 'data' }));
  assert.throws(() => storeOf(parseSettings({})), /cannot be used without/);
});

test('two stores, an unencrypted one and an odd account are refused', () => {
  const store = { ...attached, ...keys };
  assert.throws(
    () => parseSettings({ ...store, R2_ACCOUNT_ID: 'abc', S3_ENDPOINT: 'https://s3.example.org' }),
    /both name a store/,
  );
  assert.throws(() => parseSettings({ ...store, S3_ENDPOINT: 'http://s3.example.org' }), /unencrypted/);
  assert.throws(() => parseSettings({ ...store, R2_ACCOUNT_ID: 'evil.example.org/' }), /R2_ACCOUNT_ID is "evil/);
});

test('neither keys nor the place of one’s own data are kept with a run', () => {
  const shown = publicSettings(parseSettings({ ...keys, DATASETS: '/home/me/clients/acme' }));
  assert.equal(shown['DATASETS'], 'a folder');
  assert.ok(!JSON.stringify(shown).includes('hidden-secret'));
  assert.equal(publicSettings(parseSettings({}))['DATASETS'], 'local');
});
