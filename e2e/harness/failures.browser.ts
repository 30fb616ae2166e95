/** The harness under blows from outside: a run that something happened to is red, and leaves nothing behind. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { assignAccounts } from '../../src/run/accounts.ts';
import type { Account } from '../../sandbox/ports.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { openLab, startRun, type Lab } from './child-run.ts';
import { descendantsOf } from './kill-matrix/processes.ts';

test.describe.configure({ mode: 'default', timeout: 600_000 });

let lab: Lab<Account>;
test.beforeEach(async () => {
  lab = await openLab(await startSandbox({ pace: 0.2, limits: 'none' }));
});
test.afterEach(async () => {
  await lab.close();
});

/** Titles of the journeys that JUnit's file shows as failed. */
function failedJourneys(junit: string): string[] {
  return [...junit.matchAll(/<testcase name="([^"]+)" classname="muster\.journeys"[^>]*>(.*?)<\/testcase>/gs)].flatMap(
    ([, name, body]) => (body?.includes('<failure') ? [name ?? ''] : []),
  );
}

test('a killed worker: its analysts fail with a sentence, the others finish, nothing stays', async () => {
  const run = startRun(lab.resultsDir, { ...lab.attached, ANALYSTS: '4', PER_WORKER: '2', BUNDLES: 'coffee-loyalty' });
  await run.until('journal/analyst-03.jsonl', '"acknowledged"');
  const worker = Number(await run.until('outcomes/analyst-03.begun', ''));
  expect(worker).toBeGreaterThan(1);
  process.kill(worker, 'SIGKILL');
  expect(await run.ended, run.output()).toBe(1);
  const junit = await readFile(path.join(await run.folder(), 'junit.xml'), 'utf8');
  expect(failedJourneys(junit)).toEqual(['analyst-03 · coffee-loyalty', 'analyst-04 · coffee-loyalty']);
  expect(junit).toContain('killed or crashed');
  expect(await readFile(path.join(await run.folder(), 'journal', 'teardown.jsonl'), 'utf8')).toContain(
    '"remaining":[]',
  );
  expect(lab.remaining()).toEqual([]);
});

test('an analyst who cannot sign in: it alone fails, nobody waits for it, nothing stays', async () => {
  // The first of each organisation signs in before the run; who fails in it is another one.
  const third = assignAccounts(lab.accounts, 4).analysts[2];
  await lab.giveAccounts(
    lab.accounts.map((account) =>
      account.email === third?.email ? { ...account, password: 'wrong-on-purpose' } : account,
    ),
  );
  const run = startRun(lab.resultsDir, {
    ...lab.attached,
    ANALYSTS: '4',
    PER_WORKER: '2',
    BUNDLES: 'banking-app',
  });
  expect(await run.ended, run.output()).toBe(1);
  const junit = await readFile(path.join(await run.folder(), 'junit.xml'), 'utf8');
  expect(failedJourneys(junit)).toEqual(['analyst-03 · banking-app']);
  expect(junit).toContain(`Signing in as ${third?.email ?? ''} failed`);
  expect(`${junit}${run.output()}`).not.toContain('wrong-on-purpose');
  expect(lab.remaining()).toEqual([]);
});

test('an admin who is none: refused before anything is made', async () => {
  const accounts = lab.accounts.filter(({ role }) => role !== 'admin');
  const claimed = accounts.find(({ role }) => role === 'member');
  await lab.giveAccounts(
    accounts
      .filter(({ organization }) => organization === claimed?.organization)
      .map((account) => (account === claimed ? { ...account, role: 'admin' } : account)),
  );
  const run = startRun(lab.resultsDir, { ...lab.attached, ANALYSTS: '1' });
  expect(await run.ended, run.output()).toBe(2);
  expect(run.output().replace(/\s+/g, ' ')).toMatch(
    /may not delete projects of .* 403.* give an account that is an admin/,
  );
  expect(lab.remaining()).toEqual([]);
});

test('a browser that dies: every analyst fails with a sentence, soon, and nothing stays', async () => {
  const run = startRun(lab.resultsDir, { ...lab.attached, ANALYSTS: '2', PER_WORKER: '2', BUNDLES: 'coffee-loyalty' });
  await run.until('journal/analyst-02.jsonl', '"acknowledged"');
  for (const browser of await childrenOf(run.child.pid ?? 0, /chrom/)) process.kill(browser, 'SIGKILL');
  expect(await run.ended, run.output()).toBe(1);
  const junit = await readFile(path.join(await run.folder(), 'junit.xml'), 'utf8');
  expect(failedJourneys(junit)).toEqual(['analyst-01 · coffee-loyalty', 'analyst-02 · coffee-loyalty']);
  expect(lab.remaining()).toEqual([]);
});

test('a page that crashes: its analyst alone fails, at once, and nothing stays', async () => {
  const run = startRun(lab.resultsDir, { ...lab.attached, ANALYSTS: '2', PER_WORKER: '2', BUNDLES: 'coffee-loyalty' });
  await run.until('journal/analyst-02.jsonl', '"acknowledged"');
  const [browser = 0] = await childrenOf(run.child.pid ?? 0, /chrom/);
  const [renderer = 0] = await childrenOf(browser, /--type=renderer/);
  process.kill(renderer, 'SIGKILL');
  expect(await run.ended, run.output()).toBe(1);
  const junit = await readFile(path.join(await run.folder(), 'junit.xml'), 'utf8');
  expect(failedJourneys(junit)).toHaveLength(1);
  expect(junit).toContain('The page crashed');
  expect(lab.remaining()).toEqual([]);
});

test('a product that goes away: the run ends soon, and says so', async () => {
  const run = startRun(lab.resultsDir, {
    ...lab.attached,
    ANALYSTS: '2',
    PER_WORKER: '2',
    BUNDLES: 'coffee-loyalty',
    STEP_DEADLINE_S: '5',
  });
  await run.until('journal/analyst-02.jsonl', '"acknowledged"');
  await lab.stopProduct();
  expect(await run.ended, run.output()).toBe(1);
  const junit = await readFile(path.join(await run.folder(), 'junit.xml'), 'utf8');
  expect(failedJourneys(junit)).toHaveLength(2);
  expect(run.output()).toContain('could not be looked at, so nobody knows what remains');
  const teardown = await readFile(path.join(await run.folder(), 'journal', 'teardown.jsonl'), 'utf8');
  expect(teardown).toMatch(/"remaining":\["Muster [^"]+analyst-0/);
});

/** Processes below this one whose command line matches, the nearest first. */
async function childrenOf(parent: number, command: RegExp): Promise<number[]> {
  return (await descendantsOf(parent)).filter((one) => command.test(one.command)).map(({ pid }) => pid);
}
