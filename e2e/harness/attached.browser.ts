/** The harness attached to products that it did not start, with nothing but settings: a double that is no sandbox, and a second sandbox. */
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { summarySchema, type Summary } from '../../src/report/summary.ts';
import { assignAccounts } from '../../src/run/accounts.ts';
import type { Outcome } from '../../src/run/outcome.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { startDouble, type Double } from '../double/start.ts';
import { openLab, startRun, type ChildRun } from './child-run.ts';

test.describe.configure({ mode: 'default', timeout: 240_000 });

let resultsDir: string;
let double: Double | undefined;
test.beforeEach(async () => {
  resultsDir = await mkdtemp(path.join(os.tmpdir(), 'muster-attached-'));
});
test.afterEach(async () => {
  await double?.stop();
  double = undefined;
  await rm(resultsDir, { recursive: true, force: true });
});

/** What an `.env` for it holds. */
async function attachTo({ url, accounts }: Double): Promise<Record<string, string>> {
  const file = path.join(resultsDir, 'accounts.json');
  await writeFile(file, JSON.stringify(accounts), { mode: 0o600 });
  return { BASE_URL: url, ACCOUNTS_FILE: file };
}

async function summaryOf(run: ChildRun): Promise<Summary> {
  const text = await readFile(path.join(await run.folder(), 'summary.json'), 'utf8').catch((cause: unknown) => {
    throw new Error(`The run left no summary:\n${run.output()}`, { cause });
  });
  return summarySchema.parse(JSON.parse(text));
}

/** How long a step took those who made it, in milliseconds. */
async function durationsOf(run: ChildRun, step: string): Promise<number[]> {
  const folder = path.join(await run.folder(), 'outcomes');
  const outcomes = (await readdir(folder)).filter((name) => name.endsWith('.json'));
  const read = await Promise.all(outcomes.map((name) => readFile(path.join(folder, name), 'utf8')));
  return read.flatMap((text) =>
    (JSON.parse(text) as Outcome).steps.flatMap(({ name, durationMs }) => (name === step ? [durationMs] : [])),
  );
}

test('a product that is no sandbox: the whole journey, chunks, a reconnect, a review that blocks; nothing of the run stays', async () => {
  double = await startDouble({ pace: 0.25, reviewS: 6, chunkChars: 3000 });
  const [admin] = double.accounts;
  // What is somebody else's stays, however much its name looks like a run's.
  const others = ['Muster — somebody’s own', 'Muster 2026-01-01 old00000 without a separator'];
  for (const name of others) double.addProject(admin?.email ?? '', name);
  const run = startRun(resultsDir, {
    ...(await attachTo(double)),
    ANALYSTS: '3',
    PER_WORKER: '3',
    BUNDLES: 'coffee-loyalty,home-energy,banking-app',
  });
  await run.until('journal/analyst-02.jsonl', '"acknowledged"');
  expect(double.dropSockets()).toBeGreaterThan(0);
  expect(await run.ended, run.output()).toBe(0);

  const { verdict, projects, ledger, sockets } = await summaryOf(run);
  expect(verdict, run.output()).toBe('PASS');
  expect(projects).toMatchObject({ launched: 3, completed: 3, failed: 0, inProgress: 0 });
  expect(ledger).toMatchObject({ lost: 0, duplicated: 0, leaked: 0, deleted: 3, remaining: 0, breaches: [] });
  expect(sockets.reconnects).toBeGreaterThanOrEqual(1);
  expect(sockets.abnormalCloses).toBeGreaterThanOrEqual(1);
  // Two of the bundles come with a banner plan, and the double asks about each of those.
  const waits = await durationsOf(run, 'review-executed');
  expect(waits).toHaveLength(2);
  // The answer comes when the rest of the run has ended.
  expect(Math.min(...waits)).toBeGreaterThan(5000);
  // Its workbooks are real ones, and not of the layout whose figures can be compared.
  expect(ledger.golden?.unrecognised).toBeGreaterThanOrEqual(3);
  expect(run.output()).toContain('not checked');
  expect(double.projects().map(({ name }) => name)).toEqual(others);
});

test('the smoke of a deploy: a launch that is refused waits as long as it is told; deleted one by one where there is no other way', async () => {
  // The window is fifteen seconds instead of ten minutes, and there are no routes for development.
  double = await startDouble({ pace: 2, limitWindow: 0.025, devRoutes: false });
  const [analyst] = assignAccounts([...double.accounts], 1).analysts;
  const run = startRun(
    resultsDir,
    {
      ...(await attachTo(double)),
      ANALYSTS: '1',
      BUNDLES: 'banking-app',
      UNTIL: 'launched',
      RATE_LIMIT_WAIT_S: '60',
      LAUNCH_LIMIT: 'none',
    },
    ['--grep', '@smoke'],
  );
  await run.until('events/analyst-01.jsonl', '"name":"upload"');
  double.spendLaunches(analyst?.email ?? '');
  expect(await run.ended, run.output()).toBe(0);

  const journal = await readFile(path.join(await run.folder(), 'journal', 'analyst-01.jsonl'), 'utf8');
  const types = [...journal.matchAll(/"type":"(\w+)"/g)].map(([, type]) => type);
  expect(types).toEqual(['intended', 'refused', 'intended', 'acknowledged', 'ended']);
  const { verdict, projects, ledger } = await summaryOf(run);
  expect(verdict, run.output()).toBe('PASS');
  expect(projects).toMatchObject({ launched: 1, cancelled: 1 });
  expect(ledger).toMatchObject({ deleted: 1, remaining: 0, breaches: [] });
  expect(double.projects()).toEqual([]);
});

test('a second sandbox: the same, its workbooks checked cell by cell', async () => {
  const lab = await openLab(await startSandbox({ pace: 0.2, limits: 'none' }));
  try {
    const run = startRun(lab.resultsDir, {
      ...lab.attached,
      ANALYSTS: '3',
      PER_WORKER: '3',
      BUNDLES: 'coffee-loyalty,mobile-networks,banking-app',
    });
    expect(await run.ended, run.output()).toBe(0);
    const { verdict, projects, ledger } = await summaryOf(run);
    expect(verdict, run.output()).toBe('PASS');
    expect(projects).toMatchObject({ launched: 3, completed: 3 });
    expect(ledger).toMatchObject({ deleted: 3, remaining: 0, breaches: [] });
    expect(ledger.golden?.unrecognised).toBeUndefined();
    expect(lab.remaining()).toEqual([]);
  } finally {
    await lab.close();
  }
});
