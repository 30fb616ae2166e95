import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, test } from 'node:test';
import { promisify } from 'node:util';
import { eventSchema, type EventBody } from './events.ts';
import { openRecorder } from './recorder.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'muster-recorder-'));
after(() => rmSync(folder, { recursive: true }));

const events = (file: string): unknown[] =>
  readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown);

test('an event is a line with its identity and the time', () => {
  const file = path.join(folder, 'deep', 'er', 'one.jsonl');
  const before = Date.now();
  const recorder = openRecorder({ file, runId: 'r1', shard: 2, analyst: 'analyst-03', attempt: 1 });
  recorder.record({ type: 'analyst', phase: 'begun', organization: 'Meridian Research' });
  recorder.record({ type: 'step', name: 'sign-in', startedAt: 1.5, endedAt: 2.25, outcome: 'ok' });
  recorder.close();
  const [first, second] = events(file).map((event) => eventSchema.parse(event));
  assert.ok(first && second);
  const { at, ...rest } = first;
  assert.deepEqual(rest, {
    v: 1,
    runId: 'r1',
    shard: 2,
    analyst: 'analyst-03',
    attempt: 1,
    type: 'analyst',
    phase: 'begun',
    organization: 'Meridian Research',
  });
  assert.ok(at >= before && at <= Date.now());
  assert.equal(second.type === 'step' && second.endedAt, 2.25);
});

test('reopening appends', () => {
  const file = path.join(folder, 'again.jsonl');
  for (const attempt of [1, 2]) {
    const recorder = openRecorder({ file, runId: 'r1', analyst: 'analyst-01', attempt });
    recorder.record({ type: 'analyst', phase: 'begun' });
    recorder.close();
    recorder.close();
  }
  assert.equal(events(file).length, 2);
});

test('what does not fit, comes too late or cannot be written throws and says what', () => {
  const file = path.join(folder, 'bad.jsonl');
  const recorder = openRecorder({ file, runId: 'r1', analyst: 'analyst-01', attempt: 1 });
  assert.throws(
    () => recorder.record({ type: 'step', name: 'x', startedAt: 1, endedAt: Infinity, outcome: 'ok' }),
    /analyst-01 does not fit the schema[^]*endedAt/,
  );
  assert.throws(() => recorder.record({ type: 'nonsense' } as unknown as EventBody), /nonsense/);
  assert.equal(readFileSync(file, 'utf8'), '');
  recorder.close();
  assert.throws(() => recorder.record({ type: 'analyst', phase: 'ready' }), /came after its recorder was closed/);
  assert.throws(
    () => openRecorder({ file: path.join(file, 'beneath', 'a file.jsonl'), runId: 'r1', analyst: 'a', attempt: 1 }),
    /ENOTDIR|EEXIST/,
  );
});

test('many processes appending to one file tear no line', async () => {
  const file = path.join(folder, 'shared.jsonl');
  const lines = 300;
  const writer = `
    import { openRecorder } from ${JSON.stringify(new URL('./recorder.ts', import.meta.url).href)};
    const recorder = openRecorder({ file: ${JSON.stringify(file)}, runId: 'r1', analyst: process.argv[1], attempt: 1 });
    for (let index = 0; index < ${lines}; index += 1) recorder.record({ type: 'error', source: 'page', message: 'x'.repeat(index * 40) });
    recorder.close();`;
  const analysts = ['analyst-01', 'analyst-02', 'analyst-03', 'analyst-04'];
  await Promise.all(
    analysts.map((analyst) =>
      promisify(execFile)(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', writer, analyst]),
    ),
  );
  const parsed = events(file).map((event) => eventSchema.parse(event));
  for (const analyst of analysts) assert.equal(parsed.filter((event) => event.analyst === analyst).length, lines);
});

test(
  'a full disk is an error that names it',
  { skip: process.platform !== 'linux' && 'only Linux has /dev/full' },
  () => {
    const recorder = openRecorder({ file: '/dev/full', runId: 'r1', analyst: 'analyst-01', attempt: 1 });
    assert.throws(() => recorder.record({ type: 'analyst', phase: 'begun' }), /ENOSPC/);
    recorder.close();
  },
);
