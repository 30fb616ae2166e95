/** Effect sizes and how sure one can be of them: intervals from resampling whole analysts, whose own samples hang together. */
import { drawsFor, type Draw } from '../../run/random.ts';
import { median, percentile, sorted } from './statistics.ts';

export interface Estimate {
  value: number;
  /** The interval in which the value lies with the confidence asked for. */
  low: number;
  high: number;
}

/** 95 %. */
const CONFIDENCE = 0.95;
const RESAMPLES = 1_000;

/**
 * The Hodges–Lehmann estimate of how far the second group is shifted: the median of all differences between a value of
 * the second and one of the first. Throws a RangeError for an empty group.
 */
export function hodgesLehmann(first: readonly number[], second: readonly number[]): number {
  return median(second.flatMap((b) => first.map((a) => b - a)));
}

/**
 * A statistic of two groups, and its percentile-bootstrap interval (Efron and Tibshirani, An Introduction to the
 * Bootstrap, chapter 13). Members of each group are drawn with replacement; the same `seed` gives the same interval.
 */
export function bootstrap<T>(
  first: readonly T[],
  second: readonly T[],
  statistic: (first: readonly T[], second: readonly T[]) => number,
  seed: number,
): Estimate {
  const draw = drawsFor(seed, 'bootstrap');
  const values = Array.from({ length: RESAMPLES }, () => statistic(resampled(draw, first), resampled(draw, second)));
  const ordered = sorted(values);
  const outside = ((1 - CONFIDENCE) / 2) * 100;
  return {
    value: statistic(first, second),
    low: percentile(ordered, outside),
    high: percentile(ordered, 100 - outside),
  };
}

function resampled<T>(draw: Draw, members: readonly T[]): T[] {
  return members.map((member) => members[Math.floor(draw() * members.length)] ?? member);
}
