import assert from 'node:assert/strict';
import { test } from 'node:test';
import { hashPassword, planAccounts, verifyPassword } from './accounts.ts';

test('forty accounts: two organisations, each with two admins, sixteen members and two external partners', () => {
  const accounts = planAccounts(40, 'secret');
  const tally: Record<string, number> = {};
  for (const { organization, role } of accounts)
    tally[`${organization} ${role}`] = (tally[`${organization} ${role}`] ?? 0) + 1;
  assert.deepEqual(tally, {
    'Meridian Research admin': 2,
    'Meridian Research member': 16,
    'Meridian Research external_partner': 2,
    'Harbor Insights admin': 2,
    'Harbor Insights member': 16,
    'Harbor Insights external_partner': 2,
  });
});

test('the first few are spread over both organisations, and each has an admin among them', () => {
  const accounts = planAccounts(4, 'secret');
  assert.deepEqual(
    accounts.map(({ organization, role }) => `${organization.split(' ')[0]} ${role}`),
    ['Meridian admin', 'Harbor admin', 'Meridian member', 'Harbor member'],
  );
});

test('a longer list begins with the shorter one, and e-mails are unique', () => {
  const many = planAccounts(2000, 'secret');
  assert.deepEqual(many.slice(0, 40), planAccounts(40, 'secret'));
  assert.equal(new Set(many.map(({ email }) => email)).size, 2000);
});

test('a password fits its own hash only', async () => {
  const hash = await hashPassword('one');
  assert.ok(!hash.includes('one'));
  assert.equal(await verifyPassword('one', hash), true);
  assert.equal(await verifyPassword('two', hash), false);
  assert.equal(await verifyPassword('', ''), false);
  assert.notEqual(hash, await hashPassword('one'));
});
