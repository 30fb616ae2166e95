import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawsFor } from '../../run/random.ts';
import { bootstrap } from '../statistics/bootstrap.ts';
import { compareSamples as compareCollected, type Compared, type Comparison } from './compare.ts';
import { renderComparison } from './compare-view.ts';
import { falseDiscoveryRates } from '../statistics/false-discovery.ts';
import { differences, type Side } from './likeness.ts';
import { sampleRun } from '../sample-run.testing.ts';
import { MetricTable } from '../metrics.ts';
import type { Sample } from '../samples/index.ts';
import { mean } from '../statistics/statistics.ts';
import { paintWith } from '../console/text.ts';

function compareSamples(a: Sample[], b: Sample[]): Comparison {
  const [first, second] = [a, b].map((samples) => {
    const table = new MetricTable(() => false);
    table.add({ samples, expectations: [] });
    return table.samples();
  });
  return compareCollected(first ?? new Map(), second ?? new Map());
}

/** Fifteen analysts with their own habits, each with as many samples; skewed, as waiting times are. */
function run(seed: number, metric: string, scale: number, each = 20, analysts = 15): Sample[] {
  const draw = drawsFor(seed, metric);
  return Array.from({ length: analysts }, (_, at) => {
    const habit = 0.9 + 0.2 * draw();
    return Array.from({ length: each }, (): Sample => {
      const value = scale * habit * (100 - 20 * Math.log(1 - draw()));
      return { metric, tags: {}, value, censored: false, analyst: `analyst-${at}` };
    });
  }).flat();
}

function outcome(a: Sample[], b: Sample[]): Compared['outcome'] | undefined {
  return compareSamples(a, b).rows[0]?.outcome;
}

test('the same product against itself: no regression in ten pairs of runs', () => {
  const outcomes = Array.from({ length: 10 }, (_, at) =>
    outcome(run(2 * at, 'card.freshness', 1), run(2 * at + 1, 'card.freshness', 1)),
  );
  assert.deepEqual(new Set(outcomes), new Set(['no change shown']));
});

test('half as slow again is found, and so is half as fast again', () => {
  for (let at = 0; at < 5; at += 1) {
    const [a, b] = [run(at, 'card.freshness', 1), run(at + 100, 'card.freshness', 1.5)];
    assert.equal(outcome(a, b), 'regression');
    assert.equal(outcome(b, a), 'improvement');
  }
});

test('a tenth slower is shown, and no regression', () => {
  const { rows } = compareSamples(run(1, 'card.freshness', 1), run(2, 'card.freshness', 1.1, 200));
  assert.equal(rows[0]?.outcome, 'no change shown');
  assert.ok(rows[0].p < 0.01 && rows[0].shift.low > 0);
});

test('twice nothing is nothing: what is less than anybody notices is no regression', () => {
  assert.equal(outcome(run(1, 'card.freshness', 0.02), run(2, 'card.freshness', 0.05)), 'no change shown');
});

test('of a throughput, less is worse', () => {
  const [slow, fast] = [run(1, 'throughput.projects', 0.01, 1), run(2, 'throughput.projects', 0.02, 1)];
  assert.equal(outcome(fast, slow), 'regression');
  assert.equal(outcome(slow, fast), 'improvement');
});

test('fewer than five analysts on a side say nothing, and shares are for objectives', () => {
  const { rows, tooFew } = compareSamples(run(1, 'web.lcp', 1, 5, 4), run(2, 'web.lcp', 9));
  assert.deepEqual([rows, tooFew], [[], ['web.lcp']]);
  assert.deepEqual(compareSamples(run(1, 'rate.errors', 0), run(2, 'rate.errors', 1)), {
    rows: [],
    tooFew: [],
    blindToOne: false,
  });
});

const many = Array.from({ length: 60 }, (_, at) => `http.GET /api/${at}`);
const sample = (seed: number, analysts: number, scale: (metric: string) => number): Sample[] =>
  many.flatMap((metric) => run(seed, metric, scale(metric), 1, analysts));

test('sixty metrics of five analysts: what one of them shows may be chance, what many show is not', () => {
  let alone = 0;
  for (let at = 0; at < 10; at += 1) {
    const { rows } = compareSamples(
      sample(2 * at, 5, () => 1),
      sample(2 * at + 1, 5, () => 1),
    );
    // Each for itself would have raised an alarm now and then.
    alone += rows.filter(({ judged: { change } }) => change.low > 0.2 || change.high < -0.2).length;
    assert.deepEqual(new Set(rows.map((row) => row.outcome)), new Set(['no change shown']));
  }
  assert.ok(alone > 0);
  const slower = compareSamples(
    sample(1, 5, () => 1),
    sample(2, 5, (metric) => (metric < 'http.GET /api/4' ? 5 : 1)),
  );
  assert.ok(slower.rows.filter(({ outcome: said }) => said === 'regression').length >= 30);
});

