import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MusterEvent } from '../telemetry/events.ts';
import { accountAnalysts } from './analysts.ts';
import { tabulate } from './metrics.ts';
import { accountPages, growthOf } from './pages.ts';
import { event, goodJourney, sampleRun, T0 } from './sample-run.testing.ts';
import { measure } from './samples/index.ts';

const A = 'analyst-01';

function memory(atMs: number, heapBytes: number, page = 'dashboard', document = 'd1') {
  return event(A, atMs, {
    type: 'memory',
    page,
    document,
    takenAt: T0 + atMs,
    heapBytes,
    nodes: 500,
    listeners: 10,
    tookMs: 12,
  }) as Extract<MusterEvent, { type: 'memory' }>;
}

function longFrame(atMs: number, blockingMs: number): MusterEvent {
  const script = { durationMs: 80, invoker: 'TimerHandler:setTimeout', source: 'http://p/a.js', name: 'work' };
  const durationMs = blockingMs + 50;
  return event(A, atMs, {
    type: 'long-frame',
    page: 'wizard',
    startedAt: T0 + atMs,
    durationMs,
    blockingMs,
    ownMs: 80,
    script,
  });
}

test('growth is that of one page of one document, between the readings furthest apart', () => {
  const leaking = [memory(50_000, 45e6), memory(3_000, 20e6), memory(25_000, 30e6)];
  assert.equal(growthOf(leaking)?.share, 1.25);
  const small = [memory(3_000, 4e6), memory(50_000, 6e6)];
  assert.equal(growthOf(small)?.share, 0.2, 'less than 10 MB is reckoned as 10 MB');
  const routes = [
    memory(3_000, 4e6),
    memory(30_000, 9e6, 'review'),
    memory(50_000, 4.2e6),
    memory(55_000, 12e6, 'project'),
  ];
  assert.equal(growthOf(routes)?.share.toFixed(3), '0.020', 'another page shows something else');
  assert.equal(growthOf([memory(3_000, 4e6), memory(30_000, 9e6, 'dashboard', 'd2')]), undefined, 'another document');
  assert.equal(growthOf([memory(3_000, 4e6)]), undefined);
});

test('what pages held and how long they were blocked are samples, by page', () => {
  const events = [
    ...goodJourney(A),
    memory(3_000, 4e6),
    memory(50_000, 7e6),
    longFrame(9_000, 30),
    longFrame(20_000, 90),
  ];
  const table = tabulate(measure(events, accountAnalysts(events, []), sampleRun), () => false);
  const row = (name: string) => table.find((each) => each.name === name && Object.keys(each.tags).length === 0);
  assert.deepEqual([row('page.heap')?.p50, row('page.heap')?.max, row('page.heap')?.count], [4, 7, 2]);
  assert.equal(row('page.nodes')?.p50, 500);
  assert.equal(row('page.memory-growth')?.mean, 0.3);
  assert.deepEqual([row('page.loaf.blocking')?.min, row('page.loaf.blocking')?.max], [30, 90]);
  // Two in the 58 s from the start line to the last step.
  assert.equal(row('page.loaf.count')?.p50?.toFixed(3), (2 / (58 / 60)).toFixed(3));
  assert.equal(table.find(({ name, tags }) => name === 'page.loaf.blocking' && tags['page'] === 'wizard')?.count, 2);
});

test('who started and whose page was never read is missed', () => {
  const events = goodJourney(A);
  const table = tabulate(measure(events, accountAnalysts(events, []), sampleRun), () => false);
  for (const name of ['page.heap', 'page.nodes', 'page.memory-growth']) {
    const row = table.find((each) => each.name === name);
    assert.deepEqual([row?.count, row?.expected], [0, 1], name);
  }
});

test('each analyst has an account: the trend, the growth, and the worst frame with its script', () => {
  const [account, ...others] = accountPages([
    memory(50_000, 7e6),
    memory(3_000, 4e6),
    longFrame(9_000, 30),
    longFrame(20_000, 90),
  ]);
  assert.deepEqual(others, []);
  assert.deepEqual(
    account?.readings.map(({ at, heapBytes }) => [at - T0, heapBytes]),
    [
      [3_000, 4e6],
      [50_000, 7e6],
    ],
  );
  assert.deepEqual(account?.growth, { page: 'dashboard', share: 0.3, overMs: 47_000 });
  assert.deepEqual([account.longFrames.count, account.longFrames.blockingMs], [2, 120]);
  assert.deepEqual([account.longFrames.worst?.blockingMs, account.longFrames.worst?.script?.name], [90, 'work']);
});
