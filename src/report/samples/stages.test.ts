import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody, MusterEvent } from '../../telemetry/events.ts';
import { accountAnalysts } from '../analysts.ts';
import { tabulate } from '../metrics.ts';
import { event, projectOf, sampleRun, T0 } from '../sample-run.testing.ts';
import { measure } from './index.ts';

type Stage = Extract<EventBody, { type: 'stage' }>;
type Http = Extract<EventBody, { type: 'http' }>;
const A = 'analyst-01';

/** Committed at that time, and in the page 20 ms later. */
function stage(
  name: string,
  atMs: number,
  standing: Stage['standing'] = 'active',
  more: Partial<Stage> = {},
): MusterEvent {
  return event(A, atMs, {
    type: 'stage',
    project: projectOf(A),
    productRunId: 'r1',
    standing,
    status: standing,
    stage: name,
    committedAt: T0 + atMs,
    arrivedAt: T0 + atMs + 20,
    ...more,
  });
}

function late(name: string, atMs: number): MusterEvent {
  const { committedAt: _committed, ...told } = stage(name, atMs) as Stage & MusterEvent;
  return told;
}

function rows(events: MusterEvent[], target: typeof sampleRun.target = sampleRun.target) {
  const table = tabulate(measure(events, accountAnalysts(events, []), { ...sampleRun, target }), () => false);
  return (name: string) => {
    const row = table.find((each) => each.name === name && Object.keys(each.tags).length === 0);
    return row && { count: row.count, expected: row.expected, censored: row.censored, min: row.min, max: row.max };
  };
}

test('each visit to a stage lasts until the next stage or the end; one that comes back is a visit of its own', () => {
  const row = rows([
    stage('uploading', 0),
    stage('verification', 100, 'active', { progress: 77 }),
    stage('filtering', 350, 'active', { progress: 55 }),
    // A word that changes nothing about the stage.
    stage('filtering', 380, 'waiting'),
    stage('verification', 400, 'active', { progress: 58 }),
    stage('complete', 1_000, 'completed', { progress: 100 }),
    event(A, 9_000, { type: 'analyst', phase: 'finished', outcome: 'ok' }),
  ]);
  assert.deepEqual(row('stage.uploading'), { count: 1, expected: 1, censored: 0, min: 100, max: 100 });
  assert.deepEqual(row('stage.verification'), { count: 2, expected: 2, censored: 0, min: 250, max: 600 });
  assert.deepEqual(row('stage.filtering'), { count: 1, expected: 1, censored: 0, min: 50, max: 50 });
  assert.equal(row('stage.complete'), undefined);
  assert.deepEqual(row('stage.seen'), { count: 5, expected: 5, censored: 0, min: 20, max: 20 });
  assert.equal(row('stage.shown'), undefined);
});

test('a cancelled run leaves its stage at once; one that is in a stage when its owner goes is a lower bound', () => {
  const cancelled = rows([
    stage('parsing', 0),
    stage('parsing', 80, 'cancelled'),
    stage('cancelled', 500, 'cancelled'),
  ]);
  assert.deepEqual(cancelled('stage.parsing'), { count: 1, expected: 1, censored: 0, min: 80, max: 80 });
  assert.equal(cancelled('stage.cancelled'), undefined);
  const left = rows([
    stage('parsing', 100),
    event(A, 5_100, { type: 'analyst', phase: 'finished', outcome: 'failed' }),
  ]);
  assert.deepEqual(left('stage.parsing'), { count: 1, expected: 1, censored: 1, min: 5_000, max: 5_000 });
});

test('what the page was told late is owed on both sides of it; without the product’s clock nothing is known but durations', () => {
  const row = rows([
    stage('parsing', 0),
    late('filtering', 100),
    stage('splitting', 200),
    stage('complete', 300, 'completed'),
  ]);
  for (const name of ['stage.parsing', 'stage.filtering'])
    assert.deepEqual([row(name)?.count, row(name)?.expected], [0, 1]);
  assert.equal(row('stage.splitting')?.min, 100);
  assert.deepEqual([row('stage.seen')?.count, row('stage.seen')?.expected], [3, 4]);
  const attached = rows([stage('parsing', 0), stage('complete', 70, 'completed')], {
    kind: 'attached',
    baseURL: 'https://staging.test',
  });
  assert.deepEqual([attached('stage.seen')?.count, attached('stage.seen')?.expected], [0, 2]);
  assert.equal(attached('stage.parsing')?.min, 70);
});

