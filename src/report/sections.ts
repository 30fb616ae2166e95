/** Which metrics a person is shown, in which order and under which names; every view takes its tables from here. */
import { duration, score } from './format.ts';
import type { MetricRow } from './summary.ts';

export type Statistic = 'p50' | 'p75' | 'p95' | 'max';

export interface Section {
  title: string;
  /** The columns that matter most here; a view may show more. */
  statistics: readonly Statistic[];
  rows: { label: string; metric: MetricRow; show: (value: number | null) => string }[];
}

const VITALS: readonly (readonly [string, string])[] = [
  ['web.lcp', 'LCP, page load'],
  ['soft.lcp', 'LCP, route change'],
  ['web.inp', 'INP, page load'],
  ['soft.inp', 'INP, route change'],
  ['web.cls', 'CLS, page load'],
  ['soft.cls', 'CLS, route change'],
  ['web.fcp', 'FCP, page load'],
  ['web.ttfb', 'TTFB, page load'],
];
const CARDS: readonly (readonly [string, string])[] = [
  ['card.freshness', 'committed → painted'],
  ['card.arrival', 'committed → frame arrived'],
  ['card.paint', 'frame arrived → painted'],
  ['card.propagation', 'colleague’s launch → painted'],
];

/** The sections of which there is anything to show, from the metrics' whole rows; steps are listed slowest first. */
export function sectionsOf(metrics: readonly MetricRow[]): Section[] {
  const whole = metrics.filter(({ tags }) => Object.keys(tags).length === 0);
  const labelled = (labels: readonly (readonly [string, string])[]): Section['rows'] =>
    labels.flatMap(([name, label]) =>
      whole
        .filter((metric) => metric.name === name)
        .map((metric) => ({ label, metric, show: metric.unit === '' ? score : duration })),
    );
  const steps = whole.filter(({ name }) => name.startsWith('step.')).sort((a, b) => (b.p50 ?? 0) - (a.p50 ?? 0));
  const sections: Section[] = [
    { title: 'Vitals', statistics: ['p50', 'p75', 'p95'], rows: labelled(VITALS) },
    { title: 'Cards', statistics: ['p50', 'p75', 'p95'], rows: labelled(CARDS) },
    {
      title: 'Steps',
      statistics: ['p50', 'p95', 'max'],
      rows: steps.map((metric) => ({ label: metric.name.slice('step.'.length), metric, show: duration })),
    },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

/** How many samples there are of how many there should be, and how many of them are lower bounds only: `14 of 15, 1 censored`. */
export function samplesOf({ count, expected, censored }: MetricRow): string {
  const of = `${count.toLocaleString('en-GB')} of ${expected.toLocaleString('en-GB')}`;
  return censored === 0 ? of : `${of}, ${censored} censored`;
}
