/**
 * Every metric there is: its unit, what it means, how it is taken and how far it is to be believed. The fold, the views,
 * the objectives, the comparison and the README's table all derive from here; a name that is not here is an error.
 */
import { PAGE_METRICS } from './page.ts';
import { STEP_METRICS } from './steps.ts';
import { TRAFFIC_METRICS } from './traffic.ts';

export type Unit = 'ms' | '' | 'share' | 'per minute' | 'MB' | 'MB/s' | 'count';

export interface Metric {
  /** `step.<name>` stands for every name that begins so. */
  readonly name: string;
  readonly unit: Unit;
  /** As the views call it. */
  readonly label: string;
  readonly meaning: string;
  readonly taken: string;
  readonly bias: string;
  /** Tags by whose values the summary has rows besides the whole. */
  readonly tags: readonly string[];
  readonly better: 'lower' | 'higher';
  /** The smallest difference between two runs that matters to anybody, in the metric's unit. */
  readonly notable: number;
}

/** What can be said of a distribution. A share is only a mean: it has no percentiles. */
export const STATISTICS = ['min', 'p50', 'p75', 'p90', 'p95', 'p99', 'max', 'mean'] as const;
export type Statistic = (typeof STATISTICS)[number];

const LAST_VALUE = 'The last value that web-vitals reported for the navigation, kept when the page is left.';
const FIRST_INPUT = 'Event Timing counts in steps of 8 ms; against the truth +0.8 ms in the median, −4 to +12 ms.';
const PAINTED =
  'When the browser presented the frame that shows it (Element Timing of a mark painted in the same frame); where it does not tell, the first task after the frame.';
const COMMITTED =
  'The commit time is the product’s own, corrected where the clocks are proved to differ; an attached product whose frames do not bound that gives no sample.';

function vital(name: string, label: string, meaning: string, taken: string, bias: string, notable: number): Metric {
  const unit: Unit = name.endsWith('.cls') ? '' : 'ms';
  return { name, unit, label, meaning, taken, bias, tags: ['page', 'active'], better: 'lower', notable };
}

function card(name: string, label: string, meaning: string, taken: string, bias: string): Metric {
  return { name, unit: 'ms', label, meaning, taken, bias, tags: ['card', 'active'], better: 'lower', notable: 8 };
}

