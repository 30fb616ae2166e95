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

/** The rows of one metric: the whole, and those by each value of the tags that it has rows by. */
interface Rows {
  readonly whole: Row;
  readonly byAnalyst: Map<string, Distribution>;
  readonly byTag: readonly (readonly [tag: string, rows: Map<string, Row>])[];
}

const PERCENTILES = { min: 0, p50: 50, p75: 75, p90: 90, p95: 95, p99: 99, max: 100 } as const;

/** The samples behind one metric: those that count, and apart those that were taken while the generator was past a guard. */
export interface MetricSamples {
  readonly kept: Distribution;
  readonly excluded: Distribution;
  /** Each analyst's own, of those that count. */
  readonly byAnalyst: ReadonlyMap<string, Distribution>;
}

/** Samples as they come, in rows. It holds no more than there are rows, however many samples come. */
export class MetricTable {
  readonly #isExcluded: (sample: Sample) => boolean;
  readonly #metrics = new Map<string, Rows>();

  /** Samples for which `isExcluded` says so are kept apart. */
  constructor(isExcluded: (sample: Sample) => boolean) {
    this.#isExcluded = isExcluded;
  }

  /** Throws a RangeError for a metric that is not in the registry, and for a sample that is not finite. */
  add({ samples, expectations }: Measured): void {
    for (const sample of samples) {
      const part = this.#isExcluded(sample) ? 'excluded' : 'kept';
      for (const row of this.#rowsFor(sample.metric, sample.tags)) {
        row[part].add(sample.value);
        if (sample.censored && part === 'kept') row.censored += 1;
      }
      if (part === 'kept') ownOf(this.#metric(sample.metric).byAnalyst, sample.analyst).add(sample.value);
    }
    for (const { metric, tags, count, why } of expectations)
      for (const row of this.#rowsFor(metric, tags)) {
        row.expected += count;
        if (why !== undefined) row.missingBecause.add(why);
      }
  }

  /** All rows, by name; of one name the whole first, then by tags. */
  rows(): MetricRow[] {
    const rows = [...this.#metrics.values()].flatMap(({ whole, byTag }) => [
      whole,
      ...byTag.flatMap(([, parts]) => [...parts.values()]),
    ]);
    const keyOf = ({ name, tags }: Row): string => [name, ...Object.entries(tags).flat()].join('\u0000');
    return rows
      .map((row) => ({ key: keyOf(row), row }))
      .sort((one, other) => (one.key < other.key ? -1 : 1))
      .map(({ row }) => finish(row));
  }

  /** The samples behind the whole row of each metric. */
  samples(): Map<string, MetricSamples> {
    return new Map(
      [...this.#metrics].map(([name, { whole, byAnalyst }]) => [
        name,
        { kept: whole.kept, excluded: whole.excluded, byAnalyst },
      ]),
    );
  }

  /** The whole row, and one for each of the sample's tags by which the metric has rows. */
  #rowsFor(name: string, tags: Tags): Row[] {
    const { whole, byTag } = this.#metric(name);
    const rows = [whole];
    for (const [tag, parts] of byTag) {
      const value = tags[tag];
      if (value === undefined) continue;
      let row = parts.get(value);
      if (row === undefined) parts.set(value, (row = emptyRow(name, { [tag]: value })));
      rows.push(row);
    }
    return rows;
  }

  #metric(name: string): Rows {
    const known = this.#metrics.get(name);
    if (known) return known;
    const byTag = metricOf(name).tags.map((tag) => [tag, new Map<string, Row>()] as const);
    const made: Rows = { whole: emptyRow(name, {}), byAnalyst: new Map(), byTag };
    this.#metrics.set(name, made);
    return made;
  }
}

function ownOf(byAnalyst: Map<string, Distribution>, analyst: string): Distribution {
  const known = byAnalyst.get(analyst);
  if (known) return known;
  const made = new Distribution();
  byAnalyst.set(analyst, made);
  return made;
}

function emptyRow(name: string, tags: Tags): Row {
  return {
    name,
    tags,
    kept: new Distribution(),
    excluded: new Distribution(),
    expected: 0,
    censored: 0,
    missingBecause: new Set<string>(),
  };
}

/** The rows of samples that are in memory. Throws as `MetricTable.add` does. */
export function tabulate(measured: Measured, isExcluded: (sample: Sample) => boolean): MetricRow[] {
  const table = new MetricTable(isExcluded);
  table.add(measured);
  return table.rows();
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
