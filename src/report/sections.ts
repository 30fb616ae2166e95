/** Which metrics a person is shown, in which order; every view takes its tables from here, and the names from the registry. */
import { count, duration, megabytes, megabytesPerSecond, perMinute, percent, score, whole } from './format.ts';
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
    rows.sort((one, other) => slower(one.metric, other.metric));
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

/** How many samples the figures to show are of. */
export function visitsOf(metric: MetricRow): number {
  return isInDoubt(metric) ? metric.count + metric.excluded : metric.count;
}

/** Orders metrics slowest first: by the 95th percentile, and where that is the same by the maximum. */
export function slower(one: MetricRow, other: MetricRow): number {
  const [a, b] = [shownFigures(one), shownFigures(other)];
  return (b.p95 ?? -1) - (a.p95 ?? -1) || (b.max ?? -1) - (a.max ?? -1);
}

/** Steps and requests that end only when the product has done its own work: their time is no page's. */
const COMPUTING = /^((step|shown|from-schedule)\.(watch-|review-executed)|http\.POST \S*\/review$)/;

/** Whether the time of a step or request holds the wait for the product’s queue and computing. */
export function isComputing(name: string): boolean {
  return COMPUTING.test(name);
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
  /** By what it was judged, or why there is nothing to judge by; empty in summaries of older versions. */
  samples: string;
  /** `met`, `missed`, `missed, advisory`, or `not judged`. */
  outcome: string;
  pass: boolean;
}

/** An objective as a person reads it. `undecided`: the figures are not to be trusted, so that it is neither met nor missed. */
export function objectiveLine(row: SloRow, undecided = false): ObjectiveLine {
  const { metric: name, tags, statistic, bound, limit, actual, pass, advisory } = row;
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
    samples: judgedBy(row, show),
    outcome: undecided ? 'not judged' : pass ? 'met' : advisory ? 'missed, advisory' : 'missed',
    pass,
  };
}

/** `15 of 415 samples; 400 were taken while the machine was too busy`. */
function judgedBy({ count, excluded = 0, all, missing }: SloRow, show: ReturnType<typeof showIn>): string {
  if (count === undefined) return '';
  const many = (number: number): string => (number === 1 ? 'one sample' : `${whole(number)} samples`);
  const busy = `${excluded === 1 ? 'was' : 'were'} taken while the machine was too busy`;
  if (count > 0)
    return excluded === 0 ? many(count) : `${whole(count)} of ${many(count + excluded)}; ${whole(excluded)} ${busy}`;
  if (excluded > 0) return `the only ${many(excluded).replace(/^one /, '')} ${busy}: ${show(all)}`;
  return missing ?? 'nothing was measured';
}
