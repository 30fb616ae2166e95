import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody } from '../telemetry/events.ts';
import { accountAnalysts } from './analysts.ts';
import { tabulate } from './metrics.ts';
import { event, sampleRun, T0 } from './sample-run.testing.ts';
import { measure } from './samples/index.ts';
import { SocketCount } from './sockets.ts';

type Http = Extract<EventBody, { type: 'http' }>;
const [A, B] = ['analyst-01', 'analyst-02'];

function http(analyst: string, ms: number, more: Partial<Http> = {}) {
  return event(analyst, 0, {
    type: 'http',
    method: 'POST',
    route: '/api/projects/launch',
    startedAt: T0 + 1_000,
    endedAt: T0 + 1_000 + ms,
    status: 200,
    outcome: 'answered',
    traceId: 'f'.repeat(32),
    measured: true,
    ...more,
  });
}

/** A minute of work of both. */
const work = [A, B].flatMap((analyst) => [
  event(analyst, 0, { type: 'analyst', phase: 'begun' }),
  event(analyst, 0, { type: 'analyst', phase: 'started' }),
  event(analyst, 60_000, { type: 'step', name: 'x', startedAt: T0, endedAt: T0 + 60_000, outcome: 'ok' }),
]);

function rows(...events: ReturnType<typeof event>[]) {
  const all = [...work, ...events];
  const table = tabulate(measure(all, accountAnalysts(all, []), sampleRun), () => false);
  return (name: string, tags = {}) =>
    table.find((row) => row.name === name && JSON.stringify(row.tags) === JSON.stringify(tags));
}

test('requests by route and status; what got no answer is a lower bound, what came before the start is none', () => {
  const row = rows(
    http(A, 100),
    http(A, 300),
    http(B, 50, { status: 429, retryAfterS: 7 }),
    http(B, 60, { status: 429 }),
    http(B, 30_000, { status: 0, outcome: 'left' }),
    http(B, 5, { measured: false }),
    http(A, 10, { method: 'GET', route: '/api/health' }),
  );
  const launch = row('http.POST /api/projects/launch');
  assert.deepEqual([launch?.count, launch?.expected, launch?.censored, launch?.max], [5, 5, 1, 30_000]);
  for (const [status, count] of [
    ['200', 2],
    ['429', 2],
    ['left', 1],
  ] as const)
    assert.equal(row('http.POST /api/projects/launch', { status })?.count, count);
  const asked = row('limit.retry-after', { route: '/api/projects/launch' });
  assert.deepEqual([asked?.count, asked?.expected, asked?.max], [1, 2, 7_000]);
  // A had two answers in its minute, B two refusals, which are answers too.
  const throughput = row('throughput./api/projects/launch');
  assert.deepEqual([throughput?.count, throughput?.min, throughput?.max], [2, 2, 2]);
  assert.deepEqual([row('throughput./api/health')?.min, row('throughput./api/health')?.max], [0, 1]);
});

test('a lost connection: its downtime and its way back by code; what nobody saw is missing, not zero', () => {
  const gap = { type: 'gap', socketId: 's2', lostSocketId: 's1' } as const;
  const row = rows(
    event(A, 0, { ...gap, closeCode: 1011, closedAt: T0, openedAt: T0 + 900, resyncedAt: T0 + 1_150, rowsCaughtUp: 3 }),
    event(B, 0, { ...gap, closedAt: T0 }),
    event(A, 0, { type: 'socket', phase: 'closed', socketId: 's1', silenceMaxMs: 4_000 }),
  );
  assert.equal(row('socket.downtime', { code: '1011' })?.p50, 900);
  assert.equal(row('socket.resync')?.p50, 250);
  for (const name of ['socket.downtime', 'socket.resync'])
    assert.deepEqual([row(name)?.count, row(name)?.expected], [1, 2]);
  assert.equal(row('socket.silence')?.max, 4_000);
});

test('connections are counted by code, place, subscription and broken order', () => {
  const count = new SocketCount();
  for (const more of [
    { closeCode: 1011, place: 'page', versionsMissed: 1, subscriptions: { 'runs:list': { results: 2, bytes: 10 } } },
    {
      place: 'worker',
      versionsDuplicated: 2,
      versionsLate: 1,
      subscriptions: { 'runs:list': { results: 1, bytes: 5 } },
    },
  ] as const)
    count.add(
      event(A, 0, { type: 'socket', phase: 'closed', socketId: 's', ...more }) as Parameters<SocketCount['add']>[0],
    );
  const counted = count.counted();
  assert.deepEqual(counted.closeCodes, { 1011: 1, none: 1 });
  assert.deepEqual(counted.places, { page: 1, worker: 1 });
  assert.deepEqual(counted.subscriptions, { 'runs:list': { results: 3, bytes: 15 } });
  assert.deepEqual([counted.versionsMissed, counted.versionsDuplicated, counted.versionsLate], [1, 2, 1]);
});
