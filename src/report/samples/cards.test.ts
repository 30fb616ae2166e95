import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody, MusterEvent } from '../../telemetry/events.ts';
import { accountAnalysts } from '../analysts.ts';
import { tabulate } from '../metrics.ts';
import { event, projectOf, sampleRun, T0 } from '../sample-run.testing.ts';
import { measure } from './index.ts';

type Card = Extract<EventBody, { type: 'card' }>;
const [A, B] = ['analyst-01', 'analyst-02'];
const attached = { ...sampleRun, target: { kind: 'attached', baseURL: 'https://staging.test' } } as const;

function card(analyst: string, more: Partial<Card> = {}): MusterEvent {
  return event(analyst, 0, {
    type: 'card',
    project: projectOf(A),
    own: analyst === A,
    status: 'Processing',
    committedAt: T0 + 100,
    arrivedAt: T0 + 140,
    paintedAt: T0 + 150,
    end: 'painted',
    ...more,
  });
}

function clock(analyst: string, offsetMinMs?: number, offsetMaxMs?: number): MusterEvent {
  return event(analyst, 0, {
    type: 'clock',
    other: 'product',
    samples: 9,
    ...(offsetMinMs === undefined ? {} : { offsetMinMs }),
    ...(offsetMaxMs === undefined ? {} : { offsetMaxMs }),
  });
}

function rows(events: MusterEvent[], run: typeof sampleRun | typeof attached = sampleRun) {
  const table = tabulate(measure(events, accountAnalysts(events, []), run), () => false);
  return (name: string) => table.find((row) => row.name === name && Object.keys(row.tags).length === 0);
}

test('a product’s clock that is proved to be off is corrected; one that may agree is left alone', () => {
  for (const [bounds, arrival] of [
    [[-2, 3], 40],
    [[28, 32], 10],
    [[-52, -48], 90],
  ] as const) {
    const row = rows([card(A), clock(A, ...bounds)], attached);
    assert.equal(row('card.arrival')?.p50, arrival);
    assert.equal(row('card.freshness')?.p50, arrival + 10);
    assert.equal(row('card.paint')?.p50, 10);
  }
});

test('what nobody bounded is unknown, except on one machine', () => {
  for (const clocks of [[], [clock(A, undefined, 5)]]) {
    const row = rows([card(A), ...clocks], attached);
    assert.deepEqual([row('card.arrival')?.count, row('card.arrival')?.expected, row('card.paint')?.count], [0, 1, 1]);
  }
  assert.equal(rows([card(A)])('card.arrival')?.p50, 40);
});

test('changes are painted, superseded or missed; nobody expects a paint of what was superseded', () => {
  const { paintedAt: _painted, ...unpainted } = card(A) as Card & MusterEvent;
  const row = rows([card(A), card(A), { ...unpainted, end: 'superseded' }, { ...unpainted, end: 'missed' }]);
  assert.deepEqual([row('card.paint')?.count, row('card.paint')?.expected], [2, 3]);
  assert.deepEqual([row('card.arrival')?.count, row('card.arrival')?.expected], [4, 4]);
  assert.equal(row('rate.cards-missed')?.mean, 0.25);
  assert.equal(row('rate.cards-superseded')?.mean, 0.25);
});

test('a colleague’s launch spreads from their click to the paint here; later changes and one’s own are not it', () => {
  const launched = event(A, 0, {
    type: 'project',
    name: projectOf(A),
    bundle: 'coffee',
    projectId: 'p1',
    end: 'completed',
    launchedAt: T0 + 20,
  });
  const row = rows([
    launched,
    card(A, { appeared: true }),
    card(B, { appeared: true }),
    card(B, { status: 'Finished', paintedAt: T0 + 9_000 }),
  ]);
  const spread = row('card.propagation');
  assert.deepEqual([spread?.count, spread?.expected, spread?.p50], [1, 1, 130]);
});

test('a colleague’s launch is expected on each dashboard that was looked at from the click on, and on no other', () => {
  const organizations = { [A]: 'one', [B]: 'one', 'analyst-03': 'one', 'analyst-04': 'one', 'analyst-05': 'other' };
  const everybody = Object.entries(organizations).flatMap(([analyst, organization]) => [
    event(analyst, 0, { type: 'analyst', phase: 'begun', organization }),
    event(analyst, 9_000, { type: 'step', name: 'watch', startedAt: T0, endedAt: T0 + 9_000, outcome: 'ok' }),
  ]);
  const shows = (analyst: string, atMs: number, cards: boolean) =>
    event(analyst, atMs, {
      type: 'route',
      page: cards ? 'dashboard' : 'wizard',
      changedAt: T0 + atMs,
      loaded: true,
      cards,
      measured: true,
    });
  const launched = event(A, 9_000, {
    type: 'project',
    name: projectOf(A),
    bundle: 'coffee',
    projectId: 'p1',
    end: 'completed',
    launchedAt: T0 + 2_000,
  });
  const shown = [
    shows(A, 0, true),
    shows(B, 0, true),
    // The third leaves too soon after the click, the fourth comes after it and sees the card appear.
    shows('analyst-03', 0, true),
    shows('analyst-03', 3_000, false),
    shows('analyst-04', 2_010, true),
    shows('analyst-05', 0, true),
  ];
  const spread = rows([
    ...everybody,
    ...shown,
    launched,
    card('analyst-04', { appeared: true, paintedAt: T0 + 2_300 }),
  ])('card.propagation');
  assert.deepEqual([spread?.count, spread?.expected, spread?.p50], [1, 2, 300]);
});
