import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import test from 'node:test';
import { ConfigurationError } from './configuration-error.ts';
import { analystsPerWorker } from './layout.ts';
import { parseSettings, publicSettings, sandboxEnvironment } from './settings.ts';
import { embeddedStore } from './store-settings.ts';
import { envExample, settingEntries, settingsTable, type SettingName } from './settings-table.ts';

const attached = { BASE_URL: 'http://127.0.0.1:3000/', ACCOUNTS_FILE: 'accounts.json' };

test('an empty environment gives fifteen analysts against the sandbox', () => {
  const settings = parseSettings({});
  assert.equal(settings.ANALYSTS, 15);
  assert.equal(settings.PER_WORKER, analystsPerWorker(15));
  assert.equal(settings.BASE_URL, undefined);
  assert.deepEqual(settings.BUNDLES, []);
  assert.equal(settings.REVIEW, 'auto');
});

test('who asks for a number of analysts in a worker gets it', () => {
  assert.equal(parseSettings({ PER_WORKER: '5' }).PER_WORKER, 5);
  assert.equal(parseSettings({ ANALYSTS: '40', PER_WORKER: 'auto' }).PER_WORKER, analystsPerWorker(40));
  assert.throws(
    () => parseSettings({ PER_WORKER: 'few' }),
    /PER_WORKER is "few": it must be auto or a whole number from 1 to 100\.$/,
  );
});

test('a size of the screen is a width and a height in pixels', () => {
  assert.deepEqual(parseSettings({ SCREEN: '2560x1440' }).SCREEN, { width: 2560, height: 1440 });
  assert.equal(parseSettings({}).SCREEN, undefined);
  assert.throws(
    () => parseSettings({ SCREEN: 'wide' }),
    /SCREEN is "wide": it must be the width and the height in pixels, such as 2560x1440\.$/,
  );
});

test('an empty value counts as not given', () => {
  assert.equal(parseSettings({ ANALYSTS: ' ' }).ANALYSTS, 15);
});

test('all problems are listed at once, each with its value and what to do', () => {
  assert.throws(
    () => parseSettings({ ANALYSTS: 'many', REVIEW: 'sometimes', UNTIL: '', STEP_DEADLINE_S: '-1' }),
    (error: unknown) => {
      assert.ok(error instanceof ConfigurationError);
      assert.deepEqual(error.message.split('\n'), [
        'ANALYSTS is "many": it must be a whole number from 1 to 500.',
        'REVIEW is "sometimes": it must be one of auto, human, leave.',
        'STEP_DEADLINE_S is "-1": it must be a number of at least 1.',
      ]);
      return true;
    },
  );
});

test('a trailing slash of the address does not matter', () => {
  assert.equal(parseSettings(attached).BASE_URL, 'http://127.0.0.1:3000');
});

for (const [what, environment, expected] of [
  [
    'a host that is not allowed',
    { ...attached, BASE_URL: 'https://staging.example.org' },
    /ALLOWED_HOSTS=staging\.example\.org/,
  ],
  [
    'production, even when allowed',
    { ...attached, BASE_URL: 'https://app.prod.example.org', ALLOWED_HOSTS: 'app.prod.example.org' },
    /never drives production/,
  ],
  ['no accounts', { BASE_URL: 'http://localhost:3000' }, /ACCOUNTS_FILE is not/],
  ['half an admin', { ...attached, ADMIN_EMAIL: 'a@b.test' }, /set both or neither/],
  ['accounts without an address', { ACCOUNTS_FILE: 'x.json' }, /BASE_URL is not/],
  ['an address that is none', { BASE_URL: 'staging' }, /must be an address/],
] as const) {
  test(`refused: ${what}`, () => {
    assert.throws(() => parseSettings(environment), expected);
  });
}

test('an allowed host passes', () => {
  assert.equal(
    parseSettings({ ...attached, BASE_URL: 'https://staging.example.org', ALLOWED_HOSTS: 'other, Staging.example.org' })
      .BASE_URL,
    'https://staging.example.org',
  );
});

test('contradictions are listed with what cannot be read, unless they follow from it', () => {
  assert.throws(
    () => parseSettings({ ...attached, ANALYSTS: 'many', ADMIN_EMAIL: 'a@b.test' }),
    (error: unknown) => {
      assert.ok(error instanceof ConfigurationError);
      assert.deepEqual(
        error.message.split('\n').map((line) => line.split(' ', 1)[0]),
        ['ANALYSTS', 'ADMIN_EMAIL'],
      );
      return true;
    },
  );
  assert.throws(
    () => parseSettings({ ...attached, BASE_URL: 'staging' }),
    /^ConfigurationError: BASE_URL is "staging": it must be an address such as https:\/\/staging\.example\.org\.$/,
  );
});

test('an address that holds a password is refused, and the password is not quoted', () => {
  for (const address of ['https://ada:planted-word@127.0.0.1/', 'htps://ada:planted-word@127.0.0.1/'])
    assert.throws(
      () => parseSettings({ ...attached, BASE_URL: address }),
      (error: unknown) => error instanceof ConfigurationError && !error.message.includes('planted-word'),
    );
  assert.throws(
    () => parseSettings({ ...attached, BASE_URL: 'https://ada:planted-word@127.0.0.1/' }),
    /BASE_URL is "https:\/\/…@127\.0\.0\.1\/": it must not hold a user name or a password/,
  );
});

test('whatever sounds like a secret is one, and none is public', () => {
  const names = (Object.keys(settingEntries) as SettingName[]).filter((name) =>
    /PASSWORD|SECRET|ACCESS_KEY/.test(name),
  );
  assert.ok(names.length >= 4);
  for (const name of names) assert.equal(settingEntries[name].secret, true, name);
  const settings = { ...parseSettings({}), ...Object.fromEntries(names.map((name) => [name, 'planted-word'])) };
  assert.ok(!JSON.stringify(publicSettings(settings)).includes('planted-word'));
});

test('a run record holds no secret', () => {
  const shown = publicSettings(parseSettings({ ...attached, ADMIN_EMAIL: 'a@b.test', ADMIN_PASSWORD: 'hush' }));
  assert.equal(shown['ADMIN_EMAIL'], 'a@b.test');
  assert.ok(!JSON.stringify(shown).includes('hush'));
});

test('the sandbox gets enough accounts: eighteen of twenty can upload, one admin of each organisation is kept back', () => {
  assert.equal(sandboxEnvironment(parseSettings({ ANALYSTS: '34' }))['SANDBOX_ACCOUNTS'], '40');
  assert.equal(sandboxEnvironment(parseSettings({ ANALYSTS: '35' }))['SANDBOX_ACCOUNTS'], '80');
});

test('the embedded store has the keys that the run brings, whatever somebody’s own sandbox is told', () => {
  const { SANDBOX_OBJECTS_KEY: key, SANDBOX_OBJECTS_SECRET: secret } = sandboxEnvironment(parseSettings({}));
  assert.deepEqual([key, secret], [embeddedStore.accessKeyId, embeddedStore.secretAccessKey]);
});

test('.env.example is what the settings table says', async () => {
  assert.equal(await readFile(new URL('../../.env.example', import.meta.url), 'utf8'), envExample());
  for (const { meaning } of settingsTable) assert.match(meaning, /\.$/);
});
