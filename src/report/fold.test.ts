import assert from 'node:assert/strict';
import { appendFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JournalRecord } from '../run/journal-schema.ts';
import type { MusterEvent } from '../telemetry/events.ts';
import { fold } from './fold.ts';
import { readRecords } from './records.ts';
import { event, goodJournal, goodJourney, projectOf, sampleRun, T0, writeRun } from './sample-run.testing.ts';
import { summarySchema } from './summary.ts';

const A = 'analyst-01';
const B = 'analyst-02';
const endedAt = new Date(T0 + 74_000);

function folded(events: MusterEvent[], journal: JournalRecord[] = [], expected: string[] = [A, B], run = sampleRun) {
  return fold({ run, records: { events, journal, problems: [], torn: [] }, expected, endedAt });
}

function row(events: MusterEvent[], name: string, tags: Record<string, string> = {}, expected: string[] = [A, B]) {
  return folded(events, [], expected).facts.metrics.find(
    (each) => each.name === name && JSON.stringify(each.tags) === JSON.stringify(tags),
  );
}

const good = [...goodJourney(A), ...goodJourney(B, 1_700)];

test('a run that went well, from its files to a summary that keeps to the schema', async (t) => {
  const folder = await writeRun(good, goodJournal([A, B]));
  t.after(() => rm(folder, { recursive: true }));
  const records = await readRecords(folder);
  assert.deepEqual([records.problems, records.torn], [[], []]);
  const { facts, analysts, breaches, telemetryProblems } = fold({ run: sampleRun, records, expected: [A, B], endedAt });
  summarySchema.parse({ ...facts, verdict: 'PASS', reasons: ['x'] });
  assert.deepEqual(
    analysts.map(({ outcome, lacks }) => ({ outcome, lacks })),
    [
      { outcome: 'ok', lacks: [] },
      { outcome: 'ok', lacks: [] },
    ],
  );
  assert.deepEqual([breaches, telemetryProblems], [[], []]);
  assert.deepEqual(facts.projects, {
    launched: 2,
    completed: 2,
    failed: 0,
    cancelled: 0,
    pendingReview: 0,
    inProgress: 0,
    rateLimited: 0,
    meanDurationMs: 48_850,
  });
  assert.deepEqual(facts.overlap, { planned: 2, achieved: 2, shareAtMax: 1 });
  assert.deepEqual(facts.sockets, {
    opened: 2,
    reconnects: 0,
    abnormalCloses: 0,
    framesReceived: 2_400,
    bytesReceived: 691_356,
    versionsMissed: 0,
    versionsDuplicated: 0,
    versionsLate: 0,
    rowsCaughtUp: 0,
    closeCodes: { 1001: 2 },
    places: {},
    subscriptions: {},
  });
});

test('of each vital and navigation the last value counts, for earlier ones were provisional', () => {
  const lcp = row(good, 'web.lcp');
  assert.deepEqual([lcp?.count, lcp?.expected, lcp?.min, lcp?.max], [2, 2, 240, 1_940]);
  assert.equal(row(good, 'web.lcp', { page: 'dashboard' })?.count, 2);
  assert.equal(row(good, 'web.cls')?.unit, '');
  assert.equal(row(good, 'soft.ttfb'), undefined);
});

test('a page load without its vitals is expected and missing', () => {
  const events = [
    ...good,
    event(A, 9_000, { type: 'navigation', kind: 'hard', page: 'project', navigationId: 'second', measured: true }),
  ];
  assert.deepEqual([row(events, 'web.lcp')?.expected, row(events, 'web.lcp')?.count], [3, 2]);
  assert.deepEqual(
    [row(events, 'web.lcp', { page: 'project' })?.expected, row(events, 'web.lcp', { page: 'project' })?.p50],
    [1, null],
  );
});

test('what was taken before the start line is no sample', () => {
  const events = [
    event(A, 0, { type: 'navigation', kind: 'hard', page: 'sign-in', navigationId: 'early', measured: false }),
    event(A, 1, {
      type: 'vital',
      name: 'LCP',
      kind: 'hard',
      page: 'sign-in',
      navigationId: 'early',
      metricId: 'm',
      value: 5_000,
      rating: 'poor',
      measured: false,
    }),
    ...good,
  ];
  assert.equal(row(events, 'web.lcp')?.max, 1_940);
});

