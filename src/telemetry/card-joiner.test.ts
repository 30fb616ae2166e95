import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CardJoiner, type Sight } from './card-joiner.ts';
import type { CardNews } from './socket-reader.ts';

const news = (status: string, committedAtMs: number, project = 'One'): CardNews => ({
  type: 'card',
  project,
  status,
  committedAtMs,
  sentAtMs: committedAtMs + 1,
});
const sight = (status: string, paintedAt: number, more: Partial<Sight> = {}): Sight => ({
  project: 'One',
  status,
  mounted: false,
  paintedAt,
  routeAt: 0,
  ...more,
});

test('frame, arrival and paint become one event, in whatever order they are heard of', () => {
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
    [2, 0, 1],
  ]) {
    const joiner = new CardJoiner();
    const tell = [
      () => joiner.announce('f1', news('Cancelled', 100)),
      () => joiner.arrived('f1', 105),
      () => joiner.seen(sight('Cancelled', 120)),
    ];
    for (const index of order) tell[index]?.();
    assert.deepEqual(joiner.settle(false), [
      {
        type: 'card',
        project: 'One',
        status: 'Cancelled',
        committedAt: 100,
        sentAt: 101,
        arrivedAt: 105,
        paintedAt: 120,
        end: 'painted',
      },
    ]);
    assert.deepEqual(joiner.settle(true), []);
  }
});

test('a sight waits one drain for its frame, and then stands alone', () => {
  const joiner = new CardJoiner();
  joiner.seen(sight('Cancelled', 120));
  assert.deepEqual(joiner.settle(false), []);
  joiner.announce('f1', news('Cancelled', 100));
  joiner.arrived('f1', 105);
  assert.equal(joiner.settle(false)[0]?.arrivedAt, 105);

  joiner.seen(sight('Processing', 220));
  assert.deepEqual(joiner.settle(false), []);
  assert.deepEqual(joiner.settle(false), [{ type: 'card', project: 'One', status: 'Processing', paintedAt: 220 }]);
});

test('a card put on the page is a change only when a frame that came since the route explains it', () => {
  const joiner = new CardJoiner();
  joiner.announce('f1', news('Processing', 100));
  joiner.arrived('f1', 105);
  joiner.seen(sight('Processing', 500, { mounted: true, routeAt: 400 }));
  assert.deepEqual(joiner.settle(true), []);
  joiner.announce('f2', news('Processing', 600, 'Two'));
  joiner.arrived('f2', 605);
  joiner.seen(sight('Processing', 620, { project: 'Two', mounted: true, routeAt: 400 }));
  assert.equal(joiner.settle(true)[0]?.committedAt, 600);
});

test('a status that the screen skipped explains no later paint', () => {
  const joiner = new CardJoiner();
  for (const [frame, status, at] of [
    ['f1', 'Review Required', 100],
    ['f2', 'Processing', 110],
    ['f3', 'Review Required', 300],
  ] as const) {
    joiner.announce(frame, news(status, at));
    joiner.arrived(frame, at + 5);
  }
  joiner.seen(sight('Processing', 130));
  joiner.seen(sight('Review Required', 320));
  // Nobody saw the first one, and a later one took its place.
  assert.deepEqual(
    joiner.settle(true).map(({ committedAt, end }) => [committedAt, end]),
    [
      [100, 'superseded'],
      [110, 'painted'],
      [300, 'painted'],
    ],
  );
});

test('what arrived while another page was shown does not explain a change seen after coming back', () => {
  const joiner = new CardJoiner();
  for (const [frame, status, at] of [
    ['f1', 'Review Required', 100],
    ['f2', 'Processing', 110],
    ['f3', 'Review Required', 500],
  ] as const) {
    joiner.announce(frame, news(status, at));
    joiner.arrived(frame, at + 5);
  }
  joiner.seen(sight('Processing', 420, { mounted: true, routeAt: 400 }));
  joiner.seen(sight('Review Required', 520, { routeAt: 400 }));
  assert.deepEqual(
    joiner.settle(true).map(({ committedAt }) => committedAt),
    [500],
  );
});

test('a paint is never before the arrival that is said to have caused it', () => {
  const joiner = new CardJoiner();
  joiner.announce('f1', news('Cancelled', 100));
  joiner.arrived('f1', 105);
  joiner.seen(sight('Cancelled', 99));
  assert.deepEqual(joiner.settle(true), [{ type: 'card', project: 'One', status: 'Cancelled', paintedAt: 99 }]);
});

test('a badge of figures that changes is no change of status', () => {
  const joiner = new CardJoiner();
  joiner.seen(sight('Finished', 100, { mounted: true }));
  joiner.seen(sight('Finished', 200));
  assert.deepEqual(joiner.settle(true), []);
});

test('every change that arrived while cards were shown is painted, superseded or missed; of others nothing is said', () => {
  const joiner = new CardJoiner();
  joiner.routed(0, true);
  joiner.routed(10_000, false);
  joiner.routed(20_000, true);
  for (const [project, status, at] of [
    ['Missed', 'Processing', 1_000],
    ['Missed', 'Cancelled', 2_000],
    ['Back again', 'Review Required', 3_000],
    ['Back again', 'Processing', 3_010],
    ['Too late', 'Cancelled', 9_500],
    ['Elsewhere', 'Cancelled', 15_000],
    ['At the end', 'Cancelled', 29_500],
    ['Never arrived', 'Cancelled', 2_000],
  ] as const) {
    joiner.announce(`${project} ${at}`, news(status, at, project));
    if (project !== 'Never arrived') joiner.arrived(`${project} ${at}`, at);
  }
  joiner.seen(sight('Processing', 500, { project: 'Back again', mounted: true }));
  assert.deepEqual(joiner.settle(false), []);
  assert.deepEqual(
    joiner.settle(true, 30_000).map(({ project, status, end }) => [project, status, end]),
    [
      ['Missed', 'Processing', 'superseded'],
      ['Missed', 'Cancelled', 'missed'],
      ['Back again', 'Review Required', 'superseded'],
    ],
  );
});
