import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { accountsFor } from './account-source.ts';
import { assignAccounts } from './accounts.ts';

test('where everybody is the same user, there is an account for each analyst and an admin for cleanup, without a file', async () => {
  const { analysts, admins } = assignAccounts(await accountsFor({ AUTH_MODE: 'bypass', ANALYSTS: 3 }, ''), 3);
  assert.equal(new Set(analysts.map(({ email }) => email)).size, 3);
  assert.equal(admins.size, 1);
  assert.ok(!analysts.some(({ email }) => email === [...admins.values()][0]?.email));
});

test('a form needs passwords, a token does not', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-accounts-'));
  try {
    const file = path.join(folder, 'accounts.json');
    const claims = { org: 'o-1', roles: ['admin'] };
    await writeFile(file, JSON.stringify([{ email: 'a@north.test', organization: 'north', role: 'admin', claims }]));
    const [account] = await accountsFor({ AUTH_MODE: 'token', ANALYSTS: 1 }, file);
    assert.deepEqual(account?.claims, claims);
    await assert.rejects(
      accountsFor({ AUTH_MODE: 'hosted', ANALYSTS: 1 }, file),
      /has no password for a@north\.test: give each account its "password", or set AUTH_MODE=token/,
    );
  } finally {
    await rm(folder, { recursive: true });
  }
});
