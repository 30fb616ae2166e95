import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MusterEvent } from '../telemetry/events.ts';
import { accountAnalysts } from './analysts.ts';
import { CauseSelection } from './cause-selection.ts';
import type { Cause } from './causes.ts';
import { drawTimeline, timeTable, timeTitle } from './charts/time-chart.ts';
import { event, goodJourney, projectOf, T0 } from './sample-run.testing.ts';
import type { MetricRow } from './summary.ts';
import { timelineOf, type Timeline } from './timeline.ts';

const A = 'analyst-01';

function stage(
  atMs: number,
  name: string,
  progress: number,
  standing: 'active' | 'waiting' | 'completed',
): MusterEvent {
  return event(A, atMs, {
    type: 'stage',
    project: projectOf(A),
    productRunId: 'r1',
    standing,
    status: 'x',
    stage: name,
    progress,
    arrivedAt: T0 + atMs,
  });
}

const METRIC: MetricRow = {
  name: 'web.lcp',
  tags: { page: 'review' },
  unit: 'ms',
  expected: 4,
  count: 3,
  censored: 0,
  excluded: 0,
  min: 5,
  p50: 40,
  p75: 60,
  p90: 60,
  p95: 60,
  p99: 60,
  max: 60,
};

const run = [
  stage(10_000, 'uploading', 0, 'active'),
  stage(14_000, 'parsing', 10, 'active'),
  stage(15_000, 'splitting', 65, 'active'),
  stage(20_000, 'crosstab_review_required', 50, 'waiting'),
  stage(30_000, 'applying_review', 55, 'active'),
  stage(32_000, 'filtering', 55, 'active'),
  stage(35_000, 'complete', 100, 'completed'),
];

function timeline(more: readonly MusterEvent[] = run, suspect: number[] = []): Timeline {
  const events = [...goodJourney(A), ...more];
  return timelineOf(events, accountAnalysts(events, []), suspect) ?? assert.fail();
}

test('a run waits, computes, waits for its review, for its turn again, and computes; stages of one phase are one', () => {
  assert.deepEqual(
    timeline().lanes[0]?.phases.map(({ phase, from, to }) => [phase, from - T0, to - T0]),
    [
      ['queued', 10_000, 14_000],
      ['running', 14_000, 20_000],
      ['review', 20_000, 30_000],
      ['queued', 30_000, 32_000],
      ['running', 32_000, 35_000],
    ],
  );
});

test('a run that never ended lasts to its owner’s last word; one without events is nothing', () => {
  assert.equal(timeline(run.slice(0, 2)).lanes[0]?.phases.at(-1)?.to, T0 + 60_300);
  assert.equal(timelineOf([], accountAnalysts([], ['analyst-09']), []), undefined);
});

test('connections that were lost are seen, from the loss until everything was there again', () => {
  const gap = event(A, 40_000, {
    type: 'gap',
    socketId: 'b',
    lostSocketId: 'a',
    closedAt: T0 + 36_000,
    openedAt: T0 + 37_000,
    resyncedAt: T0 + 38_000,
  });
  assert.deepEqual(timeline([...run, gap]).lanes[0]?.phases.at(-1), {
    phase: 'reconnecting',
    from: T0 + 36_000,
    to: T0 + 38_000,
  });
});

test('how deep the queue was, moment by moment', () => {
  assert.deepEqual(
    timeline().depths.map(({ at, queued, running, review }) => [at - T0, queued, running, review]),
    [
      [10_000, 1, 0, 0],
      [14_000, 0, 1, 0],
      [20_000, 0, 0, 1],
      [30_000, 1, 0, 0],
      [32_000, 0, 1, 0],
      [35_000, 0, 0, 0],
    ],
  );
});

test('suspect seconds that follow each other are one window; the machine has a row a second', () => {
  const second = T0 / 1000;
  assert.deepEqual(timeline(run, [second + 4, second + 3, second + 9]).suspect, [
    { from: T0 + 3000, to: T0 + 5000 },
    { from: T0 + 9000, to: T0 + 10_000 },
  ]);
  const machine = event('machine', 5_000, {
    type: 'health',
    source: 'machine',
    from: T0 + 4_000,
    to: T0 + 5_000,
    cpuGenerator: 0.5,
  });
  const worker = event('worker-0', 5_000, {
    type: 'health',
    source: 'worker',
    // A second that is counted from another moment is told of the one whose middle it covers, as where it is judged.
    from: T0 + 4_300,
    to: T0 + 5_310,
    loopLagP95Ms: 7,
  });
  assert.deepEqual(timeline([...run, machine, worker]).machine, [
    { at: T0 + 4000, generator: 0.5, product: undefined, rest: undefined, loopLagMs: 7 },
  ]);
});

