import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { achievedOverlap } from './overlap.ts';

test('nobody at work', () => {
  assert.deepEqual(achievedOverlap([], 3), { planned: 3, achieved: 0, shareAtMax: null });
});

test('two overlap for a third of the time; a moment without length is no work', () => {
  assert.deepEqual(
    achievedOverlap(
      [
        { from: 0, to: 20 },
        { from: 10, to: 30 },
        { from: 30, to: 30 },
      ],
      3,
    ),
    { planned: 3, achieved: 2, shareAtMax: 1 / 3 },
  );
});

test('one after the other', () => {
  const { achieved, shareAtMax } = achievedOverlap(
    [
      { from: 0, to: 10 },
      { from: 11, to: 20 },
    ],
    2,
  );
  assert.equal(achieved, 1);
  assert.equal(shareAtMax, 0.95);
  assert.equal(
    achievedOverlap(
      [
        { from: 0, to: 10 },
        { from: 10, to: 20 },
      ],
      2,
    ).achieved,
    1,
  );
});

test('agrees with counting moment by moment', () => {
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 1, max: 30 }))
    .map(([from, length]) => ({ from, to: from + length }));
  fc.assert(
    fc.property(fc.array(interval, { minLength: 1, maxLength: 12 }), (intervals) => {
      const first = Math.min(...intervals.map(({ from }) => from));
      const last = Math.max(...intervals.map(({ to }) => to));
      const { achieved, shareAtMax } = achievedOverlap(intervals, 0);
      const within = (moment: number) => intervals.filter(({ from, to }) => from <= moment && moment + 1 <= to).length;
      const moments = Array.from({ length: last - first }, (_, index) => first + index);
      assert.equal(achieved, Math.max(...moments.map(within)));
      assert.ok(
        Math.abs((shareAtMax ?? -1) - moments.filter((moment) => within(moment) === achieved).length / moments.length) <
          1e-9,
      );
    }),
  );
});
