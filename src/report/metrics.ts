/** Samples in rows: one with empty tags for each metric, more for each value of the tags that the registry names. */
import { Distribution } from './statistics/distribution.ts';
import { metricOf, statisticsOf } from './registry/index.ts';
import type { Measured, Sample, Tags } from './samples/index.ts';
import type { MetricRow } from './summary.ts';

interface Row {
  name: string;
  tags: Tags;
  kept: Distribution;
  excluded: Distribution;
  expected: number;
  censored: number;
  missingBecause: Set<string>;
}

const PERCENTILES = { min: 0, p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, max: 100 } as const;

/**
 * All rows, by name; of one name the whole first, then by tags. Samples for which `isExcluded` says so are kept apart.
 * Throws a RangeError for a metric that is not in the registry, and for a sample that is not finite.
 */
export function tabulate({ samples, expectations }: Measured, isExcluded: (sample: Sample) => boolean): MetricRow[] {
  const rows = new Map<string, Row>();
  for (const sample of samples) {
    const excluded = isExcluded(sample);
    for (const row of rowsFor(rows, sample.metric, sample.tags)) {
      (excluded ? row.excluded : row.kept).add(sample.value);
      if (sample.censored && !excluded) row.censored += 1;
    }
  }
  for (const { metric, tags, count, why } of expectations)
    for (const row of rowsFor(rows, metric, tags)) {
      row.expected += count;
      if (why !== undefined) row.missingBecause.add(why);
    }
  return [...rows.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => finish(row));
}

/** The whole row, and one for each of the sample's tags by which the metric has rows. */
function rowsFor(rows: Map<string, Row>, name: string, tags: Tags): Row[] {
  const parts = metricOf(name).tags.flatMap((tag) => {
    const value = tags[tag];
    return value === undefined ? [] : [{ [tag]: value }];
  });
  return [{}, ...parts].map((each: Tags) => {
    const key = [name, ...Object.entries(each).flat()].join('\u0000');
    const found = rows.get(key);
    if (found) return found;
    const made = {
      name,
      tags: each,
      kept: new Distribution(),
      excluded: new Distribution(),
      expected: 0,
      censored: 0,
      missingBecause: new Set<string>(),
    };
    rows.set(key, made);
    return made;
  });
}

function finish({ name, tags, kept, excluded, expected, censored, missingBecause }: Row): MetricRow {
  const metric = metricOf(name);
  const isShare = !statisticsOf(metric).includes('p50');
  const figures = (distribution: Distribution) => {
    const names = Object.keys(PERCENTILES) as (keyof typeof PERCENTILES)[];
    const values = distribution.percentiles(names.map((each) => PERCENTILES[each]));
    const at = (each: keyof typeof PERCENTILES) => (isShare ? null : (values[names.indexOf(each)] ?? null));
    return {
      min: at('min'),
      p50: at('p50'),
      p75: at('p75'),
      p90: at('p90'),
      p95: at('p95'),
      p99: at('p99'),
      max: at('max'),
      mean: distribution.mean(),
    };
  };
  return {
    name,
    tags,
    unit: metric.unit,
    expected: Math.max(expected, kept.count + excluded.count),
    count: kept.count,
    censored,
    excluded: excluded.count,
    ...figures(kept),
    ...(missingBecause.size === 0 ? {} : { missingBecause: [...missingBecause] }),
    ...(excluded.count === 0 ? {} : { all: figures(kept.merge(excluded)) }),
  };
}
