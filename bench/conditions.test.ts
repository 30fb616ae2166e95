import assert from 'node:assert/strict';
import { test } from 'node:test';
import { nameOf, pending, schedule, type Plan } from './conditions.ts';

const plan: Plan = { arms: ['muster', 'plain'], levels: [5, 10], journey: 'dwell', repetitions: 2 };

test('arms take turns at being first, at every level and from one repetition to the next', () => {
  assert.deepEqual(schedule(plan).map(nameOf), [
    'muster dwell × 5',
    'plain dwell × 5',
    'plain dwell × 10',
    'muster dwell × 10',
    'plain dwell × 5',
    'muster dwell × 5',
    'muster dwell × 10',
    'plain dwell × 10',
  ]);
});

test('what was measured before is not measured again, whatever else was measured', () => {
  const planned = schedule(plan);
  const done = [...planned.slice(0, 3), { arm: 'bare', analysts: 5, journey: 'dwell' } as const];
  assert.deepEqual(pending(planned, done), planned.slice(3));
  assert.deepEqual(pending(planned, [...planned, ...planned]), []);
});
