/** The parts of `report.html` that show rather than list: the run over time, distributions, what made pages slow, what cards consist of. */
import type { DrawnCardParts } from '../charts/card-chart.ts';
import type { DrawnDistribution } from '../charts/distribution-chart.ts';
import { FEW, isOwnDoing, type Cause, type Part } from '../causes.ts';
import { timeTable, timeTitle, type DrawnTimeline } from '../charts/time-chart.ts';
import { duration, whole } from '../format.ts';
import { labelOf, metricOf } from '../registry/index.ts';
import { isInDoubt, shownFigures, showIn, titleOf } from '../sections.ts';
import type { MetricRow } from '../summary.ts';
import type { Timeline } from '../timeline.ts';
import { metricTableOf } from './figure-table.ts';
import {
  clipped,
  definitions,
  escape,
  folded,
  metricLink,
  note,
  notes,
  scroll,
  section,
  wordLine,
  wordTable,
} from './parts.ts';

/** Charts, drawn before the page is put together. */
export interface Charts {
  readonly timeline: DrawnTimeline | undefined;
  readonly distributions: readonly DrawnDistribution[];
  readonly cards: DrawnCardParts | undefined;
}

export function timelinePart(timeline: Timeline | undefined, drawn: DrawnTimeline | undefined): string {
  if (timeline === undefined || drawn === undefined) return '';
  const { heads, rows } = timeTable(timeline);
  const said = [
    'An analyst’s upper bar: their project, in the product’s queue, computing, or waiting for a person’s review.',
    'The lower bar: what they did themselves. Between their steps people think.',
    'Below: how many projects were computing, queued and under review.',
    'At the foot: how busy the machine was that ran the browsers.',
    ...(timeline.suspect.length === 0
      ? []
      : [
          'Shaded: seconds that count as too busy, because a worker’s event loop (at the foot) or the pages’ timers (not shown) came late. Nothing is judged before 0.',
        ]),
  ];
  const figure = `<figure><div class="wide">${scroll('Chart: the run over time', drawn.wide)}</div><div class="narrow">${drawn.narrow}</div></figure>`;
  const table = folded('The same as a table', wordTable('The run by analyst', heads, rows.map(wordLine)));
  return section(
    'time',
    timeTitle(timeline),
    notes(said) + figure + (drawn.note === '' ? '' : note(drawn.note)) + table,
  );
}

export function distributionPart(distributions: readonly DrawnDistribution[]): string {
  if (distributions.length === 0) return '';
  const figures = distributions.map(({ metric, says, wanted, svg }) => {
    const lines = [says, wanted].filter((line) => line !== '').map((line) => `<span>${escape(line)}</span>`);
    return `<figure><figcaption>${metricLink(metric, titleOf(metric))}${lines.join('')}<small>${escape(metricOf(metric).meaning)}</small></figcaption>${svg}</figure>`;
  });
  const said = [
    'Each curve says which share of the samples (upwards) was at most how long (to the right).',
    'The steeper, the more alike; a long flat end is a few that waited.',
    ...wantedNote(distributions),
  ];
  return section(
    'distributions',
    'How long it took, and for how many',
    `${notes(said)}<div class="grid${LAYOUT[figures.length] ?? ''}">${figures.join('')}</div>`,
  );
}

/** So few charts leave no gap beside them. */
const LAYOUT: Readonly<Record<number, string>> = { 1: ' alone', 2: ' pair', 4: ' pair' };

function wantedNote(distributions: readonly DrawnDistribution[]): string[] {
  const without = distributions.filter(({ wanted }) => wanted === '').length;
  if (without === distributions.length) return ['No objective was set for them.'];
  const rest = without === 0 ? '' : ' Where nothing is said to be wanted, no objective was set.';
  return [`Dashed: what was wanted, unless it lies beyond the axis.${rest}`];
}

/** LCP and INP by page, and of what they consisted: the slowest first. */
export function causePart(causes: readonly Cause[], metrics: readonly MetricRow[]): string {
  const lines = causes
    .flatMap((cause) => {
      const row = metrics.find(
        ({ name, tags }) => name === cause.metric && tags['page'] === cause.page && Object.keys(tags).length === 1,
      );
      return row === undefined ? [] : [{ cause, row }];
    })
    .sort((one, other) => (shownFigures(other.row).p75 ?? 0) - (shownFigures(one.row).p75 ?? 0))
    .map(({ cause, row }) => {
      const { metric, page, samples, of, parts, slowest } = cause;
      const doing = slowest.ownDoing;
      const own =
        doing !== undefined && isOwnDoing(cause)
          ? `. Not counted as slow: in ${doing.samples} of ${slowest.samples} the content came with the analyst’s next step, “${doing.step}”.`
          : '';
      const element = slowest.element === undefined ? '' : ` (${clipped(slowest.element, SELECTOR)})`;
      const show = showIn(metricOf(metric).unit);
      const { p75, max } = shownFigures(row);
      const few = samples < FEW;
      const cells = [
        few ? (samples === 1 ? `${show(max)}, once` : `at most ${show(max)}`) : show(p75),
        `${of === undefined ? whole(samples) : `${whole(samples)} drawn of ${whole(of)}`}${isInDoubt(row) ? ', in doubt' : ''}`,
        samples === 1 ? `${words(parts)}${element}${own}` : words(parts),
        few ? '–' : `${words(slowest.parts)}${element}${own}`,
      ];
      const head = `<th scope="row">${escape(page)}: ${metricLink(metric, labelOf(metric))}</th>`;
      return `<tr>${head}${cells.map((cell) => `<td>${escape(cell)}</td>`).join('')}</tr>`;
    });
  if (lines.length === 0) return '';
  const said = [
    'LCP: until the largest piece of content is there; good is at most 2.5 s.',
    'INP: until the page answers a click or key; good is at most 200 ms.',
    'Both at p75, three of four visits are at most so slow; of fewer than four visits, the slowest.',
    'Of what visits consist: of each part the median, so that the parts need not add up.',
  ];
  const heads = ['Page', 'p75', 'Visits', 'A visit consists of', 'The slowest quarter consists of'];
  const table = wordTable('Pages', heads, lines);
  return section('pages', 'Pages, and what made them slow', notes(said) + table + longElements(causes));
}

/** A longer selector is clipped in a table, characters. */
const SELECTOR = 32;

function longElements(causes: readonly Cause[]): string {
  const long = causes.flatMap(({ metric, page, slowest: { element = '' } }) =>
    element.length > SELECTOR ? [[`${page}: ${labelOf(metric)}`, element] as const] : [],
  );
  return long.length === 0 ? '' : folded('The elements in full', definitions(long));
}

function words(parts: readonly Part[]): string {
  return parts.length === 0 ? '–' : parts.map(({ what, ms }) => `${duration(ms)} ${what}`).join(', ');
}

/** How old changes of cards are when they are seen, and where that time goes. */
export function cardPart(metrics: readonly MetricRow[], drawn: DrawnCardParts | undefined): string {
  const tables = metricTableOf(metrics, 'Cards');
  if (tables === '') return '';
  const said =
    'A card on the dashboard shows a project’s status and changes by itself when the status does. The product commits the change and sends it; it arrives in the page, and the page paints it.';
  const figure =
    drawn === undefined
      ? ''
      : `<figure><div class="wide">${drawn.wide}</div><div class="narrow">${drawn.narrow}</div></figure>`;
  return section('cards', drawn?.title ?? 'Cards', note(said) + figure + tables);
}
