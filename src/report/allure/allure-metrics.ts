/** A run's figures as Allure's metrics section reads them, with a trend over earlier reports. Pure. */
import { labelOf, metricOf } from '../registry/index.ts';
import { isInDoubt, sectionsOf, type Section } from '../sections.ts';
import type { MetricRow, Summary } from '../summary.ts';

/** One figure of a `*-perf.json` file. */
export interface AllureMetric {
  readonly id: string;
  /** Figures of one key make one trend, and Allure lists them by their keys. */
  readonly key: string;
  readonly title: string;
  readonly value: number;
  readonly unit: string;
  readonly group: string;
  readonly better: 'lower' | 'higher';
  /** Milliseconds since 1970. */
  readonly start: number;
  readonly stop: number;
}

interface Figure extends Pick<AllureMetric, 'title' | 'unit' | 'better'> {
  readonly name: string;
  readonly value: number | null;
}

/**
 * What happened, how the generator was, then the product's figures: none of those where the run is INVALID, and none of which
 * most samples are in doubt, because a trend would take them for the product's.
 * @param kind Of a run: only runs of one kind share a trend.
 */
export function metricsOf(summary: Summary, kind: string): AllureMetric[] {
  const groups: readonly (readonly [group: string, figures: readonly Figure[]])[] = [
    ['Run', happened(summary)],
    ['Generator', generator(summary)],
    ...(summary.verdict === 'INVALID' ? [] : productFigures(summary.metrics)),
  ];
  return groups.flatMap(([group, figures]) =>
    figures.flatMap(({ name, title, value, unit, better }) => {
      if (value === null) return [];
      const key = `${letterOf(group)} ${name} ${kind}`;
      return [
        {
          id: key,
          key,
          title,
          value: rounded(value),
          unit,
          group,
          better,
          start: Date.parse(summary.startedAt),
          stop: Date.parse(summary.endedAt),
        },
      ];
    }),
  );
}

/** The same in every run, whatever it has figures of: the run first, then the product from what is seen to what is behind it. */
function letterOf(group: string): string {
  const place = GROUPS.indexOf(group);
  return String.fromCharCode(0x41 + (place < 0 ? GROUPS.length : place));
}

const GROUPS: readonly string[] = [
  'Run',
  'Generator',
  'Vitals',
  'Cards',
  'Uploads',
  'Stages and reviews',
  'Steps',
  'Steps, click to page',
  'Requests',
  'Connection',
];

function happened({ projects, ledger, sockets, slo, overlap }: Summary): Figure[] {
  const count = (name: string, title: string, value: number, better: Figure['better'] = 'lower'): Figure => ({
    name,
    title,
    value,
    unit: '',
    better,
  });
  return [
    count('1', 'analysts at work at once', overlap.achieved, 'higher'),
    count('2', 'projects completed', projects.completed, 'higher'),
    count('3', 'projects failed', projects.failed),
    count('4', 'projects refused for the rate limit', projects.rateLimited),
    count('5', 'projects lost', ledger.lost),
    {
      name: '6',
      title: 'mean duration of a project',
      value: projects.meanDurationMs === null ? null : projects.meanDurationMs / 1000,
      unit: 's',
      better: 'lower',
    },
    count('7', 'objectives missed', slo.filter(({ pass, advisory }) => !pass && !advisory).length),
    count('8', 'connections opened again', sockets.reconnects),
  ];
}

function generator({ generator: { cpuP95, productCpuP95, loopLagP95Ms, driftOver50msShare } }: Summary): Figure[] {
  return [
    { name: '1', title: 'generator’s share of all cores, p95', ...percent(cpuP95) },
    { name: '2', title: 'product’s share of all cores, p95', ...percent(productCpuP95) },
    { name: '3', title: 'event loop late, p95', value: loopLagP95Ms, unit: 'ms', better: 'lower' },
    { name: '4', title: 'page timers more than 50 ms late', ...percent(driftOver50msShare) },
  ];
}

function productFigures(metrics: readonly MetricRow[]): [string, Figure[]][] {
  return sectionsOf(metrics)
    .filter(({ detail }) => !detail)
    .map((section) => [
      section.title,
      section.rows
        .filter(({ metric }) => !isInDoubt(metric))
        .flatMap(({ metric }) =>
          statisticsOf(section).map((statistic) => ({
            name: `${metric.name}.${statistic}`,
            title: `${labelOf(metric.name)}, ${statistic}`,
            value: metric[statistic],
            unit: metric.unit,
            better: metricOf(metric.name).better,
          })),
        ),
    ]);
}

/** The middle and the tail; of vitals what everybody speaks of. A maximum has no trend. */
function statisticsOf({ title }: Section): readonly ('p50' | 'p75' | 'p95')[] {
  return title === 'Vitals' ? ['p75'] : ['p50', 'p95'];
}

function percent(share: number | null): Pick<Figure, 'value' | 'unit' | 'better'> {
  return { value: share === null ? null : share * 100, unit: '%', better: 'lower' };
}

/** To what a figure can carry. */
function rounded(value: number): number {
  return Math.abs(value) >= 1000 ? Math.round(value) : Number(value.toPrecision(3));
}
