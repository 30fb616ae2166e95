import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { assignAccounts, readAccounts, type Account } from './accounts.ts';
import { ConfigurationError } from './configuration-error.ts';

function account(organization: string, number: number, role: Account['role'] = 'member'): Account {
  return { email: `${role}${number}@${organization}.test`, password: 'hush', name: '', organization, role };
}

const north = [
  account('north', 1, 'admin'),
  account('north', 2, 'admin'),
  account('north', 3),
  account('north', 4),
  account('north', 5, 'external_partner'),
];
const south = [account('south', 1, 'admin'), account('south', 2), account('south', 3)];

test('leases alternate between organisations, never a partner, and keep one admin of each back', () => {
  const { analysts, admins } = assignAccounts([...north, ...south], 5);
  assert.deepEqual(
    analysts.map(({ email }) => email),
    ['admin2@north.test', 'member2@south.test', 'member3@north.test', 'member3@south.test', 'member4@north.test'],
  );
  assert.equal(admins.get('north')?.email, 'admin1@north.test');
  assert.equal(admins.get('south')?.email, 'admin1@south.test');
});

test('when accounts are short the admins work too', () => {
  const { analysts } = assignAccounts([...north, ...south], 7);
  assert.deepEqual(
    analysts.slice(5).map(({ role }) => role),
    ['admin', 'admin'],
  );
});

test('the lease of an analyst does not depend on how many there are', () => {
  const all = [...north, ...south];
  assert.deepEqual(assignAccounts(all, 5).analysts.slice(0, 2), assignAccounts(all, 2).analysts);
});

test('too few accounts, twins and a missing admin are refused with what to do', () => {
  assert.throws(() => assignAccounts([...north, ...south], 8), /there are 7: add accounts or lower ANALYSTS/);
  assert.throws(() => assignAccounts([...south, account('south', 2)], 1), /listed twice/);
  assert.throws(() => assignAccounts([account('west', 1)], 1), /no admin account for west.*ADMIN_EMAIL/);
});

test('one spare admin serves one organisation', () => {
  const spare = { email: 'boss@west.test', password: 'hush' };
  assert.equal(assignAccounts([account('west', 1)], 1, spare).admins.get('west')?.email, 'boss@west.test');
  assert.throws(
    () => assignAccounts([account('west', 1), account('east', 2)], 2, spare),
    /no admin account for west, east/,
  );
});

test('an accounts file that is wrong is described without its content', async () => {
  const file = path.join(await mkdtemp(path.join(os.tmpdir(), 'muster-')), 'accounts.json');
  await assert.rejects(readAccounts(file), ConfigurationError);
  await writeFile(file, '[{"email":"a@b.test","password":"hush-hush"');
  await assert.rejects(
    readAccounts(file),
    (error: Error) =>
      error instanceof ConfigurationError && !`${error.message} ${String(error.cause)}`.includes('hush-hush'),
  );
  await writeFile(
    file,
    JSON.stringify([{ email: 'a@b.test', password: 'hush-hush', organization: 'x', role: 'boss' }]),
  );
  await assert.rejects(readAccounts(file), /wrong at 0\.role/);
});