test('an analyst without vitals is owed: the metric says n of N and the account says which', () => {
  const silent = good.filter((each) => each.analyst === A || (each.type !== 'vital' && each.type !== 'navigation'));
  for (const name of ['web.lcp', 'web.inp'])
    assert.deepEqual([row(silent, name)?.count, row(silent, name)?.expected], [1, 2]);
  assert.deepEqual(
    folded(silent).analysts.map(({ lacks }) => lacks),
    [[], ['LCP', 'INP']],
  );
});

test('an INP of a route change is an INP; an LCP of a route change is no page load', () => {
  const soft = good.filter((each) => each.type !== 'vital' || each.kind === 'soft');
  assert.deepEqual(folded(soft).analysts[0]?.lacks, ['LCP']);
});

test('failed and timed-out steps stay in the distribution, censored', () => {
  const failing = event(B, 40_000, {
    type: 'step',
    name: 'upload',
    startedAt: T0 + 10_000,
    endedAt: T0 + 40_000,
    outcome: 'timeout',
    error: 'upload: 30 s',
  });
  const upload = row([...good, failing], 'step.upload');
  assert.deepEqual([upload?.count, upload?.censored, upload?.max], [3, 1, 30_000]);
  assert.equal(row([...good, failing], 'step.upload', { bundle: 'coffee' })?.count, 3);
});

test('card times are told apart by whose card it is, and a change without its frame is expected, not counted', () => {
  const colleague = event(A, 21_000, {
    type: 'card',
    project: projectOf(B),
    own: false,
    status: 'Processing',
    paintedAt: T0 + 21_000,
  });
  const fresh = row([...good, colleague], 'card.freshness');
  assert.deepEqual([fresh?.count, fresh?.expected, fresh?.p50], [2, 3, 30]);
  assert.equal(row([...good, colleague], 'card.freshness', { card: 'own' })?.expected, 2);
  assert.deepEqual([row(good, 'card.arrival')?.p50, row(good, 'card.paint')?.p50], [10, 20]);
});

test('a launched project whose card was never seen to change is expected', () => {
  const unseen = good.filter((each) => each.type !== 'card' || each.analyst === A);
  assert.deepEqual(
    [
      row(unseen, 'card.freshness')?.count,
      row(unseen, 'card.freshness')?.expected,
      row(unseen, 'card.paint', { card: 'own' })?.expected,
    ],
    [1, 2, 2],
  );
});

test('analysts who were expected and never heard of, who never finished, who failed', () => {
  const half = goodJourney(B).slice(0, 12);
  const failed = event(A, 61_000, {
    type: 'analyst',
    phase: 'finished',
    outcome: 'failed',
    error: 'upload: too large',
  });
  const { analysts, facts } = folded([...goodJourney(A), failed, ...half], [], [A, B, 'analyst-03']);
  assert.deepEqual(
    analysts.map(({ outcome }) => outcome),
    ['failed', 'unfinished', 'absent'],
  );
  assert.equal(analysts[0]?.error, 'upload: too large');
  assert.equal(facts.analysts, 3);
  assert.equal(facts.overlap.planned, 2);
});

test("records that are no analyst's make none", () => {
  assert.deepEqual(
    folded([event('teardown', 0, { type: 'error', source: 'telemetry', message: 'x' })], [], []).analysts,
    [],
  );
});

test('a second attempt outweighs the first', () => {
  const first = goodJourney(A).map((each) =>
    each.type === 'analyst' && each.phase === 'finished' ? { ...each, outcome: 'failed' as const } : each,
  );
  assert.equal(
    folded([...goodJourney(A).map((each) => ({ ...each, attempt: 2 })), ...first]).analysts[0]?.outcome,
    'ok',
  );
});

test('sockets: reconnects apart from page loads, and only a disorderly code is abnormal', () => {
  const closed = (closeCode?: number) =>
    event(A, 30_000, {
      type: 'socket',
      phase: 'closed',
      socketId: 's',
      ...(closeCode === undefined ? {} : { closeCode }),
    });
  const { sockets } = folded([
    closed(1000),
    closed(1001),
    closed(1005),
    closed(),
    closed(1006),
    closed(1011),
    event(A, 31_000, { type: 'socket', phase: 'reconnected', socketId: 's', connectionCount: 1 }),
  ]).facts;
  assert.deepEqual([sockets.opened, sockets.reconnects, sockets.abnormalCloses], [0, 1, 2]);
});