test('whether a single metric could be heard among all depends on the analysts, and is told', () => {
  const of = (analysts: number) =>
    compareSamples(
      sample(1, analysts, () => 1),
      sample(2, analysts, () => 1),
    );
  assert.deepEqual([of(5).blindToOne, of(15).blindToOne], [true, false]);
  assert.match(renderComparison(of(5), paintWith(false)), /a change of a single one/);
  const one = compareSamples(
    sample(1, 15, () => 1),
    sample(2, 15, (metric) => (metric === many[7] ? 3 : 1)),
  );
  assert.deepEqual(
    one.rows.filter(({ outcome: said }) => said !== 'no change shown').map(({ metric }) => metric),
    [many[7]],
  );
});

test('false discovery rates are those of the textbook', () => {
  // Benjamini and Hochberg, 1995, table 1: at a rate of 5 % the four smallest of fifteen are answered.
  const ps = [
    0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.324, 0.4262, 0.5719, 0.6528, 0.759, 1,
  ];
  assert.equal(falseDiscoveryRates(ps).filter((rate) => rate <= 0.05).length, 4);
  assert.deepEqual(falseDiscoveryRates([0.04, 0.01]), [0.04, 0.02]);
  assert.deepEqual(falseDiscoveryRates([]), []);
});

test('the same seed gives the same interval; it holds the estimate, and is wider for fewer analysts', () => {
  const of = (analysts: number) => {
    const values = (seed: number) => run(seed, 'web.lcp', 1, 1, analysts).map(({ value }) => value);
    return bootstrap(values(1), values(2), (a, b) => mean(b) - mean(a), 7);
  };
  assert.deepEqual(of(15), of(15));
  for (const analysts of [5, 15, 80])
    assert.ok(of(analysts).low <= of(analysts).value && of(analysts).value <= of(analysts).high);
  assert.ok(of(5).high - of(5).low > of(80).high - of(80).low);
});

test('the interval holds the true difference about as often as it says', () => {
  const trials = 100;
  const held = Array.from({ length: trials }, (_, at) => {
    const draw = drawsFor(at, 'coverage');
    const values = (shift: number) => Array.from({ length: 25 }, () => shift + draw() + draw() + draw());
    const { low, high } = bootstrap(values(0), values(1), (a, b) => mean(b) - mean(a), at);
    return low <= 1 && 1 <= high;
  }).filter(Boolean).length;
  assert.ok(held >= 85, `${held} of ${trials}`);
});

test('regressions stand first', () => {
  const a = [...run(1, 'web.lcp', 1), ...run(2, 'card.paint', 1)];
  const b = [...run(3, 'web.lcp', 1), ...run(4, 'card.paint', 2)];
  const [, first, second] = renderComparison(compareSamples(a, b), paintWith(false)).split('\n');
  assert.match(first ?? '', /^card\.paint p95 .*regression$/);
  assert.match(second ?? '', /^web\.lcp p95 .*no change shown$/);
});

test('runs are unlike in what could explain a difference, and only in that', () => {
  const host = { platform: 'linux 6.1', cpus: 2, cpu: 'AMD EPYC', memoryBytes: 25_276_514_304 };
  const side = (changes: Partial<Side['run']>, broken: string[] = []): Side => ({
    run: { ...sampleRun, host, ...changes },
    broken,
  });
  assert.deepEqual(differences(side({}), side({}, ['The generator was late.', 'Try less.'])), [
    `${sampleRun.runId}: The generator was late.`,
  ]);
  const unlike = (changes: Partial<Side['run']>) => differences(side({}), side(changes));
  assert.deepEqual(
    unlike({ runId: 'other', host: { ...host, platform: 'linux 6.2', memoryBytes: 25_276_000_000 } }),
    [],
  );
  assert.deepEqual(unlike({ host: { ...host, cpus: 4 } }), [
    'The machines differ: linux, 2 cores, AMD EPYC, 24 GiB and linux, 4 cores, AMD EPYC, 24 GiB.',
  ]);
  for (const changes of [
    { profile: 'ramp' },
    { target: { kind: 'attached' as const, baseURL: 'x' } },
    { bundles: [{ name: 'coffee', dataBytes: 1 }] },
    { analysts: 3 },
    { settings: { UNTIL: 'launched' } },
    { settings: { PER_WORKER: 5 } },
  ])
    assert.equal(unlike(changes).length, 1);
});
