/** Two runs side by side. What an analyst records hangs together, so the analyst, not the sample, is the unit. */
import { bootstrap, hodgesLehmann, type Estimate } from './bootstrap.ts';
import { mannWhitney } from './mann-whitney.ts';
import { metricOf, type Metric } from './registry.ts';
import type { Sample } from './samples.ts';
import { mean, median, percentile, sorted } from './statistics.ts';

/** How much worse a 95th percentile or a throughput may become before it is called a regression. */
export const WORSE = { p95: 0.2, throughput: 0.15 } as const;

/** Fewer analysts than this on one side, and nothing is said. */
const LEAST_ANALYSTS = 3;

export interface Compared {
  metric: string;
  analysts: { a: number; b: number };
  /** The median of the analysts' medians. */
  typical: { a: number; b: number };
  /** How far the analysts' medians are shifted from A to B, in the metric's unit (Hodges–Lehmann). */
  shift: Estimate;
  /** Two-sided, of the analysts' medians (Mann–Whitney). */
  p: number;
  /** What a regression is judged by: the 95th percentile of all samples, or for a throughput the analysts' mean. */
  judged: { statistic: 'p95' | 'mean'; a: number; b: number; change: Estimate };
  outcome: 'regression' | 'improvement' | 'no change shown';
}

export interface Comparison {
  rows: Compared[];
  /** Metrics of which too few analysts have samples on one side or the other. */
  tooFew: string[];
}

/**
 * Compares the samples of two runs metric by metric. A regression is a 95th percentile that is worse by more than 20 %,
 * or a throughput by more than 15 %, with the whole interval beyond that, and by no less than what matters to anybody.
 * Shares are left out: objectives judge them. The same `seed` gives the same intervals.
 */
export function compareSamples(a: readonly Sample[], b: readonly Sample[], seed = 1): Comparison {
  const sides = { a: byMetric(a), b: byMetric(b) };
  const names = [...new Set([...sides.a.keys(), ...sides.b.keys()])].sort();
  const comparison: Comparison = { rows: [], tooFew: [] };
  for (const name of names) {
    const metric = metricOf(name);
    if (metric.unit === 'share') continue;
    const first = [...(sides.a.get(name)?.values() ?? [])];
    const second = [...(sides.b.get(name)?.values() ?? [])];
    if (Math.min(first.length, second.length) < LEAST_ANALYSTS) comparison.tooFew.push(name);
    else comparison.rows.push(compareMetric(name, metric, first, second, seed));
  }
  return comparison;
}

/** For each metric, each analyst's values. */
function byMetric(samples: readonly Sample[]): Map<string, Map<string, number[]>> {
  const metrics = new Map<string, Map<string, number[]>>();
  for (const { metric, analyst, value } of samples) {
    const analysts = metrics.get(metric) ?? new Map<string, number[]>();
    metrics.set(metric, analysts);
    const values = analysts.get(analyst);
    if (values) values.push(value);
    else analysts.set(analyst, [value]);
  }
  return metrics;
}

type Analysts = readonly (readonly number[])[];

function compareMetric(name: string, metric: Metric, first: Analysts, second: Analysts, seed: number): Compared {
  const medians = { a: first.map(median), b: second.map(median) };
  const isThroughput = metric.unit === 'per minute';
  const statistic = isThroughput ? 'mean' : 'p95';
  const of = (analysts: Analysts) => (isThroughput ? mean(analysts.flat()) : percentile(sorted(analysts.flat()), 95));
  // Where the base is next to nothing, a change is measured against the smallest one that matters.
  const changeOf = (x: number, y: number) => (y - x) / Math.max(Math.abs(x), metric.notable);
  const change = bootstrap(first, second, (x, y) => changeOf(of(x), of(y)), seed);
  const judged = { statistic, a: of(first), b: of(second), change } as const;
  return {
    metric: name,
    analysts: { a: first.length, b: second.length },
    typical: { a: median(medians.a), b: median(medians.b) },
    shift: bootstrap(medians.a, medians.b, hodgesLehmann, seed),
    p: mannWhitney(medians.a, medians.b).p,
    judged,
    outcome: outcomeOf(metric, judged),
  };
}

function outcomeOf(metric: Metric, { a, b, change }: Compared['judged']): Compared['outcome'] {
  if (Math.abs(b - a) < metric.notable) return 'no change shown';
  const limit = metric.better === 'higher' ? WORSE.throughput : WORSE.p95;
  const rises = change.low > limit;
  const falls = change.high < -limit;
  if (!rises && !falls) return 'no change shown';
  return rises === (metric.better === 'lower') ? 'regression' : 'improvement';
}
