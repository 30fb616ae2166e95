import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assignAccounts, type Account } from './accounts.ts';
import { accountsForJourney } from './invitations.ts';

function account(name: string, role: Account['role'], organization: string, invited = false): Account {
  return {
    email: `${name}@a.test`,
    password: 'secret',
    name,
    organization,
    role,
    ...(invited && { invitation: `http://127.0.0.1:1/invitations/${name}` }),
  };
}

const accounts = [
  account('new1', 'member', 'North', true),
  account('boss', 'admin', 'North'),
  account('chief', 'admin', 'South'),
  account('deputy', 'admin', 'North'),
  account('old', 'member', 'South'),
  account('new2', 'member', 'South', true),
  account('guest', 'external_partner', 'South', true),
];

function names(journey: string, analysts: number): string[] {
  const usable = accountsForJourney(accounts, { JOURNEY: journey, ANALYSTS: analysts });
  return assignAccounts(usable, analysts).analysts.map(({ name }) => name);
}

test('onboarding is for those who are invited, and an admin of each organisation is left to clean up', () => {
  assert.deepEqual(names('onboard', 2), ['new1', 'new2']);
  const { admins } = assignAccounts(accountsForJourney(accounts, { JOURNEY: 'onboard', ANALYSTS: 2 }), 2);
  assert.deepEqual(
    [...admins.values()].map(({ name }) => name),
    ['boss', 'chief'],
  );
});

test('any other journey takes who is invited last', () => {
  assert.deepEqual(names('whole', 2), ['deputy', 'old']);
  assert.deepEqual(new Set(names('whole', 4)), new Set(['deputy', 'old', 'new1', 'new2']));
});

test('too few invitations are told with both numbers, partners not counted', () => {
  assert.throws(
    () => names('onboard', 3),
    /JOURNEY=onboard needs an invitation for each of 3 analysts, and 2 accounts .* have one: add "invitation"/,
  );
});

test('a link that two accounts share is told without the link', () => {
  const twins = [...accounts, { ...account('twin', 'member', 'South'), invitation: accounts[0]?.invitation }];
  assert.throws(
    () => accountsForJourney(twins, { JOURNEY: 'onboard', ANALYSTS: 1 }),
    (error: unknown) =>
      error instanceof Error &&
      /twin@a\.test is that of another account/.test(error.message) &&
      !error.message.includes('http'),
  );
});