test('a stage that was painted is as old as that', () => {
  assert.equal(rows([stage('parsing', 0, 'active', { paintedAt: T0 + 33 })])('stage.shown')?.max, 33);
});

const saved = (answered?: Stage['standing']): MusterEvent =>
  event(A, 90_000, {
    type: 'review',
    project: projectOf(A),
    route: '/api/runs/:id/review',
    openedAt: T0 + 1_000,
    ...(answered && { answered }),
  });

/** Clicked at 2,000; answered at that time. */
function answer(atMs: number, more: Partial<Http> = {}): MusterEvent {
  return event(A, atMs, {
    type: 'http',
    method: 'POST',
    route: '/api/runs/:id/review',
    promptedAt: T0 + 2_000,
    startedAt: T0 + 2_010,
    endedAt: T0 + atMs,
    status: 200,
    outcome: 'answered',
    traceId: 'f'.repeat(32),
    measured: true,
    ...more,
  });
}

function review(...events: MusterEvent[]) {
  const row = rows(events);
  return ['review.accepted', 'review.executed'].map((name) => {
    const { count, expected, censored, max } = row(name) ?? {};
    return [count, expected, censored, max];
  });
}

test('a review is accepted and executed by the first word of each, from the click on', () => {
  const resumed = [
    stage('crosstab_review_required', 500, 'waiting'),
    stage('applying_review', 2_100),
    stage('filtering', 2_400),
  ];
  const ended = stage('complete', 6_000, 'completed');
  // The answer comes when all is done, a moment after the frame; the first record of the wait is no word of it.
  assert.deepEqual(review(saved('completed'), answer(6_100), ...resumed, ended), [
    [1, 1, 0, 120],
    [1, 1, 0, 4_020],
  ]);
  // The answer comes at once, and says that the run goes on.
  assert.deepEqual(review(saved('active'), answer(2_050), ...resumed, ended), [
    [1, 1, 0, 50],
    [1, 1, 0, 4_020],
  ]);
  // No frame ever tells of the end: the answer does.
  assert.deepEqual(review(saved('completed'), answer(6_100), ...resumed), [
    [1, 1, 0, 120],
    [1, 1, 0, 4_100],
  ]);
});

test('a retry that is refused takes nothing back; a refusal alone, a failure and a silence are lower bounds', () => {
  const resumed = stage('applying_review', 2_100);
  const retried = [
    answer(2_000, { outcome: 'failed', status: 0 }),
    answer(2_300, { status: 400, startedAt: T0 + 2_250 }),
  ];
  assert.deepEqual(review(saved(), ...retried, resumed, stage('complete', 6_000, 'completed')), [
    [1, 1, 0, 120],
    [1, 1, 0, 4_020],
  ]);
  assert.deepEqual(
    review(saved(), answer(2_300, { status: 409 }), event(A, 9_000, { type: 'analyst', phase: 'finished' })),
    [
      [1, 1, 1, 300],
      [1, 1, 1, 88_000],
    ],
  );
  assert.deepEqual(review(saved('failed'), answer(5_000), resumed, stage('verification', 4_900, 'failed')), [
    [1, 1, 0, 120],
    [1, 1, 1, 2_920],
  ]);
  // Somebody else had cancelled the run: that it moved is no acceptance.
  assert.deepEqual(review(saved(), answer(2_300, { status: 409 }), stage('cancelled', 2_100, 'cancelled')), [
    [1, 1, 1, 300],
    [1, 1, 1, 120],
  ]);
  // The click never led to a request.
  assert.deepEqual(review(saved(), answer(900, { startedAt: T0 + 800 })), [
    [0, 1, 0, null],
    [0, 1, 0, null],
  ]);
});
