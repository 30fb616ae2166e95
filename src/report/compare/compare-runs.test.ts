import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { rm } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import type { RunFile } from '../../run/run-file.ts';
import { holdToBaseline, readBaseline, readRun } from './compare-runs.ts';
import { conclude } from '../conclude.ts';
import { goodJournal, goodJourney, sampleRun, writeRun } from '../sample-run.testing.ts';

const ANALYSTS = Array.from({ length: 8 }, (_, at) => `analyst-0${at + 1}`);
const folders: string[] = [];
let before1: string;
let same: string;
let slower: string;
let other: string;

async function written(slowerMs: number, changes: Partial<RunFile> = {}, analysts = ANALYSTS): Promise<string> {
  const events = analysts.flatMap((analyst, at) => goodJourney(analyst, slowerMs + at));
  const folder = await writeRun(events, goodJournal(analysts), { ...sampleRun, ...changes });
  folders.push(folder);
  return folder;
}

before(async () => {
  before1 = await written(0);
  same = await written(3);
  slower = await written(2_000);
  other = await written(0, { analysts: 99 });
});
after(() => Promise.all(folders.map((folder) => rm(folder, { recursive: true }))));

function compare(...args: string[]): { status: number | null; said: string } {
  const root = fileURLToPath(new URL('../../..', import.meta.url));
  const { status, stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', 'scripts/compare.ts', ...args], {
    cwd: root,
    encoding: 'utf8',
    timeout: 60_000,
    env: { PATH: process.env['PATH'] },
  });
  return { status, said: stdout + stderr };
}

test('the door: 0 without a regression, 1 with one, 2 for misuse and for unlike runs, unless told to go on', () => {
  const alike = compare(before1, same);
  assert.equal(alike.status, 0, alike.said);
  assert.match(alike.said, /^No regression among \d+ metrics\.$/m);
  const worse = compare(before1, slower);
  assert.equal(worse.status, 1, worse.said);
  assert.match(worse.said, /^web\.lcp p95 +247 ms +2\.2 s .* regression$/m);
  const unlike = compare(before1, other);
  assert.equal(unlike.status, 2, unlike.said);
  assert.match(unlike.said, /^The numbers of analysts differ: 2 and 99\.\nAdd --anyway/m);
  assert.equal(compare(before1, other, '--anyway').status, 0);
  assert.match(compare(before1).said, /^Usage: npm run compare/);
  assert.equal(compare(before1).status, 2);
  assert.match(compare('none-such', before1).said, /^There is no run "none-such" in /);
  assert.equal(compare(before1, same, '--sideways').status, 2);
});

test('a run stands to its baseline: metrics compared, regressions in sentences', async () => {
  const held = holdToBaseline(await readRun(slower), await readRun(before1));
  assert.deepEqual([held.unlike, held.runId], [[], sampleRun.runId]);
  assert.ok(held.compared >= 10);
  assert.match(
    held.regressions.join('\n'),
    /^p95 of LCP, page load went from 247 ms to 2\.2 s \(\+\d+ %, 95 % interval /m,
  );
  assert.match(held.regressions.join('\n'), /^p95 of upload went from 1\.8 s to 3\.8 s/m);
});

test('too few analysts for any metric: that is no comparison, and never a pass', async () => {
  const few = await readRun(await written(0, {}, ANALYSTS.slice(0, 3)));
  assert.match(holdToBaseline(few, few).unlike.join(), /no metric has samples of five analysts/);
});

test('the baseline is a run beside this one or a path; one that is not there is a sentence for people', async () => {
  assert.equal(await readBaseline('/nowhere', ''), undefined);
  assert.equal((await readBaseline(dirname(same), basename(same)))?.run.runId, sampleRun.runId);
  assert.equal((await readBaseline('/nowhere', same))?.run.runId, sampleRun.runId);
  await assert.rejects(readBaseline('/nowhere', 'gone'), {
    name: 'ConfigurationError',
    message: /^BASELINE=gone cannot be used: \/nowhere\/gone holds no run/,
  });
});

test('the verdict includes the baseline', async () => {
  const ending = {
    status: 'passed' as const,
    tests: { passed: ANALYSTS.length, failed: [], notRun: [] },
    startupErrors: [],
    errors: [],
    expected: ANALYSTS,
    endedAt: new Date(),
  };
  const concluded = async (slowerMs: number, BASELINE: string) =>
    conclude(await written(slowerMs, { settings: { BASELINE } }), ending);
  const worse = await concluded(2_000, before1);
  assert.equal(worse.verdict, 'FAIL');
  assert.match(
    worse.reasons.join('\n'),
    new RegExp(`^Worse than ${sampleRun.runId}: p95 of LCP, page load went from`, 'm'),
  );
  assert.equal(worse.written?.summary.baseline?.regressions.length, worse.reasons.length);
  assert.equal((await concluded(1, before1)).verdict, 'PASS');
  const unlike = await concluded(1, other);
  assert.equal(unlike.verdict, 'INVALID');
  assert.match(unlike.reasons.join(), /cannot be held against .* The numbers of analysts differ/);
});