test('projects by their last word; accepted and not heard of is in progress', () => {
  const end = (analyst: string, atMs: number, how: 'in-progress' | 'cancelled' | 'rate-limited') =>
    event(analyst, atMs, { type: 'project', name: projectOf(analyst), bundle: 'coffee', end: how });
  const { projects } = folded([end(A, 1, 'in-progress'), end(A, 2, 'cancelled')], goodJournal([A, B])).facts;
  assert.deepEqual(
    [projects.launched, projects.cancelled, projects.inProgress, projects.meanDurationMs],
    [2, 1, 1, null],
  );
  assert.equal(folded([end(A, 1, 'rate-limited')]).facts.projects.rateLimited, 1);
});

test("complaints are gathered, most frequent first; the capture's own failures stand apart", () => {
  const error = (analyst: string, source: 'console' | 'telemetry' | 'page', message: string) =>
    event(analyst, 5, { type: 'error', source, message });
  const { complaints, telemetryProblems } = folded([
    error(A, 'page', 'x'),
    error(A, 'console', '404'),
    error(B, 'console', '404'),
    error(B, 'telemetry', 'binding lost'),
  ]);
  assert.deepEqual(complaints, [
    { source: 'console', message: '404', count: 2, analysts: 2 },
    { source: 'page', message: 'x', count: 1, analysts: 1 },
  ]);
  assert.deepEqual(telemetryProblems, [`${B}: binding lost`]);
});

test('a torn last line is counted; any other line that is no record is a problem with its place', async (t) => {
  const folder = await writeRun(good, goodJournal([A, B]));
  t.after(() => rm(folder, { recursive: true }));
  await appendFile(
    join(folder, 'events', 'worker-1.jsonl'),
    `{"type":"step"}\nnot json\n\n${JSON.stringify(good[0])}\n{"v":1,"at":17`,
  );
  await appendFile(join(folder, 'journal', 'worker-1.jsonl'), '{"v":1}');
  const { events, problems, torn } = await readRecords(folder);
  assert.equal(events.length, good.length + 1);
  assert.deepEqual(torn, [`events/worker-1.jsonl line ${good.length + 5}`]);
  assert.equal(problems.length, 3);
  assert.match(problems[0] ?? '', new RegExp(`^events/worker-1\\.jsonl line ${good.length + 1} is no record: `));
  assert.match(problems[1] ?? '', /is no record: not JSON\.$/);
  assert.match(problems[2] ?? '', /^journal\/worker-1\.jsonl line \d+ is no record: /);
});

test('a run without files has no records', async () => {
  assert.deepEqual(await readRecords('/nowhere/at/all'), { events: [], journal: [], problems: [], torn: [] });
});

test('rates and throughput: errors by step, completion, and projects a minute of work', () => {
  const error = (analyst: string, atMs: number, source: 'page' | 'console', step?: string) =>
    event(analyst, atMs, { type: 'error', source, message: 'x', ...(step === undefined ? {} : { step }) });
  const failing = event(B, 9_000, {
    type: 'step',
    name: 'upload',
    startedAt: T0 + 8_000,
    endedAt: T0 + 9_000,
    outcome: 'failed',
  });
  const early = event(A, 2_500, {
    type: 'step',
    name: 'watch-to-end',
    startedAt: T0 + 2_100,
    endedAt: T0 + 2_500,
    outcome: 'ok',
  });
  // Seven good steps, one that failed; of the good ones, two met an error; and one error was met between two steps.
  const events = [
    ...good,
    failing,
    early,
    error(A, 30_000, 'page', 'watch-to-end'),
    error(A, 2_300, 'page', 'watch-to-end'),
    error(B, 30_000, 'console', 'watch-to-end'),
    error(A, 5_000, 'page'),
  ];
  // Two steps of one name, each with an error of its own.
  assert.equal(row(events, 'rate.errors', { step: 'watch-to-end' })?.mean, 2 / 3);
  const errors = row(events, 'rate.errors');
  assert.deepEqual([errors?.count, errors?.mean, errors?.p95, errors?.unit], [9, 4 / 9, null, 'share']);
  assert.equal(row(events, 'rate.errors', { step: 'upload' })?.mean, 1 / 3);
  assert.deepEqual([row(good, 'rate.completion')?.mean, row(good, 'rate.completion')?.count], [1, 2]);
  const left = good.map((each) =>
    each.type === 'project' && each.analyst === A ? { ...each, end: 'cancelled' as const } : each,
  );
  assert.equal(row(left, 'rate.completion')?.mean, 0.5);
  // 58 s from the start line to the end of the last step.
  assert.deepEqual([row(left, 'throughput.projects')?.min, row(left, 'throughput.projects')?.max], [0, 60 / 58]);
});

