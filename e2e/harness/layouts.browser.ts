/** Journeys that end early, and the smoke: green, and nothing stays. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
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

async function ends(folder: string, analysts: readonly string[]): Promise<string[]> {
  const texts = await Promise.all(
    analysts.map((analyst) => readFile(path.join(folder, 'journal', `${analyst}.jsonl`), 'utf8')),
  );
  return texts.map((text) => /"type":"ended".*"end":"([a-z-]+)"/.exec(text)?.[1] ?? 'none');
}

test('UNTIL=launched: the analysts cancel their own runs', async () => {
  const run = startRun(lab.resultsDir, {
    ...lab.attached,
    ANALYSTS: '2',
    PER_WORKER: '2',
    UNTIL: 'launched',
    BUNDLES: 'banking-app',
  });
  expect(await run.ended, run.output()).toBe(0);
  expect(await ends(await run.folder(), ['analyst-01', 'analyst-02'])).toEqual(['cancelled', 'cancelled']);
  expect(lab.remaining()).toEqual([]);
});

test('REVIEW=leave: runs stay at their review, and are deleted in the end', async () => {
  const run = startRun(lab.resultsDir, {
    ...lab.attached,
    ANALYSTS: '2',
    PER_WORKER: '2',
    REVIEW: 'leave',
    BUNDLES: 'mobile-networks',
  });
  expect(await run.ended, run.output()).toBe(0);
  expect(await ends(await run.folder(), ['analyst-01', 'analyst-02'])).toEqual(['pending-review', 'pending-review']);
  expect(lab.remaining()).toEqual([]);
});

test('JOURNEY=browse: nothing is created', async () => {
  const run = startRun(lab.resultsDir, { ...lab.attached, ANALYSTS: '2', PER_WORKER: '2', JOURNEY: 'browse' });
  expect(await run.ended, run.output()).toBe(0);
  const journal = path.join(await run.folder(), 'journal');
  const records = await Promise.all((await readdir(journal)).map((name) => readFile(path.join(journal, name), 'utf8')));
  expect(records.join('')).not.toContain('"type":"intended"');
});

test('the smoke is one analyst, end to end', async () => {
  const run = startRun(lab.resultsDir, { ...lab.attached, ANALYSTS: '15' }, ['--grep', '@smoke']);
  expect(await run.ended, run.output()).toBe(0);
  const junit = await readFile(path.join(await run.folder(), 'junit.xml'), 'utf8');
  expect(junit).toMatch(/<testsuites [^>]*failures="0" errors="0"/);
  expect(junit).toMatch(/<testsuite name="journeys" tests="1" /);
  expect(await ends(await run.folder(), ['analyst-01'])).toEqual(['completed']);
});
