/**
 * What a run on somebody's staging must not do: leave a secret anywhere, and touch what it did not make. Secrets are planted,
 * and everything that a run writes and says is searched for them.
 */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { assignAccounts } from '../../src/run/accounts.ts';
import { prefixOf } from '../../src/run/identity.ts';
import { projectConfigSchema } from '../../sandbox/contract.ts';
import type { Account } from '../../sandbox/ports.ts';
import { startSandbox, type RunningSandbox } from '../../sandbox/start.ts';
import { openLab, startRun, type ChildRun, type Lab } from './child-run.ts';
import { filesBelow, leaksIn } from './planted.ts';

test.describe.configure({ mode: 'default', timeout: 240_000 });

const password = `Planted"Passwörd+&<1>/'x'`;
const storeSecret = 'planted/store+secret=0123456789abcdef';

let sandbox: RunningSandbox;
let lab: Lab<Account>;
test.beforeEach(async () => {
  sandbox = await startSandbox({ pace: 0.2, limits: 'none', password });
  lab = await openLab(sandbox);
});
test.afterEach(async () => {
  await lab.close();
});

/** Everything that a run has written and said, searched; the accounts file is the user's own. */
async function leaksOf(run: ChildRun, secrets: Readonly<Record<string, string>>): Promise<string[]> {
  const files = await filesBelow(lab.resultsDir, ['accounts.json']);
  const folder = path.basename(await run.folder());
  // What is searched is there, and can be found.
  for (const name of ['run.json', 'summary.json', 'report.html', 'junit.xml', 'events/analyst-01.jsonl'])
    expect(files.map((file) => file.name)).toContain(path.join(folder, name));
  expect(files.filter(({ name }) => name.startsWith('allure')).length).toBeGreaterThan(0);
  return [...files, { name: 'console', text: run.output() }].flatMap(({ name, text }) => leaksIn(name, text, secrets));
}

/** Projects that are not the run's, whatever they are called; each belongs to the first analyst's organisation. */
function plantProjects(names: readonly string[]): void {
  const [first] = assignAccounts(lab.accounts, 1).analysts;
  const session = sandbox.store.people.byEmail(first?.email ?? '')?.session;
  if (!session) throw new Error('The sandbox does not know its first analyst.');
  names.forEach((name, index) => {
    const config = projectConfigSchema.parse({});
    const made = sandbox.store.projects.begin({ projectId: `foreign-${index}`, name, config, session });
    if (made === 'name-taken') throw new Error(`There is a project named "${name}" already.`);
  });
}

test('a run that passes, with tokens signed here: no secret stays, and projects with names like its own do', async () => {
  const runId = 'plant1';
  const prefix = prefixOf(runId, Date.now(), undefined);
  const foreign = [
    prefix,
    `${prefix} analyst-01 coffee-loyalty`,
    `${prefix} - analyst-01 coffee-loyalty`,
    `${prefix}— analyst-01 coffee-loyalty`,
    `${prefix}0 — analyst-01 coffee-loyalty`,
    `${prefix} s2 — analyst-01 coffee-loyalty`,
    // The product takes names that differ in case for the same, so this one is of an analyst that is not there.
    `${prefix.toLowerCase()} — analyst-02 coffee-loyalty`,
    `Copy of ${prefix} — analyst-01 coffee-loyalty`,
    `${prefixOf('plant', Date.now(), undefined)} — analyst-01 coffee-loyalty`,
  ];
  plantProjects(foreign);
  const tokenSecret = `hex:${await readFile(path.join(sandbox.folder, 'secret'), 'utf8')}`;
  const withClaims = lab.accounts.map((account) => {
    const session = sandbox.store.people.byEmail(account.email)?.session;
    return { ...account, claims: { sub: session?.userId, org: session?.orgId } };
  });
  await lab.giveAccounts(withClaims);
  const run = startRun(lab.resultsDir, {
    ...lab.attached,
    ANALYSTS: '1',
    BUNDLES: 'coffee-loyalty',
    UNTIL: 'launched',
    RUN_ID: runId,
    AUTH_MODE: 'token',
    SIGN_IN: 'auto',
    TOKEN_SECRET: tokenSecret,
    TOKEN_COOKIE: 'wos-session',
    R2_SECRET_ACCESS_KEY: storeSecret,
  });
  expect(await run.ended, run.output()).toBe(0);
  expect(lab.remaining().sort()).toEqual([...foreign].sort());
  const secrets = { password, tokenSecret, tokenSecretBytes: tokenSecret.slice(4), storeSecret };
  expect(await leaksOf(run, secrets)).toEqual([]);
});

test('a run that fails at its sign-in: neither passwords nor cookies stay', async () => {
  const wrong = `Wrong"on+purpöse&<2>/'y'`;
  // Without an admin of its own in the file, the second organisation is cleaned by that of the settings.
  const spare = assignAccounts(lab.accounts, 2).admins.get('Harbor Insights');
  if (!spare) throw new Error('The sandbox lacks an organisation that this test needs.');
  const accounts = lab.accounts.filter(
    ({ role, organization }) => role !== 'admin' || organization !== spare.organization,
  );
  // The first of each organisation signs in before the run; who fails in it is another one.
  const third = assignAccounts(accounts, 3, spare).analysts[2];
  if (!third) throw new Error('The sandbox lacks an account that this test needs.');
  await lab.giveAccounts(accounts.map((account) => (account === third ? { ...account, password: wrong } : account)));
  const run = startRun(lab.resultsDir, {
    ...lab.attached,
    ANALYSTS: '3',
    PER_WORKER: '3',
    BUNDLES: 'coffee-loyalty',
    UNTIL: 'launched',
    ADMIN_EMAIL: spare.email,
    ADMIN_PASSWORD: spare.password,
    R2_SECRET_ACCESS_KEY: storeSecret,
  });
  expect(await run.ended, run.output()).toBe(1);
  expect(run.output()).toContain(`Signing in as ${third.email} failed`);
  expect(lab.remaining()).toEqual([]);
  expect(await leaksOf(run, { password, wrong, storeSecret })).toEqual([]);
});
