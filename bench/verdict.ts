/** Pairs of runs, what the comparison made of them, and how often that was right. Pure. */
import type { Compared } from '../src/report/compare/compare.ts';
import { median } from '../src/report/statistics/statistics.ts';
import type { Cell, Publication } from './published.ts';
import { wilson, type Share } from './wilson.ts';

export type Kind = 'plain' | 'slowed';

/** What is run for one pair of each sort: two plain runs and a slowed one, in turned order, so that a machine that changes favours none. */
export function blockOrder(block: number): Kind[] {
  const orders: readonly Kind[][] = [
    ['plain', 'plain', 'slowed'],
    ['plain', 'slowed', 'plain'],
    ['slowed', 'plain', 'plain'],
  ];
  return orders[block % orders.length] ?? [];
}

/** What is still to run so that there are so many pairs of each sort. */
export function pendingRuns(pairs: number, done: Readonly<Record<Kind, number>>): Kind[] {
  const left = { ...done };
  return Array.from({ length: pairs }, (_, block) => blockOrder(block))
    .flat()
    .filter((kind) => {
      left[kind] -= 1;
      return left[kind] < 0;
    });
}

/**
 * Pairs of runs, oldest first. Each run is in one pair of its sort at most, so that the pairs of a sort are independent; a
 * pair of unlike runs shares its plain one with a pair of like ones.
 */
export function pairsOf<T>(runs: Readonly<Record<Kind, readonly T[]>>): {
  readonly alike: (readonly [T, T])[];
  readonly unlike: (readonly [T, T])[];
} {
  const alike = runs.plain.flatMap((first, at) => {
    const second = runs.plain[at + 1];
    return at % 2 === 0 && second !== undefined ? [[first, second] as const] : [];
  });
  const unlike = runs.slowed.flatMap((slowed, at) => {
    const plain = runs.plain[2 * at];
    return plain === undefined ? [] : [[plain, slowed] as const];
  });
  return { alike, unlike };
}

/** What the comparison said of one pair, by metric. */
export type Outcome = ReadonlyMap<string, Pick<Compared, 'outcome' | 'judged'>>;

export interface Tally {
  readonly metric: string;
  /** Pairs of plain runs of which any change was said: false alarms, whichever way. */
  readonly alarms: Share & { readonly of: number };
  /** Pairs with a slowed run that was called a regression. */
  readonly detections: Share & { readonly of: number };
  /** The median of the changes of a 95th percentile (or of a throughput) that the slowed runs showed. */
  readonly change: number;
}

/** The comparison as a whole: any of its metrics. */
export const anyMetric = 'any metric';

/** A row for the comparison as a whole, then one for each metric compared on both sides; those most often detected first. */
export function tally(alike: readonly Outcome[], unlike: readonly Outcome[]): Tally[] {
  if (alike.length === 0 || unlike.length === 0) return [];
  const metrics = [...new Set([...alike, ...unlike].flatMap((outcome) => [...outcome.keys()]))].sort();
  const rows = metrics.flatMap((metric) => {
    const of = (outcomes: readonly Outcome[]) => outcomes.flatMap((outcome) => outcome.get(metric) ?? []);
    const [a, b] = [of(alike), of(unlike)];
    if (a.length === 0 || b.length === 0) return [];
    return [
      {
        metric,
        alarms: share(a.filter(isChange).length, a.length),
        detections: share(b.filter(isRegression).length, b.length),
        change: median(b.map(({ judged }) => judged.change.value)),
      },
    ];
  });
  const any = (outcomes: readonly Outcome[], is: (compared: Pick<Compared, 'outcome'>) => boolean) =>
    share(outcomes.filter((outcome) => [...outcome.values()].some(is)).length, outcomes.length);
  return [
    { metric: anyMetric, alarms: any(alike, isChange), detections: any(unlike, isRegression), change: NaN },
    ...rows.sort((x, y) => y.detections.value - x.detections.value || y.alarms.value - x.alarms.value),
  ];
}

function share(count: number, of: number): Share & { of: number } {
  return { ...wilson(count, of), of };
}

const isChange = ({ outcome }: Pick<Compared, 'outcome'>): boolean => outcome !== 'no change shown';
const isRegression = ({ outcome }: Pick<Compared, 'outcome'>): boolean => outcome === 'regression';

export function verdictPublication(
  rows: readonly Tally[],
  about: Pick<Publication, 'measuredAt' | 'host' | 'command'>,
): Publication {
  const percent = ({ value, low, high }: Share): Cell => ({ value: 100 * value, low: 100 * low, high: 100 * high });
  return {
    bench: 'verdict',
    ...about,
    columns: [
      { key: 'metric', title: 'metric' },
      { key: 'alarms', title: 'false alarms, plain against plain (95 % interval)', unit: '%' },
      { key: 'alike', title: 'pairs' },
      { key: 'detections', title: 'regressions found, plain against slowed (95 % interval)', unit: '%' },
      { key: 'unlike', title: 'pairs' },
      { key: 'change', title: 'change shown, median', unit: '%' },
    ],
    rows: rows.map(({ metric, alarms, detections, change }) => ({
      metric,
      alarms: percent(alarms),
      alike: alarms.of,
      detections: percent(detections),
      unlike: detections.of,
      change: Number.isNaN(change) ? null : 100 * change,
    })),
  };
}
