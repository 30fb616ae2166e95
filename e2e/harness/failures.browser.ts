/** The harness under blows from outside: a run that something happened to is red, and leaves nothing behind. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { assignAccounts } from '../../src/run/accounts.ts';
import type { Account } from '../../sandbox/ports.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { openLab, startRun, type Lab } from './child-run.ts';

test.describe.configure({ mode: 'default', timeout: 240_000 });

let lab: Lab<Account>;
test.beforeEach(async () => {
  lab = await openLab(await startSandbox({ pace: 0.2, limits: 'none' }));
});
test.afterEach(async () => {
  await lab.close();
});

/** Titles of the tests that JUnit's file shows as failed, whichever of its two words it uses. */
function failedTests(junit: string): string[] {
  return [...junit.matchAll(/<testcase name="([^"]+)"[^>]*>(.*?)<\/testcase>/gs)].flatMap(([, name, body]) =>
    /<(failure|error)\b/.test(body ?? '') ? [name ?? ''] : [],
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
  expect(failedTests(junit)).toEqual(['analyst-03 · coffee-loyalty', 'analyst-04 · coffee-loyalty']);
  expect(junit).toContain('killed or crashed');
  expect(await readFile(path.join(await run.folder(), 'journal', 'teardown.jsonl'), 'utf8')).toContain(
    '"remaining":[]',
  );
  expect(lab.remaining()).toEqual([]);
});

test('an analyst who cannot sign in: it alone fails, nobody waits for it, nothing stays', async () => {
  const second = assignAccounts(lab.accounts, 4).analysts[1];
  await lab.giveAccounts(
    lab.accounts.map((account) =>
      account.email === second?.email ? { ...account, password: 'wrong-on-purpose' } : account,
    ),
  );
  const run = startRun(lab.resultsDir, {
    ...lab.attached,
    ANALYSTS: '4',
    PER_WORKER: '2',
    BUNDLES: 'banking-app',
    STEP_DEADLINE_S: '20',
  });
  expect(await run.ended, run.output()).toBe(1);
  const junit = await readFile(path.join(await run.folder(), 'junit.xml'), 'utf8');
  expect(failedTests(junit)).toEqual(['analyst-02 · banking-app']);
  expect(junit).toContain(`Signing in as ${second?.email ?? ''} failed`);
  expect(`${junit}${run.output()}`).not.toContain('wrong-on-purpose');
  expect(lab.remaining()).toEqual([]);
});

test('one Ctrl-C in the middle: what was launched is cancelled and deleted', async () => {
  const run = startRun(lab.resultsDir, { ...lab.attached, ANALYSTS: '2', PER_WORKER: '2', BUNDLES: 'coffee-loyalty' });
  await run.until('journal/analyst-01.jsonl', '"acknowledged"');
  expect(lab.remaining().length).toBeGreaterThan(0);
  run.child.kill('SIGINT');
  expect(await run.ended, run.output()).not.toBe(0);
  expect(lab.remaining()).toEqual([]);
});
