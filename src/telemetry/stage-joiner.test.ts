import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StageNews } from './socket-reader.ts';
import { StageJoiner } from './stage-joiner.ts';

const news = (stage: string, committedAtMs: number, more: Partial<StageNews> = {}): StageNews => ({
  type: 'stage',
  project: 'One',
  run: 'r1',
  standing: 'active',
  status: 'in_progress',
  stage,
  message: `At ${stage}...`,
  committedAtMs,
  ...more,
});
const stagesOf = (joiner: StageJoiner, final = false) =>
  joiner.settle(final).map(({ stage, arrivedAt, paintedAt }) => [stage, arrivedAt, paintedAt]);

test('frame, arrival and paint become one event, in whatever order they are heard of', () => {
  for (const order of [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0],
  ]) {
    const joiner = new StageJoiner();
    const tell = [
      () => joiner.announce('f1', news('parsing', 100, { progress: 10, sentAtMs: 101 })),
      () => joiner.arrived('f1', 105),
      () => joiner.seen({ texts: ['Pipeline Progress', 'At parsing...'], paintedAt: 120, routeAt: 0 }),
    ];
    for (const index of order) tell[index]?.();
    assert.deepEqual(joiner.settle(false), [
      {
        type: 'stage',
        project: 'One',
        productRunId: 'r1',
        standing: 'active',
        status: 'in_progress',
        stage: 'parsing',
        progress: 10,
        committedAt: 100,
        sentAt: 101,
        arrivedAt: 105,
        paintedAt: 120,
      },
    ]);
    assert.deepEqual(joiner.settle(true), []);
  }
});

test('stages wait one turn for their paint, all together, and keep their order', () => {
  const joiner = new StageJoiner();
  for (const [place, stage] of ['parsing', 'filtering', 'splitting'].entries()) {
    joiner.announce(`f${place}`, news(stage, 100 + place));
    joiner.arrived(`f${place}`, 105 + place);
  }
  assert.deepEqual(stagesOf(joiner), []);
  joiner.seen({ texts: ['At splitting...'], paintedAt: 130, routeAt: 0 });
  assert.deepEqual(stagesOf(joiner), [
    ['parsing', 105, undefined],
    ['filtering', 106, undefined],
    ['splitting', 107, 130],
  ]);
});

test('one whose arrival nobody told of is told at the end, without it, and holds up those after it till then', () => {
  const joiner = new StageJoiner();
  joiner.announce('f1', news('parsing', 100));
  joiner.announce('f2', news('filtering', 200));
  joiner.arrived('f2', 205);
  assert.deepEqual([...stagesOf(joiner), ...stagesOf(joiner)], []);
  assert.deepEqual(stagesOf(joiner, true), [
    ['parsing', undefined, undefined],
    ['filtering', 205, undefined],
  ]);
});

test('a paint belongs to the stage that was waiting for it: not to one before the page was opened, nor to its namesake', () => {
  const joiner = new StageJoiner();
  // Told while another page was open; then the project's page is opened, and shows it.
  joiner.announce('f1', news('filtering', 100));
  joiner.arrived('f1', 105);
  joiner.seen({ texts: ['At filtering...'], paintedAt: 320, routeAt: 300 });
  // Overtaken before it could be painted, and back again after a review.
  joiner.announce('f2', news('filtering', 400));
  joiner.announce('f3', news('splitting', 401));
  joiner.announce('f4', news('filtering', 500, { status: 'resuming' }));
  for (const [frame, at] of [
    ['f2', 405],
    ['f3', 406],
    ['f4', 505],
  ] as const)
    joiner.arrived(frame, at);
  joiner.seen({ texts: ['At splitting...'], paintedAt: 420, routeAt: 300 });
  joiner.seen({ texts: ['At filtering...'], paintedAt: 520, routeAt: 300 });
  assert.deepEqual(stagesOf(joiner, true), [
    ['filtering', 105, undefined],
    ['filtering', 405, undefined],
    ['splitting', 406, 420],
    ['filtering', 505, 520],
  ]);
});
