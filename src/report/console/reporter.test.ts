/** The reporter in a real Playwright run, small and without a browser, in a folder of its own. */
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { goodJournal, goodJourney, journalRecord, projectOf, sampleRun } from '../sample-run.testing.ts';
import { summarySchema, type Summary } from '../summary.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const LIMIT_MS = 120_000;
const CHECK_AGAIN = 'Next      npm run preflight   checks all of it again, and makes nothing';
let project: string;

const SETUP = `
import { mkdirSync, writeFileSync } from 'node:fs';
const fail = (name, message) => { throw Object.assign(new Error(message), { name }); };
export default () => {
  if (process.env.CASE === 'misconfigured') fail('ConfigurationError', 'BASE_URL is "foo": it is no address.\\nSet it to one.');
  if (process.env.CASE === 'broken-setup') fail('TypeError', 'x is undefined');
  if (!process.env.RUN_JSON) return;
  for (const folder of ['run/events', 'run/journal']) mkdirSync(folder, { recursive: true });
  writeFileSync('run/run.json', process.env.RUN_JSON);
  writeFileSync('run/events/w.jsonl', process.env.EVENTS);
  writeFileSync('run/journal/w.jsonl', process.env.JOURNAL);
};`;
const TEARDOWN = `export default () => { if (process.env.CASE === 'broken-teardown') throw new Error('2 projects remain'); };`;
const SPEC = `
import { test, expect } from '@playwright/test';
test('analyst-01 · coffee', () => { console.log('said by a worker'); if (process.env.CASE === 'failing') expect(1, 'the workbook').toBe(2); });
test.skip('not wanted', () => {});
test.describe.serial('two that depend', () => {
  test('first', () => { if (process.env.CASE === 'failing') throw new Error('first broke'); });
  test('second', () => {});
});`;

before(async () => {
  project = await mkdtemp(join(tmpdir(), 'muster-reporter-'));
  await symlink(join(root, 'node_modules'), join(project, 'node_modules'));
  const config = (
    more: string,
  ) => `export default { testDir: '.', workers: 1, globalSetup: './setup.ts', globalTeardown: './teardown.ts',
    reporter: [[${JSON.stringify(join(root, 'src/report/console/reporter.ts'))}, { runFolder: ${JSON.stringify(join(project, 'run'))} }]], ${more} };`;
  await Promise.all([
    writeFile(join(project, 'package.json'), '{"type":"module"}'),
    writeFile(join(project, 'playwright.config.ts'), config('')),
    writeFile(
      join(project, 'server.config.ts'),
      config(
        `webServer: { command: 'echo "Port 80 is taken: set SANDBOX_PORT." >&2; exit 2', wait: { stdout: /ready/ } }`,
      ),
    ),
    writeFile(join(project, 'setup.ts'), SETUP),
    writeFile(join(project, 'teardown.ts'), TEARDOWN),
    writeFile(join(project, 'a.spec.ts'), SPEC),
  ]);
});
after(() => rm(project, { recursive: true, force: true }));

interface Ended {
  status: number | null;
  output: string;
  summary: Summary | undefined;
}

