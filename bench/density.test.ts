import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Plan } from './conditions.ts';
import { densityPublication } from './density.ts';
import { measurementOf } from './test-support.ts';

const plan: Plan = { arms: ['muster', 'plain'], levels: [10, 20], journey: 'dwell', repetitions: 3 };

test('a row for each arm and level that was measured: medians with their range, counts of all repetitions together', () => {
  const { bench, rows, often } = densityPublication(
    [
      measurementOf({ memoryMB: 800, cpu: 20 }),
      measurementOf({ memoryMB: 900, cpu: 50, guards: { past: 4, judged: 20 }, finished: 9 }),
      measurementOf({ memoryMB: 700, cpu: 22, startLineSeconds: null, inp: { kept: 9, expected: 10 } }),
      measurementOf({ arm: 'plain', memoryMB: 2400, cpu: 36, inp: null, cls: null, guards: null }),
    ],
    plan,
    'npm run bench:density',
  );
  assert.equal(bench, 'density');
  assert.equal(often, '1 to 3 times each');
  assert.deepEqual(rows, [
    {
      analysts: '10',
      arm: 'Muster',
      memory: { value: 80, low: 70, high: 90 },
      cpu: { value: 2.2, low: 2, high: 5 },
      startLine: { value: 8, low: 8, high: 8 },
      guards: '6 of 60',
      finished: '29 of 30',
      vitals: '59 of 60',
    },
    {
      analysts: '10',
      arm: 'plain Playwright Test',
      memory: { value: 240, low: 240, high: 240 },
      cpu: { value: 3.6, low: 3.6, high: 3.6 },
      startLine: { value: 8, low: 8, high: 8 },
      guards: null,
      finished: '10 of 10',
      vitals: null,
    },
  ]);
});

test('without a measurement there is nothing to publish', () => {
  assert.throws(() => densityPublication([], plan, ''), /Nothing has been measured/);
});