export const METRICS: readonly Metric[] = [
  vital(
    'web.lcp',
    'LCP, page load',
    'Largest Contentful Paint of a page load: until the largest piece of content is there.',
    LAST_VALUE,
    'Page loads from the start line on only; a click ends the search for something larger.',
    50,
  ),
  vital(
    'soft.lcp',
    'LCP, route change',
    'Largest Contentful Paint after a change of route, counted from the change: until the largest piece of content is there.',
    LAST_VALUE,
    'Only what the new route painted anew is seen.',
    50,
  ),
  vital(
    'web.inp',
    'INP, page load',
    'Interaction to Next Paint: the slowest answer of the page to a click or key before its first route change.',
    LAST_VALUE,
    FIRST_INPUT,
    16,
  ),
  vital(
    'soft.inp',
    'INP, route change',
    'Interaction to Next Paint: the slowest answer of the page to a click or key between two changes of route.',
    LAST_VALUE,
    `${FIRST_INPUT} Exists only where somebody interacted.`,
    16,
  ),
  vital(
    'web.cls',
    'CLS, page load',
    'Cumulative Layout Shift: how much moved that nobody had touched.',
    LAST_VALUE,
    'No unit: share of the window times share of the way.',
    0.02,
  ),
  vital(
    'soft.cls',
    'CLS, route change',
    'Cumulative Layout Shift: how much moved between two changes of route that nobody had touched.',
    LAST_VALUE,
    'As web.cls.',
    0.02,
  ),
  vital('web.fcp', 'FCP, page load', 'First Contentful Paint: until the first text or picture.', LAST_VALUE, '–', 50),
  vital(
    'web.ttfb',
    'TTFB, page load',
    'Time to First Byte of a page load.',
    'Navigation Timing.',
    'Includes redirects; connections may be warm.',
    20,
  ),
  {
    name: 'rate.route-changes-recognised',
    unit: 'share',
    label: 'route changes recognised',
    meaning: 'Share of the changes of route that Chromium recognised as soft navigations: only those have soft vitals.',
    taken: 'Changes of the path in the page against the browser’s soft navigations, by analyst and page.',
    bias: 'A property of the browser as much as of the product: it takes a click that brings about the new content itself, and not by a socket.',
    tags: ['page'],
    better: 'higher',
    notable: 0.1,
  },
  card(
    'card.freshness',
    'committed → painted',
    'How old a change of a card’s status is when it is on the screen.',
    `From the product’s commit time to the paint. ${PAINTED}`,
    COMMITTED,
  ),
  card(
    'card.arrival',
    'committed → frame arrived',
    'How long a change of a card’s status is under way from the product to the page.',
    'From the product’s commit time to the socket’s message event in the page.',
    `${COMMITTED} A busy page takes its messages later.`,
  ),
  card(
    'card.paint',
    'frame arrived → painted',
    'How long the page takes to show a change of a card’s status once it has received it.',
    `From the socket’s message event to the paint. ${PAINTED}`,
    'Holds the wait for the next frame and for the picture to reach the screen. One push wakes every page at the same moment: with more pages than cores they wait for each other, which no analyst with a machine of their own would.',
  ),
  {
    ...card(
      'card.propagation',
      'colleague’s launch → painted',
      'From a colleague’s click on Launch to their project’s card on this dashboard.',
      `The click and the paint are stamped in the two pages. ${PAINTED}`,
      'Both pages are of one machine; between shards on several machines it holds the difference of their clocks.',
    ),
    tags: [],
    notable: 50,
  },
  {
    name: 'rate.cards-missed',
    unit: 'share',
    label: 'card changes never shown',
    meaning:
      'Share of a watched card’s changes that arrived while the dashboard was shown and were not on it a second later.',
    taken: 'Each status that a frame announced is looked for among the paints until the analyst goes elsewhere.',
    bias: 'Of what arrived in the last second before that, nothing is said.',
    tags: ['card'],
    better: 'lower',
    notable: 0.01,
  },
  {
    name: 'rate.cards-superseded',
    unit: 'share',
    label: 'card changes overtaken',
    meaning: 'Share of a watched card’s changes that a later one replaced before they could be painted.',
    taken: 'As rate.cards-missed.',
    bias: 'No fault by itself: two changes within a frame look like one.',
    tags: ['card'],
    better: 'lower',
    notable: 0.05,
  },
  ...STEP_METRICS,
  {
    name: 'rate.errors',
    unit: 'share',
    label: 'errors',
    meaning:
      'Share of steps with an error in them: the step failed or ran out of time, the page threw, a request failed, or a message of failure was shown.',
    taken: 'From step and error records; an error between two steps counts as a step of its own.',
    bias: 'Lines on the browser’s console are no errors here: they repeat others or are nobody’s.',
    tags: ['step'],
    better: 'lower',
    notable: 0.01,
  },
  {
    name: 'rate.upload-success',
    unit: 'share',
    label: 'uploads that succeeded',
    meaning: 'Share of the uploads sent that the product took.',
    taken:
      'Requests that carry files, from the start line on: those answered with 2xx, of all that were answered or failed.',
    bias: 'A refusal for the rate limit (429) counts as not taken, and so does each further try. One that was left before the answer is not known, and the summary says so.',
    tags: ['bundle', 'size', 'route'],
    better: 'higher',
    notable: 0.01,
  },
  {
    name: 'rate.completion',
    unit: 'share',
    label: 'projects completed',
    meaning: 'Share of the launched projects that were completed.',
    taken: 'From the last word of each project’s owner.',
    bias: 'Asked for only where journeys go to the end (UNTIL=done, and REVIEW not leave).',
    tags: ['bundle'],
    better: 'higher',
    notable: 0.01,
  },
  {
    name: 'throughput.projects',
    unit: 'per minute',
    label: 'projects per analyst',
    meaning: 'Completed projects of an analyst in a minute of work, one value an analyst.',
    taken: 'Projects whose owner saw them completed, over the time from the start line to the owner’s last step.',
    bias: 'With one project each it is the inverse of a journey’s duration.',
    tags: [],
    better: 'higher',
    notable: 0.02,
  },
  ...PAGE_METRICS,
  ...TRAFFIC_METRICS,
];

/** The metric of that name. Throws a RangeError for a name that is none. */
export function metricOf(name: string): Metric {
  const found =
    METRICS.find((metric) => metric.name === name) ??
    METRICS.find(
      (metric) =>
        metric.name.endsWith('<name>') &&
        name.startsWith(metric.name.slice(0, -'<name>'.length)) &&
        name.length > metric.name.length - '<name>'.length,
    );
  if (found === undefined)
    throw new RangeError(
      `There is no metric "${name}". There are: ${METRICS.map((metric) => metric.name).join(', ')}.`,
    );
  return found;
}

/** What views call a metric: of a family, the member's own name. */
export function labelOf(name: string): string {
  const metric = metricOf(name);
  return metric.name.endsWith('<name>') ? name.slice(metric.name.length - '<name>'.length) : metric.label;
}

/** Which statistics a metric has. */
export function statisticsOf({ unit }: Metric): readonly Statistic[] {
  return unit === 'share' ? ['mean'] : STATISTICS;
}
