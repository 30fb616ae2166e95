import assert from 'node:assert/strict';
import { test } from 'node:test';
import { slowestSteps } from './slowest-steps.ts';
import type { MetricRow } from './summary.ts';

const row = (name: string, p95: number | null, max: number | null, tags = {}): MetricRow => ({
  name,
  tags,
  unit: 'ms',
  expected: 3,
  count: 3,
  censored: 0,
  excluded: 0,
  min: 1,
  p50: 1,
  p75: 1,
  p90: 1,
  p95,
  p99: max,
  max,
});
const step = (name: string, ms: number, outcome: 'ok' | 'timeout' = 'ok') => ({
  name,
  from: 1000,
  to: 1000 + ms,
  outcome,
});
const lane = (analyst: string, steps: ReturnType<typeof step>[]) => ({
  analyst,
  bundle: 'coffee',
  outcome: 'ok' as const,
  steps,
  phases: [],
});

test('the slowest by p95, and of each the occurrence that the figures mean, not one that they leave out', () => {
  const metrics = [
    row('step.launch', 300, 900),
    row('step.upload', 500, 600),
    row('step.upload', 9_000, 9_000, { size: 'small' }),
    row('shown.launch', 8_000, 8_000),
    row('step.never', null, null),
    row('step.short', 2, 3),
    row('step.tied', 300, 950),
  ];
  const lanes = [
    lane('analyst-01', [step('launch', 100), step('upload', 5_000)]),
    lane('analyst-02', [step('launch', 900, 'timeout'), step('upload', 600)]),
  ];
  assert.deepEqual(
    slowestSteps(metrics, { lanes }, 3).map(({ name, slowest }) => [name, slowest?.analyst, slowest?.outcome]),
    [
      ['upload', 'analyst-02', 'ok'],
      // As slow by p95 as the next, and slower at most.
      ['tied', undefined, undefined],
      ['launch', 'analyst-02', 'timeout'],
    ],
  );
  assert.equal(slowestSteps(metrics, undefined, 9).at(-1)?.slowest, undefined);
  assert.equal(slowestSteps(metrics, undefined, 9).length, 4);
});
