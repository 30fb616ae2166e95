/** Onboarding from invitations: accounts are made once, a second run finds their links used, and nothing tells a link. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import type { Account } from '../../sandbox/ports.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { openLab, startRun, type ChildRun, type Lab } from './child-run.ts';

test.describe.configure({ mode: 'default', timeout: 240_000 });

const invitations = 2;
let lab: Lab<Account>;
test.beforeEach(async () => {
  lab = await openLab(await startSandbox({ pace: 0.2, limits: 'none', accounts: 12, invitations }));
});
test.afterEach(async () => {
  await lab.close();
});

const asked = { ANALYSTS: String(invitations), PER_WORKER: String(invitations), JOURNEY: 'onboard' };

/** The steps of each analyst, in order, with how they ended. */
async function stepsOf(run: ChildRun): Promise<string[][]> {
  const events = path.join(await run.folder(), 'events');
  const files = (await readdir(events)).filter((name) => name.startsWith('analyst-')).sort();
  const texts = await Promise.all(files.map((name) => readFile(path.join(events, name), 'utf8')));
  return texts.map((text) =>
    text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string; name?: string; outcome?: string })
      .flatMap(({ type, name, outcome }) => (type === 'step' ? [`${name} ${outcome}`] : [])),
  );
}

/** Everything that a run has left, and what it has said. */
async function tracesOf(run: ChildRun): Promise<string> {
  const files = await readdir(lab.resultsDir, { recursive: true, withFileTypes: true });
  const texts = files
    .filter((file) => file.isFile() && file.name !== 'accounts.json')
    .map((file) => readFile(path.join(file.parentPath, file.name), 'latin1'));
  return [run.output(), ...(await Promise.all(texts))].join('\n');
}

test('the first run makes the accounts; the second, with the same file, signs in instead', async () => {
  const settled = ['dashboard ok', 'check-membership ok', 'sign-out ok', 'sign-in ok', 'reopen-invitation ok'];
  const first = startRun(path.join(lab.resultsDir, 'first'), { ...lab.attached, ...asked });
  expect(await first.ended, first.output()).toBe(0);
  const made = ['open-invitation ok', 'accept-invitation ok', ...settled];
  expect(await stepsOf(first)).toEqual([made, made]);

  const second = startRun(path.join(lab.resultsDir, 'second'), { ...lab.attached, ...asked });
  expect(await second.ended, second.output()).toBe(0);
  const found = ['open-invitation ok', 'sign-in-instead ok', ...settled];
  expect(await stepsOf(second)).toEqual([found, found]);
  expect(lab.remaining()).toEqual([]);

  const traces = await tracesOf(second);
  const invited = lab.accounts.filter(({ invitation }) => invitation !== undefined);
  expect(invited).toHaveLength(invitations);
  for (const { invitation = '' } of invited) expect(traces).not.toContain(invitation.split('/').at(-1));
});

test('an invitation to another organization, and a link that leads nowhere, fail without telling a link', async () => {
  const [strange, dead] = lab.accounts.filter(({ invitation }) => invitation !== undefined);
  const deadLink = `http://127.0.0.1:9/invitations/${'t'.repeat(43)}`;
  await lab.giveAccounts(
    lab.accounts.map((account) => {
      if (account === dead) return { ...account, invitation: deadLink };
      return account === strange ? { ...account, organization: dead?.organization ?? '' } : account;
    }),
  );
  const run = startRun(lab.resultsDir, { ...lab.attached, ...asked });
  expect(await run.ended, run.output()).toBe(1);
  expect(await stepsOf(run)).toEqual([['open-invitation failed'], ['open-invitation failed']]);
  expect(run.output().replace(/\s+/g, ' ')).toContain(`is not to "${dead?.organization}"`);
  const traces = await tracesOf(run);
  expect(traces).toContain('/invitations/[token]');
  for (const link of [strange?.invitation, deadLink]) expect(traces).not.toContain(link?.split('/').at(-1));
});
