import assert from 'node:assert/strict';
import { test } from 'node:test';
import { anyMetric, blockOrder, pairsOf, pendingRuns, tally, verdictPublication, type Outcome } from './verdict.ts';
import { readArguments } from './verdict-bench.ts';

type Said = 'regression' | 'improvement' | 'no change shown';

function outcome(said: Readonly<Record<string, Said>>, change = 0): Outcome {
  const judged = { statistic: 'p95', a: 1, b: 1, change: { value: change, low: change, high: change } } as const;
  return new Map(Object.entries(said).map(([metric, each]) => [metric, { outcome: each, judged }]));
}

test('runs come in blocks of two plain and one slowed, in turned order, and go on where they stopped', () => {
  assert.deepEqual(pendingRuns(2, { plain: 0, slowed: 0 }), [...blockOrder(0), ...blockOrder(1)]);
  assert.deepEqual(pendingRuns(2, { plain: 3, slowed: 1 }), ['slowed', 'plain']);
  assert.deepEqual(pendingRuns(1, { plain: 4, slowed: 2 }), []);
  for (let block = 0; block < 3; block += 1)
    assert.deepEqual([...blockOrder(block)].sort(), ['plain', 'plain', 'slowed']);
  assert.equal(new Set([0, 1, 2].map((block) => blockOrder(block).indexOf('slowed'))).size, 3);
});

test('no run is in two pairs of one sort, and what has no partner waits', () => {
  const { alike, unlike } = pairsOf({ plain: [1, 2, 3, 4, 5], slowed: [11, 12, 13, 14] });
  assert.deepEqual(alike, [
    [1, 2],
    [3, 4],
  ]);
  assert.deepEqual(unlike, [
    [1, 11],
    [3, 12],
    [5, 13],
  ]);
});

test('any change between plain runs is a false alarm; only a regression is a detection', () => {
  const alike = [
    outcome({ lcp: 'improvement', inp: 'no change shown' }),
    outcome({ lcp: 'no change shown', inp: 'regression' }),
    outcome({ lcp: 'no change shown', inp: 'no change shown' }),
    outcome({ lcp: 'no change shown', inp: 'no change shown' }),
  ];
  const unlike = [outcome({ lcp: 'regression', inp: 'improvement' }, 0.4), outcome({ lcp: 'regression' }, 0.6)];
  const rows = tally(alike, unlike);
  assert.deepEqual(
    rows.map(({ metric, alarms, detections }) => [
      metric,
      alarms.value * alarms.of,
      alarms.of,
      detections.value * detections.of,
      detections.of,
    ]),
    [
      [anyMetric, 2, 4, 2, 2],
      ['lcp', 1, 4, 2, 2],
      ['inp', 1, 4, 0, 1],
    ],
  );
  assert.equal(rows[1]?.change, 0.5);
  assert.ok((rows[1]?.alarms.low ?? 1) > 0 && (rows[1]?.alarms.high ?? 1) < 0.8);
});

test('a metric that only one sort of pair has says nothing, and neither does a bench without both', () => {
  const rows = tally([outcome({ lcp: 'regression' })], [outcome({ inp: 'regression' })]);
  assert.deepEqual(
    rows.map(({ metric }) => metric),
    [anyMetric],
  );
  assert.deepEqual(tally([], [outcome({ lcp: 'regression' })]), []);
  const about = { measuredAt: '2026-11-21', host: { cores: 2, memoryGiB: 24, node: '20', browser: 'C' }, command: 'x' };
  assert.deepEqual(verdictPublication(rows, about).rows[0]?.['change'], null);
});

test('arguments: what cannot be used is said in a sentence', () => {
  const { pairs, analysts, delayMs } = readArguments(['--quick']);
  assert.deepEqual([pairs, analysts, delayMs], [1, 5, 100]);
  assert.throws(() => readArguments(['--pairs', '0']), { name: 'ConfigurationError', message: /--pairs has "0"/ });
  assert.throws(() => readArguments(['--slow']), {
    name: 'ConfigurationError',
    message: /Usage: npm run bench:verdict/,
  });
});