test('where journeys stop before it, nobody owes completion', () => {
  const stopped = folded(good, [], [A, B], { ...sampleRun, settings: { UNTIL: 'review' } }).facts.metrics;
  assert.deepEqual(
    stopped.filter(({ name }) => ['rate.completion', 'throughput.projects'].includes(name)),
    [],
  );
});

test('bundles are small or large where the run says how large they are', () => {
  const run = { ...sampleRun, bundles: [{ name: 'coffee', dataBytes: 1_000_000 }] };
  const rows = folded(good, [], [A, B], run).facts.metrics.filter(({ name }) => name === 'step.upload');
  assert.deepEqual(
    rows.map(({ tags }) => tags),
    [{}, { bundle: 'coffee' }, { size: 'small' }],
  );
});

test('samples taken while the generator was past a guard are kept apart, and both distributions are there', () => {
  const lagging = event('worker-0', 20_100, {
    type: 'health',
    source: 'worker',
    from: T0 + 19_000,
    to: T0 + 20_000,
    loopLagP95Ms: 80,
  });
  const shifted = [...good, lagging].map((each) =>
    each.type === 'card' && each.analyst === A
      ? { ...each, committedAt: T0 + 25_000, arrivedAt: T0 + 25_002, paintedAt: T0 + 25_012 }
      : each,
  );
  const { facts, samples } = folded(shifted);
  const fresh = facts.metrics.find(({ name, tags }) => name === 'card.freshness' && Object.keys(tags).length === 0);
  assert.deepEqual([fresh?.count, fresh?.excluded, fresh?.expected, fresh?.p95], [1, 1, 2, 12]);
  assert.deepEqual([fresh?.all?.min, fresh?.all?.p95, fresh?.all?.mean], [12, 30, 21]);
  assert.equal(facts.metrics.find(({ name }) => name === 'web.lcp')?.all, undefined);
  assert.equal(facts.generator.invalidSeconds, 1);
  const behind = samples.get('card.freshness');
  assert.deepEqual([behind?.kept.count, behind?.excluded.count, [...(behind?.byAnalyst.keys() ?? [])]], [1, 1, [A]]);
});

test('objectives are held against the rows, and each shows where it stands', () => {
  const objective = { metric: 'web.lcp', tags: {}, statistic: 'p75', bound: 'atMost' as const, limit: 2_500 };
  const { facts } = fold({
    run: sampleRun,
    records: { events: good, journal: [], problems: [], torn: [] },
    expected: [A, B],
    objectives: [objective, { ...objective, metric: 'card.paint', tags: { card: 'colleague' } }],
    endedAt,
  });
  assert.deepEqual(
    facts.slo.map(({ actual, pass }) => [actual, pass]),
    [
      [1_940, true],
      [null, false],
    ],
  );
});

test('an interaction counts for the second it was in, however late it was written down', () => {
  const lagging = event('worker-0', 20_100, {
    type: 'health',
    source: 'worker',
    from: T0 + 2_000,
    to: T0 + 3_000,
    loopLagP95Ms: 80,
  });
  const dated = [...good, lagging].map((each) =>
    each.type === 'vital' && each.name === 'INP' && each.kind === 'hard'
      ? { ...each, at: T0 + 30_000, takenAt: each.analyst === A ? T0 + 2_700 : T0 + 3_100 }
      : each,
  );
  const inp = row(dated, 'web.inp');
  assert.deepEqual([inp?.count, inp?.excluded], [1, 1]);
});