async function playwright(kase: string, args: string[] = [], env: Record<string, string> = {}): Promise<Ended> {
  await rm(join(project, 'run'), { recursive: true, force: true });
  const inherited = { ...process.env };
  delete inherited['NODE_OPTIONS'];
  delete inherited['NODE_TEST_CONTEXT'];
  const child = spawn(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'test', ...args], {
    cwd: project,
    env: { ...inherited, CASE: kase, ...env },
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const status = await new Promise<number | null>((resolve) => child.on('close', resolve));
  const written = await readFile(join(project, 'run', 'summary.json'), 'utf8').catch(() => undefined);
  return { status, output, summary: written === undefined ? undefined : summarySchema.parse(JSON.parse(written)) };
}

const lines = (records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join('');
const wholeRun = {
  RUN_JSON: JSON.stringify(sampleRun),
  EVENTS: lines(goodJourney('analyst-01')),
  JOURNAL: lines(goodJournal(['analyst-01'])),
};

test('a run that goes well: summary written, status 0', async () => {
  const { status, output, summary } = await playwright('good', [], wholeRun);
  assert.equal(status, 0, output);
  assert.equal(summary?.verdict, 'PASS');
  assert.equal(summary.analysts, 1);
  assert.match(output, /^said by a worker$/m);
  assert.match(output, /^analyst-01 · coffee: done$/m);
  assert.match(output, /^PASS {6}1 of 1 journeys finished, 1 of 1 projects completed/m);
  assert.match(output, /^Report {4}run\/report\.html /m);
});

test('a failing test and one that therefore never ran: status 1, both told', async () => {
  const { status, output, summary } = await playwright('failing', [], wholeRun);
  assert.equal(status, 1, output);
  assert.equal(summary?.verdict, 'FAIL');
  assert.deepEqual(
    summary.reasons.map((reason) => reason.slice(0, 42)),
    ['analyst-01 · coffee failed: the workbook', 'first failed: first broke', 'second never ran.'],
  );
});

test('tests that pass over a ledger that does not balance: status 1', async () => {
  const left = journalRecord('teardown', {
    type: 'swept',
    organization: 'Meridian Research',
    listed: [projectOf('analyst-01')],
    deleted: [],
    remaining: [projectOf('analyst-01')],
  });
  const { status, output } = await playwright('good', [], {
    ...wholeRun,
    JOURNAL: lines([...goodJournal(['analyst-01']).slice(0, -1), left]),
  });
  assert.equal(status, 1, output);
  assert.match(output, /was left behind/);
});

test('a failing teardown after passing tests: status 1, its sentence shown', async () => {
  const { status, output } = await playwright('broken-teardown', ['--grep', 'first']);
  assert.equal(status, 1, output);
  assert.match(output, /^FAIL {6}Outside of the tests: 2 projects remain$/m);
});

test('misconfiguration: status 2, the sentence, no stack', async () => {
  const { status, output, summary } = await playwright('misconfigured');
  assert.equal(status, 2, output);
  assert.equal(
    output.trim(),
    `INVALID   BASE_URL is "foo": it is no address.\n          Set it to one.\n\n${CHECK_AGAIN}`,
  );
  assert.equal(summary, undefined);
  assert.match(
    await readFile(join(project, 'run', 'junit.xml'), 'utf8'),
    /<error message="BASE_URL is &quot;foo&quot;/,
  );
});

test('a set-up that breaks: status 2, with its stack', async () => {
  const { status, output } = await playwright('broken-setup');
  assert.equal(status, 2, output);
  assert.match(output, /^ +at .*setup\.ts/m);
  assert.match(output, /^INVALID {3}The run could not start: x is undefined$/m);
});

test('a sandbox that does not start: status 2, in its own words', async () => {
  const { status, output } = await playwright('good', ['-c', 'server.config.ts']);
  assert.equal(status, 2, output);
  assert.equal(
    output.trim(),
    `INVALID   The embedded product did not start: Port 80 is taken: set SANDBOX_PORT.\n\n${CHECK_AGAIN}`,
  );
});

test('nothing to run: status 2', async () => {
  const { status, output } = await playwright('good', ['--grep', 'no such test']);
  assert.equal(status, 2, output);
  assert.match(output, /The run could not start: No tests found/);
});

test('a run that is not the main job: status 0, and no analyst is missed', async () => {
  const { status, output, summary } = await playwright('good', ['--grep', 'first'], {
    ...wholeRun,
    EVENTS: '',
    JOURNAL: '',
  });
  assert.equal(status, 0, output);
  assert.equal(summary?.analysts, 0);
  assert.match(output, /1 of 1 tests passed; no analyst was asked to work\./);
});

test('analysts whose tests passed without a trace of a run: status 1', async () => {
  const { status, output } = await playwright('good');
  assert.equal(status, 1, output);
  assert.match(output, /^FAIL {6}analyst-01 left no record at all\.$/m);
});

test('listing tests leaves everything to Playwright', async () => {
  const { status, output } = await playwright('good', ['--list']);
  assert.equal(status, 0, output);
  assert.match(output, /^Total: 4 tests in 1 file$/m);
  assert.doesNotMatch(output, /PASS|INVALID/);
});

test('records that no schema knows, or a run file that is none: status 1, said plainly', async () => {
  const { status, output } = await playwright('good', [], { ...wholeRun, RUN_JSON: '{"schema":7}' });
  assert.equal(status, 1, output);
  assert.match(output, /^FAIL {6}The results could not be folded: .*run\.json\s+is\s+not\s+as\s+agreed:\s+schema/m);
  assert.match(
    await readFile(join(project, 'run', 'junit.xml'), 'utf8'),
    /<failure message="The results could not be folded/,
  );
});
