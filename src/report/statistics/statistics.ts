/** Statistics over raw samples. Every one refuses a value that is not finite: a NaN in a report is a lie nobody notices. */

/** Sorts a copy in ascending order. Throws a RangeError when a sample is not a finite number. */
export function sorted(samples: readonly number[]): number[] {
  for (const [index, sample] of samples.entries()) {
    if (!Number.isFinite(sample))
      throw new RangeError(`Sample ${index} is ${sample}; a statistic takes finite numbers only.`);
  }
  return [...samples].sort((a, b) => a - b);
}

/**
 * The nearest-rank percentile of samples that `sorted` has ordered: the smallest sample that at least `p` percent
 * of all samples do not exceed. Always a value that was really measured (definition 1 of Hyndman and Fan, 1996).
 * Throws a RangeError without samples, or when `p` is outside 0…100.
 */
export function percentile(ordered: readonly number[], p: number): number {
  const value = ordered[rankOf(p, ordered.length) - 1];
  if (value === undefined) throw new RangeError('A percentile needs at least one sample.');
  return value;
}

/** The rank, from 1, of the nearest-rank percentile among so many samples. Throws a RangeError when `p` is outside 0…100. */
export function rankOf(p: number, count: number): number {
  if (!(p >= 0 && p <= 100)) throw new RangeError(`Percentile ${p} is outside 0 to 100.`);
  // The product is rounded first, because 0.07 × 100 × n may land a hair above a whole rank.
  return Math.max(1, Math.ceil(Number(((p / 100) * count).toFixed(9))));
}

/** The median; the mean of the two middle samples when their number is even. Throws a RangeError without samples. */
export function median(samples: readonly number[]): number {
  const ordered = sorted(samples);
  const upper = ordered[Math.floor(ordered.length / 2)];
  const lower = ordered[Math.ceil(ordered.length / 2) - 1];
  if (upper === undefined || lower === undefined) throw new RangeError('A median needs at least one sample.');
  return lower + (upper - lower) / 2;
}

/** The arithmetic mean. Throws a RangeError without samples. */
export function mean(samples: readonly number[]): number {
  if (samples.length === 0) throw new RangeError('A mean needs at least one sample.');
  return sorted(samples).reduce((sum, sample) => sum + sample / samples.length, 0);
}
