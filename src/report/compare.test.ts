import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawsFor } from '../run/random.ts';
import { bootstrap } from './bootstrap.ts';
import { compareSamples, type Compared } from './compare.ts';
import { renderComparison } from './compare-view.ts';
import { differences, type Side } from './likeness.ts';
import { sampleRun } from './sample-run.testing.ts';
import type { Sample } from './samples.ts';
import { mean } from './statistics.ts';
import { paintWith } from './text.ts';

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

test('fewer than three analysts on a side say nothing, and shares are for objectives', () => {
  const { rows, tooFew } = compareSamples(run(1, 'web.lcp', 1, 5, 2), run(2, 'web.lcp', 9));
  assert.deepEqual([rows, tooFew], [[], ['web.lcp']]);
  assert.deepEqual(compareSamples(run(1, 'rate.errors', 0), run(2, 'rate.errors', 1)), { rows: [], tooFew: [] });
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