test('the title says who waited longest; the table has it in figures', () => {
  assert.equal(
    timeTitle(timeline()),
    'Who did what when: up to 1 project waited in the queue, analyst-01’s the longest (6.0 s in all); the last of them left it 30 s after the start line; at most 1 computed at once.',
  );
  const { heads, rows } = timeTable(timeline());
  assert.equal(rows[0]?.[heads.indexOf('In the queue')], '6.0 s');
  assert.equal(rows[0]?.[heads.indexOf('Longest step')], 'watch-to-end, 50 s');
});

test('the chart is one picture with a description, tooltips, and no script or colour of its own', async () => {
  const svg = (await drawTimeline(timeline([...run], [T0 / 1000 + 12]), 10)).wide;
  assert.match(svg, /^<svg viewBox="[^"]+" style="min-width:\d+px" role="img" aria-label="Who did what when/);
  assert.ok(svg.includes('<title>analyst-01, coffee: in the queue, 4.0 s</title>'));
  assert.ok(svg.includes('fill="var(--suspect)"'));
  assert.ok(!/<script|href=|aria-roledescription/.test(svg));
  // Two on one page do not share names.
  const ids = (drawn: string): string[] => [...drawn.matchAll(/id="([^"]+)"/g)].map(([, id = '']) => id);
  const other = ids((await drawTimeline(timeline(), 10)).narrow);
  assert.ok(other.length > 0 && ids(svg).every((id) => !other.includes(id)));
});

function causesOf(
  events: readonly MusterEvent[],
  excludedFrom = Infinity,
  metrics: readonly MetricRow[] = [],
): Cause[] {
  const selection = new CauseSelection(({ span }) => span.to >= excludedFrom);
  selection.add(events);
  return selection.causes(metrics);
}

test('what pages consisted of, of all visits and of the slowest quarter, by each navigation’s last value', () => {
  const vital = (navigationId: string, atMs: number, rendering: number) =>
    event(A, atMs, {
      type: 'vital',
      name: 'LCP',
      kind: 'hard',
      page: 'review',
      navigationId,
      metricId: navigationId,
      value: rendering + 10,
      rating: 'good',
      measured: true,
      takenAt: T0 + atMs,
      attribution: { timeToFirstByte: 10, elementRenderDelay: rendering, target: 'html>body>main>h1' },
    });
  const until = 'until it was painted, with nothing left to load';
  const first = { what: 'waiting for the first byte', ms: 10 };
  const vitals = [vital('n1', 1, 999), vital('n1', 2, 40), vital('n2', 3, 60), vital('n3', 4, 5)];
  const [cause] = causesOf(vitals);
  assert.deepEqual(cause, {
    metric: 'web.lcp',
    page: 'review',
    samples: 3,
    parts: [{ what: until, ms: 40 }, first],
    element: 'main > h1',
    slowest: { samples: 1, parts: [{ what: until, ms: 60 }, first], element: 'main > h1', ownDoing: undefined },
  });
  const beyond = { ...vital('n5', 5, 60), value: 45 } as MusterEvent;
  assert.deepEqual(
    causesOf([beyond])[0]?.parts,
    [{ what: until, ms: 35 }, first],
    'parts are together no more than the value',
  );
  const step = (name: string, fromMs: number): MusterEvent =>
    event(A, fromMs + 9, { type: 'step', name, startedAt: T0 + fromMs, endedAt: T0 + fromMs + 9, outcome: 'ok' });
  const late = vital('n4', 9000, 8000);
  const doing = (name: string, fromMs: number) => causesOf([late, step(name, fromMs)])[0]?.slowest.ownDoing;
  assert.deepEqual(doing('name-project', 8950), { samples: 1, step: 'name-project' });
  assert.equal(doing('watch-to-end', 8950), undefined, 'who watches does nothing');
  assert.equal(doing('open-wizard', 900), undefined, 'what led to the page is not after it');
  // Of the same samples as the figure beside it: without the excluded ones, unless it is in doubt and shows all.
  const row = (excluded: number) => ({
    ...METRIC,
    excluded,
    all: { min: 1, p50: 1, p75: 1, p90: 1, p95: 1, p99: 1, max: 1, mean: 1 },
  });
  const from = T0 + 9000;
  assert.deepEqual(
    [1, 4].map((excluded) => causesOf([...vitals, late], from, [row(excluded)])[0]?.samples),
    [3, 4],
  );
});
