import assert from 'node:assert/strict';
import { test } from 'node:test';
import { assignAccounts, type Account } from './accounts.ts';
import { accountsForJourney, keepInvitation, onboardingContradictions, sandboxInvitations } from './invitations.ts';
import { veil } from './secrets.ts';

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

test('the sandbox gets an invitation for each analyst, and accounts enough to be invited', () => {
  const ask = (journey: string, analysts: number, invitations = 0) =>
    sandboxInvitations({ JOURNEY: journey, ANALYSTS: analysts }, { accounts: 40, invitations });
  assert.deepEqual(ask('whole', 15), {});
  assert.deepEqual(ask('onboard', 15), { SANDBOX_INVITATIONS: '15', SANDBOX_ACCOUNTS: '40' });
  assert.deepEqual(ask('onboard', 31), { SANDBOX_INVITATIONS: '31', SANDBOX_ACCOUNTS: '80' });
  assert.deepEqual(ask('onboard', 2, 20), { SANDBOX_INVITATIONS: '20', SANDBOX_ACCOUNTS: '40' });
});

test('onboarding goes through forms', () => {
  assert.deepEqual(onboardingContradictions({ JOURNEY: 'onboard', AUTH_MODE: 'hosted' }), []);
  assert.deepEqual(onboardingContradictions({ JOURNEY: 'whole', AUTH_MODE: 'token' }), []);
  assert.match(onboardingContradictions({ JOURNEY: 'onboard', AUTH_MODE: 'token' }).join(), /AUTH_MODE is token/);
});

test('the token of a link is veiled wherever it stands in it, and its words are not', () => {
  const [one, two] = ['a1'.repeat(20), 'b2'.repeat(20)];
  keepInvitation(`https://login.test/join/${one}`);
  keepInvitation(`https://login.test/join?invitation_token=${two}&x=1`);
  keepInvitation('https://login.test/i?c=short');
  assert.equal(veil(`to join ${one}, join ${two}`), 'to join [token], join [token]');
  assert.equal(veil('GET https://login.test/i?c=short'), 'GET https://login.test[token]');
});
