/** Two runs side by side. What an analyst records hangs together, so the analyst, not the sample, is the unit. */
import { bootstrap, hodgesLehmann, type Estimate } from '../statistics/bootstrap.ts';
import { falseDiscoveryRates } from '../statistics/false-discovery.ts';
import { mannWhitney } from '../statistics/mann-whitney.ts';
import { metricOf, type Metric } from '../registry/index.ts';
import type { MetricSamples } from '../metrics.ts';
import type { Distribution } from '../statistics/distribution.ts';
import { median, rankOf } from '../statistics/statistics.ts';

/** How much worse a 95th percentile or a throughput may become before it is called a regression. */
export const WORSE = { p95: 0.2, throughput: 0.15 } as const;

/** Fewer analysts than this on one side, and nothing is said: of less, chance alone explains everything. */
const LEAST_ANALYSTS = 5;

/** Of the changes that are said, this share at most may be chance. */
export const FALSE_DISCOVERIES = 0.05;

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
  /**
   * The share of false discoveries that one accepts who calls this a change, and all that is less likely by chance. From
   * the Mann–Whitney test of what each analyst's own samples say by the judged statistic, over all metrics compared.
   */
  q: number;
  outcome: 'regression' | 'improvement' | 'no change shown';
}

export interface Comparison {
  rows: Compared[];
  /** Metrics of which too few analysts have samples on one side or the other. */
  tooFew: string[];
  /** Whether there are so many metrics for so few analysts that a change of a single one would be taken for chance. */
  blindToOne: boolean;
}

/**
 * Compares the samples of two runs metric by metric. A regression is a 95th percentile that is worse by more than 20 %,
 * or a throughput by more than 15 %, with the whole interval beyond that, and by no less than what matters to anybody.
 * Among the seventy metrics of two equal runs a few do that by chance, so it must also be unlikely given how many were
 * compared (`q`). Shares are left out: objectives judge them. The same `seed` gives the same intervals.
 */
export function compareSamples(a: Samples, b: Samples, seed = 1): Comparison {
  const names = [...new Set([...a.keys(), ...b.keys()])].sort();
  const compared: Measured[] = [];
  const tooFew: string[] = [];
  for (const name of names) {
    const metric = metricOf(name);
    if (metric.unit === 'share') continue;
    const first = ownSamples(a, name);
    const second = ownSamples(b, name);
    if (Math.min(first.length, second.length) < LEAST_ANALYSTS) tooFew.push(name);
    else compared.push(compareMetric(name, metric, first, second, seed));
  }
  const qs = falseDiscoveryRates(compared.map(({ pJudged }) => pJudged));
  const rows = compared.map(({ pJudged: _, ...row }, at): Compared => {
    const q = qs[at] ?? 1;
    return {
      ...row,
      q,
      outcome: q <= FALSE_DISCOVERIES ? outcomeOf(metricOf(row.metric), row.judged) : 'no change shown',
    };
  });
  return { rows, tooFew, blindToOne: rows.length > 0 && rows.every((row) => !couldStandAlone(row, rows.length)) };
}

/** By metric, the samples of each analyst that count. */
export type Samples = ReadonlyMap<string, Pick<MetricSamples, 'byAnalyst'>>;

/** What one metric says by itself, before it is seen how many were asked. */
type Measured = Omit<Compared, 'q' | 'outcome'> & { readonly pJudged: number };

/** Whether the least likely of all outcomes for that many analysts would be called a change if no other metric changed. */
function couldStandAlone({ analysts: { a, b } }: Compared, metrics: number): boolean {
  const apart = (from: number, count: number): number[] => Array.from({ length: count }, (_, at) => from + at);
  return mannWhitney(apart(0, a), apart(a, b)).p * metrics <= FALSE_DISCOVERIES;
}

/** The samples of one metric, of each analyst who has any. */
function ownSamples(samples: Samples, name: string): Distribution[] {
  return [...(samples.get(name)?.byAnalyst.values() ?? [])];
}

type Analysts = readonly Distribution[];

function compareMetric(name: string, metric: Metric, first: Analysts, second: Analysts, seed: number): Measured {
  const medians = { a: first.map((own) => own.median() ?? 0), b: second.map((own) => own.median() ?? 0) };
  const isThroughput = metric.unit === 'per minute';
  const statistic = isThroughput ? 'mean' : 'p95';
  const ofOne = (own: Distribution) => (isThroughput ? own.mean() : own.percentiles([95])[0]) ?? 0;
  const of = isThroughput ? meanOfAll : percentileOfAll([...first, ...second], 95);
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
    pJudged: mannWhitney(first.map(ofOne), second.map(ofOne)).p,
  };
}

/** The mean of all samples of those analysts; whoever is drawn twice counts twice. */
function meanOfAll(analysts: Analysts): number {
  const count = analysts.reduce((sum, own) => sum + own.count, 0);
  return analysts.reduce((sum, own) => sum + ((own.mean() ?? 0) * own.count) / count, 0);
}

/**
 * The nearest-rank percentile of all samples of some of `everybody`; whoever is drawn twice counts twice. All values are
 * ordered once, so that each of a thousand draws is one walk along them.
 */
function percentileOfAll(everybody: Analysts, p: number): (analysts: Analysts) => number {
  const places = new Map(everybody.map((own, place) => [own, place]));
  const ordered = everybody
    .flatMap((own, place) => own.values().map(({ value, count }) => ({ value, count, place })))
    .sort((one, other) => one.value - other.value);
  return (analysts) => {
    const times = new Uint32Array(everybody.length);
    for (const own of analysts) times[places.get(own) ?? 0] = (times[places.get(own) ?? 0] ?? 0) + 1;
    let left = rankOf(
      p,
      analysts.reduce((sum, own) => sum + own.count, 0),
    );
    for (const { value, count, place } of ordered) {
      left -= count * (times[place] ?? 0);
      if (left <= 0) return value;
    }
    throw new RangeError('A percentile needs at least one sample.');
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
