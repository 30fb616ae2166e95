/** Which metrics a person is shown, in which order; every view takes its tables from here, and the names from the registry. */
import { count, duration, megabytes, megabytesPerSecond, perMinute, percent, score } from './format.ts';
import { labelOf, METRICS, metricOf, type Statistic, type Unit } from './registry/index.ts';
import type { Bound, MetricRow, SloRow } from './summary.ts';

export interface Section {
  title: string;
  /** The columns that matter most here; a view may show more. */
  statistics: readonly Exclude<Statistic, 'mean'>[];
  /** Evidence for whoever looks for it: not for a view that is read at a glance. */
  detail?: true;
  rows: { label: string; metric: MetricRow; show: (value: number | null) => string }[];
}

/** How a value in that unit is written for people. */
export function showIn(unit: Unit): (value: number | null | undefined) => string {
  return {
    ms: duration,
    '': score,
    share: percent,
    'per minute': perMinute,
    MB: megabytes,
    'MB/s': megabytesPerSecond,
    count: count,
  }[unit];
}

/** The sections of which there is anything to show, from the metrics' whole rows; steps are listed slowest first. */
export function sectionsOf(metrics: readonly MetricRow[]): Section[] {
  const whole = metrics.filter(({ tags }) => Object.keys(tags).length === 0);
  const inOrder = (...beginnings: string[]): Section['rows'] =>
    METRICS.filter(({ name }) => beginnings.some((beginning) => name.startsWith(beginning))).flatMap(
      ({ name, label, unit }) =>
        whole.filter((metric) => metric.name === name).map((metric) => ({ label, metric, show: showIn(unit) })),
    );
  const family = (beginning: string): Section['rows'] =>
    whole
      .filter(({ name }) => name.startsWith(beginning) && labelOf(name) === name.slice(beginning.length))
      .map((metric) => ({ label: labelOf(metric.name), metric, show: duration }));
  const slowestFirst = (rows: Section['rows']): Section['rows'] =>
    rows.sort((a, b) => (shownFigures(b.metric).p50 ?? 0) - (shownFigures(a.metric).p50 ?? 0));
  const sections: Section[] = [
    { title: 'Vitals', statistics: ['p50', 'p75', 'p95'], rows: inOrder('web.', 'soft.') },
    { title: 'Cards', statistics: ['p50', 'p75', 'p95'], rows: inOrder('card.') },
    { title: 'Uploads', statistics: ['p50', 'p95', 'max'], rows: inOrder('upload.') },
    { title: 'Stages and reviews', statistics: ['p50', 'p95', 'max'], rows: inOrder('stage.', 'review.') },
    { title: 'Steps', statistics: ['p50', 'p95', 'max'], rows: slowestFirst(family('step.')) },
    { title: 'Steps, click to page', statistics: ['p50', 'p95', 'max'], rows: slowestFirst(family('shown.')) },
    { title: 'Steps, from schedule', statistics: ['p50', 'p95', 'max'], detail: true, rows: family('from-schedule.') },
    { title: 'Time in each stage', statistics: ['p50', 'p95', 'max'], detail: true, rows: family('stage.') },
    { title: 'Requests', statistics: ['p50', 'p95', 'max'], rows: family('http.') },
    { title: 'Connection', statistics: ['p50', 'p95', 'max'], rows: inOrder('socket.', 'limit.') },
  ];
  return sections.filter(({ rows }) => rows.length > 0);
}

/**
 * The figures to show: of the samples that count; where most were taken while the generator was past a guard, of all,
 * because what a person would else be shown is a handful. The samples' column then says how many are in doubt.
 */
export function shownFigures(metric: MetricRow): Pick<MetricRow, Statistic> {
  return isInDoubt(metric) ? metric.all : metric;
}

/** Whether most of the samples were taken while the generator was past a guard, so that all are shown, and said to be in doubt. */
export function isInDoubt(metric: MetricRow): metric is MetricRow & Required<Pick<MetricRow, 'all'>> {
  return metric.all !== undefined && metric.excluded > metric.count;
}

/**
 * How many samples there are of how many there should be, how many of them are lower bounds only, and how many more were
 * taken while the generator was past a guard: `14 of 17, 1 censored, 2 excluded`; `17 of 17, 12 in doubt` where those are shown.
 */
export function samplesOf(metric: MetricRow): string {
  const { count, expected, censored, excluded } = metric;
  if (isInDoubt(metric)) return `${count + excluded} of ${expected}, ${excluded} in doubt`;
  const of = `${count.toLocaleString('en-GB')} of ${expected.toLocaleString('en-GB')}`;
  return [
    of,
    ...(censored === 0 ? [] : [`${censored} censored`]),
    ...(excluded === 0 ? [] : [`${excluded} excluded`]),
  ].join(', ');
}

/** What a metric's own label leaves to the title it stands under. */
const SUBJECTS: readonly (readonly [beginning: string, subject: string])[] = [
  ['card.', 'card'],
  ['upload.', 'upload'],
];

/** What a metric is called where no title says what it is of: `card, committed → painted`. */
export function titleOf(name: string): string {
  const subject = SUBJECTS.find(([beginning]) => name.startsWith(beginning))?.[1];
  return subject === undefined ? labelOf(name) : `${subject}, ${labelOf(name)}`;
}

const BOUND_WORDS: Record<Bound, string> = { below: 'below', atMost: 'at most', above: 'above', atLeast: 'at least' };

export interface ObjectiveLine {
  /** `p95 of upload (size small)`. */
  label: string;
  /** `below 2.0 s`. */
  wanted: string;
  actual: string;
  /** `met`, `missed`, or `missed, advisory`. */
  outcome: string;
  pass: boolean;
}

/** An objective as a person reads it. */
export function objectiveLine({
  metric: name,
  tags,
  statistic,
  bound,
  limit,
  actual,
  pass,
  advisory,
}: SloRow): ObjectiveLine {
  const metric = metricOf(name);
  const show = showIn(metric.unit);
  const what = titleOf(name);
  const figure = statistic === 'mean' && metric.unit === 'share' ? what : `${statistic} of ${what}`;
  const of = Object.entries(tags).map(([key, value]) => ` (${key} ${value})`);
  const shown = actual === null ? 'no sample' : show(actual);
  return {
    label: `${figure}${of.join('')}`,
    wanted: `${BOUND_WORDS[bound ?? 'atMost']} ${show(limit)}`,
    // Rounded, a near miss would look as if it had been met.
    actual: actual !== null && !pass && shown === show(limit) ? `${Number(actual.toPrecision(6))}` : shown,
    outcome: pass ? 'met' : advisory ? 'missed, advisory' : 'missed',
    pass,
  };
}
