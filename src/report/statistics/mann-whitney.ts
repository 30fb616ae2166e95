/** The Mann–Whitney U test: do values of one group tend to be larger than those of another? */
import { sorted } from './statistics.ts';

export interface MannWhitney {
  /** How many of all pairs have the larger value in the second group; ties count half. */
  u: number;
  /** Two-sided: how likely a U so far from the middle is when both groups are alike. */
  p: number;
  exact: boolean;
}

/** Up to so many values in all, the distribution of U is counted out. */
const EXACT_LIMIT = 50;

/**
 * Tests whether two groups of independent values differ. Few values: by the exact distribution of the rank sum given the
 * ties. More: by the normal approximation, with the variance corrected for ties and a continuity correction (Hollander,
 * Wolfe and Chicken, Nonparametric Statistical Methods, section 4.1). Throws a RangeError for an empty group.
 */
export function mannWhitney(first: readonly number[], second: readonly number[]): MannWhitney {
  if (first.length === 0 || second.length === 0) throw new RangeError('Mann–Whitney needs values in both groups.');
  const doubled = doubledRanks([...first, ...second]);
  const n = second.length;
  const rankSum = doubled.slice(first.length).reduce((sum, rank) => sum + rank, 0);
  const u = (rankSum - n * (n + 1)) / 2;
  if (doubled.length <= EXACT_LIMIT) return { u, p: exactP(doubled, n, rankSum), exact: true };
  return { u, p: approximateP(doubled, first.length, n, u), exact: false };
}

/** Twice the rank of each value, from 1, ties at their mean rank: whole numbers. */
function doubledRanks(values: readonly number[]): number[] {
  const ordered = sorted(values);
  const places = new Map<number, { first: number; last: number }>();
  ordered.forEach((value, at) => {
    const place = places.get(value);
    if (place) place.last = at + 1;
    else places.set(value, { first: at + 1, last: at + 1 });
  });
  return values.map((value) => {
    const place = places.get(value);
    if (place === undefined) throw new RangeError('A value has no rank.');
    return place.first + place.last;
  });
}

/** Counts, over all ways to choose `n` of the ranks, those whose sum is as far from the middle as the one observed. */
function exactP(doubled: readonly number[], n: number, observed: number): number {
  const most = doubled.reduce((sum, rank) => sum + rank, 0);
  const width = most + 1;
  // ways[k × width + s]: how many choices of k ranks have the sum s.
  const ways = new Float64Array((n + 1) * width);
  ways[0] = 1;
  doubled.forEach((rank, taken) => {
    for (let k = Math.min(n, taken + 1); k >= 1; k -= 1)
      for (let sum = most; sum >= rank; sum -= 1)
        ways[k * width + sum] = (ways[k * width + sum] ?? 0) + (ways[(k - 1) * width + sum - rank] ?? 0);
  });
  const middle = (n * most) / doubled.length;
  const distance = Math.abs(observed - middle) - 1e-9;
  let all = 0;
  let asFar = 0;
  for (let sum = 0; sum <= most; sum += 1) {
    const count = ways[n * width + sum] ?? 0;
    all += count;
    if (Math.abs(sum - middle) >= distance) asFar += count;
  }
  return Math.min(1, asFar / all);
}

function approximateP(doubled: readonly number[], m: number, n: number, u: number): number {
  const total = m + n;
  const ties = new Map<number, number>();
  for (const rank of doubled) ties.set(rank, (ties.get(rank) ?? 0) + 1);
  const correction = [...ties.values()].reduce((sum, t) => sum + (t ** 3 - t), 0) / (total * (total - 1));
  const deviation = Math.sqrt(((m * n) / 12) * (total + 1 - correction));
  if (deviation === 0) return 1;
  const z = Math.max(0, Math.abs(u - (m * n) / 2) - 0.5) / deviation;
  return Math.min(1, 2 * upperTail(z));
}

/** The upper tail of the normal distribution for z ≥ 0; relative error below 1.2e-7 (Numerical Recipes, section 6.2, erfcc). */
function upperTail(z: number): number {
  const x = z / Math.SQRT2;
  const t = 1 / (1 + 0.5 * x);
  const series = [
    0.17087277, -0.82215223, 1.48851587, -1.13520398, 0.27886807, -0.18628806, 0.09678418, 0.37409196, 1.00002368,
    -1.26551223,
  ];
  return 0.5 * t * Math.exp(-x * x + series.reduce((sum, coefficient) => sum * t + coefficient, 0));
}
