/**
 * A distribution that takes any number of samples: exact while they are few, a histogram beyond. Two of them merge, in
 * any order and grouping, into what one would have been that had taken all the samples itself.
 */
import { PackedHistogram } from 'hdr-histogram-js';
import { mean, median, percentile, rankOf } from './statistics.ts';

/** Up to so many samples are kept as they are. */
export const RAW_LIMIT = 10_000;

/**
 * How far a percentile from the histogram may lie from the exact nearest-rank one: a thousandth of it, or half a step
 * of the scale. Steps are 1 µs for milliseconds (and millionths for what has no unit).
 */
export const RELATIVE_ERROR = 0.001;
export const ABSOLUTE_ERROR = 0.0005;

const STEPS_PER_UNIT = 1000;
/** A week in steps: longer than anything that is measured. */
const HIGHEST = 7 * 24 * 3600 * 1000 * STEPS_PER_UNIT;

/** A value, and how many samples are, or count as, that value. */
export interface Weighed {
  readonly value: number;
  readonly count: number;
}

interface Coarse {
  readonly below: PackedHistogram;
  readonly above: PackedHistogram;
}

export class Distribution {
  readonly #rawLimit: number;
  #raw: number[] = [];
  /** Whether they are in order, the smallest first. */
  #isOrdered = true;
  /** Below zero and from zero on, once there are too many samples to keep. */
  #coarse: Coarse | undefined;
  #count = 0;
  #sum = 0;
  #min = Infinity;
  #max = -Infinity;

  /** Distributions that are to merge have the same limit. */
  constructor(rawLimit = RAW_LIMIT) {
    this.#rawLimit = rawLimit;
  }

  get count(): number {
    return this.#count;
  }

  /** Throws a RangeError when the sample is not finite, or longer than a week. */
  add(sample: number): void {
    if (!Number.isFinite(sample) || Math.abs(sample) * STEPS_PER_UNIT > HIGHEST)
      throw new RangeError(`A sample is ${sample}; a statistic takes finite numbers of up to a week only.`);
    this.#count += 1;
    this.#sum += sample;
    this.#min = Math.min(this.#min, sample);
    this.#max = Math.max(this.#max, sample);
    if (this.#coarse) record(this.#coarse, sample);
    else {
      this.#raw.push(sample);
      this.#isOrdered = false;
    }
    if (this.#raw.length > this.#rawLimit) this.#coarsen();
  }

  /** A new distribution of the samples of both. */
  merge(other: Distribution): Distribution {
    const merged = new Distribution(this.#rawLimit);
    for (const part of [this, other]) {
      merged.#count += part.#count;
      merged.#sum += part.#sum;
      merged.#min = Math.min(merged.#min, part.#min);
      merged.#max = Math.max(merged.#max, part.#max);
    }
    merged.#raw = [...this.#raw, ...other.#raw];
    merged.#isOrdered = false;
    if (this.#coarse || other.#coarse || merged.#raw.length > merged.#rawLimit) {
      const coarse = merged.#coarsen();
      for (const part of [this, other]) {
        if (!part.#coarse) continue;
        coarse.below.add(part.#coarse.below);
        coarse.above.add(part.#coarse.above);
      }
    }
    return merged;
  }

  /** The nearest-rank percentiles, in the order asked for; null without samples. The 0th and 100th are always exact. */
  percentiles(wanted: readonly number[]): (number | null)[] {
    if (this.#count === 0) return wanted.map(() => null);
    const coarse = this.#coarse;
    if (!coarse) {
      const ordered = this.#ordered();
      return wanted.map((p) => percentile(ordered, p));
    }
    return wanted.map((p) => {
      if (p === 0) return this.#min;
      if (p === 100) return this.#max;
      return Math.min(this.#max, Math.max(this.#min, atRank(coarse, rankOf(p, this.#count))));
    });
  }

  /** The arithmetic mean; null without samples. */
  mean(): number | null {
    if (this.#count === 0) return null;
    return this.#coarse ? this.#sum / this.#count : mean(this.#raw);
  }

  /**
   * The median: the mean of the two middle samples when their number is even, and from the histogram the nearest-rank one; null
   * without samples.
   */
  median(): number | null {
    if (this.#count === 0) return null;
    return this.#coarse ? (this.percentiles([50])[0] ?? null) : median(this.#raw);
  }

  /** All values, smallest first, with how many samples each stands for: themselves while they are few, the histogram's beyond. */
  values(): Weighed[] {
    if (!this.#coarse) return this.#ordered().map((value) => ({ value, count: 1 }));
    const { below, above } = this.#coarse;
    return [...recorded(below, -1).reverse(), ...recorded(above, 1)];
  }

  /** At most so many points of the cumulative distribution, the smallest value first: the share of samples that are at most so large. */
  curve(points: number): { value: number; share: number }[] {
    const values = this.values();
    const stride = Math.max(1, (this.#count - 1) / (points - 1));
    const curve: { value: number; share: number }[] = [];
    let [rank, next] = [0, 1];
    for (const { value, count } of values) {
      rank += count;
      if (rank < Math.round(next)) continue;
      curve.push({ value, share: rank / this.#count });
      while (Math.round(next) <= rank) next += stride;
    }
    return curve;
  }

  #ordered(): readonly number[] {
    if (!this.#isOrdered) this.#raw.sort((one, other) => one - other);
    this.#isOrdered = true;
    return this.#raw;
  }

  #coarsen(): Coarse {
    const coarse = { below: emptyHistogram(), above: emptyHistogram() };
    for (const sample of this.#raw) record(coarse, sample);
    this.#raw = [];
    this.#coarse = coarse;
    return coarse;
  }
}

function emptyHistogram(): PackedHistogram {
  return new PackedHistogram(1, HIGHEST, 3);
}

function record({ below, above }: Coarse, sample: number): void {
  (sample < 0 ? below : above).recordValue(Math.round(Math.abs(sample) * STEPS_PER_UNIT));
}

/** The sample of that rank, from 1. The largest value below zero has the smallest magnitude. */
function atRank({ below, above }: Coarse, rank: number): number {
  if (rank <= below.totalCount) return -magnitude(below, below.totalCount - rank + 1);
  return magnitude(above, rank - below.totalCount);
}

function magnitude(histogram: PackedHistogram, rank: number): number {
  // Half a rank lower, so that no rounding inside reaches the next one.
  return histogram.getValueAtPercentile(((rank - 0.5) / histogram.totalCount) * 100) / STEPS_PER_UNIT;
}

/** The smallest magnitude first. */
function recorded(histogram: PackedHistogram, sign: 1 | -1): Weighed[] {
  const values: Weighed[] = [];
  const all = histogram.recordedValuesIterator;
  all.reset();
  while (all.hasNext()) {
    const { valueIteratedTo, countAtValueIteratedTo: count } = all.next();
    values.push({ value: (sign * valueIteratedTo) / STEPS_PER_UNIT, count });
  }
  return values;
}
