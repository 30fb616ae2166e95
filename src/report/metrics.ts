/** Raw samples by metric, and the rows that `summary.json` has of them. Percentiles come from raw samples, never from percentiles. */
import { percentile, sorted } from './statistics.ts';
import type { MetricRow } from './summary.ts';

export type Tags = Record<string, string>;

interface Series {
  name: string;
  tags: Tags;
  unit: MetricRow['unit'];
  samples: number[];
  expected: number;
  censored: number;
}

/** Collects samples; every sample and every expectation counts in the metric's whole row (no tags) and in the row of its tags. */
export class MetricTable {
  readonly #series = new Map<string, Series>();

  /** Adds a sample in milliseconds (CLS: without unit). `censored`: the true value is at least this. Does not touch what is expected. */
  add(name: string, tags: Tags, value: number, censored = false): void {
    for (const series of this.#both(name, tags)) {
      series.samples.push(value);
      if (censored) series.censored += 1;
    }
  }

  /** Says that `count` more samples should be there. */
  expect(name: string, tags: Tags, count = 1): void {
    for (const series of this.#both(name, tags)) series.expected += count;
  }

  /** All rows, by name; of one name the whole first, then by tags. Throws a RangeError when a sample is not finite. */
  rows(): MetricRow[] {
    return [...this.#series.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, series]) => rowOf(series));
  }

  #both(name: string, tags: Tags): Series[] {
    const whole = this.#at(name, {});
    return Object.keys(tags).length === 0 ? [whole] : [whole, this.#at(name, tags)];
  }

  #at(name: string, tags: Tags): Series {
    const entries = Object.entries(tags).sort(([a], [b]) => (a < b ? -1 : 1));
    const key = [name, ...entries.flat()].join('\u0000');
    const found = this.#series.get(key);
    if (found) return found;
    const made: Series = {
      name,
      tags: Object.fromEntries(entries),
      unit: name.endsWith('.cls') ? '' : 'ms',
      samples: [],
      expected: 0,
      censored: 0,
    };
    this.#series.set(key, made);
    return made;
  }
}

function rowOf(series: Series): MetricRow {
  const ordered = sorted(series.samples);
  const at = (p: number) => (ordered.length === 0 ? null : percentile(ordered, p));
  return {
    name: series.name,
    tags: series.tags,
    unit: series.unit,
    expected: Math.max(series.expected, ordered.length),
    count: ordered.length,
    censored: series.censored,
    excluded: 0,
    min: at(0),
    p50: at(50),
    p75: at(75),
    p90: at(90),
    p95: at(95),
    p99: at(99),
    max: at(100),
  };
}
