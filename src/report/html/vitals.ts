/** The parts of `report.html` on the pages themselves: vitals against load, what vitals do not tell, memory and long frames. */
import { ACTIVE_CLASSES } from '../activity.ts';
import { bytes, duration, percent, whole } from '../format.ts';
import { atMost, escape, folded, metricLink, note, notes, part, stackedTable, wordLine, wordTable } from './parts.ts';
import type { PageAccount } from '../pages.ts';
import { metricOf } from '../registry/index.ts';
import { isInDoubt, shownFigures, showIn } from '../sections.ts';
import type { MetricRow } from '../summary.ts';

/** The p75 of vitals and cards, with a column for each number of runs that were active at the same time. */
export function activeSection(metrics: readonly MetricRow[]): string {
  const tagged = metrics.filter(({ tags }) => tags['active'] !== undefined);
  const classes = ACTIVE_CLASSES.map(({ name }) => name)
    .filter((name) => tagged.some(({ tags }) => tags['active'] === name))
    .reverse();
  if (classes.length < 2) return '';
  const lines = [...new Set(tagged.map(({ name }) => name))].map((name) => {
    const show = showIn(metricOf(name).unit);
    const cells = classes.map((active) => {
      const row = tagged.find((each) => each.name === name && each.tags['active'] === active);
      if (row === undefined) return '<td>–</td>';
      const samples = row.count + (isInDoubt(row) ? row.excluded : 0);
      return `<td>${escape(show(shownFigures(row).p75))}<small>of ${escape(whole(samples))}</small></td>`;
    });
    return `<tr><th scope="row">${metricLink(name)}</th>${cells.join('')}</tr>`;
  });
  const title = 'Vitals and cards (p75), by how many projects were at work at that moment';
  const heads = classes.map((name) => `${name} at work`);
  return part(title, stackedTable(title, 'figures', ['', ...heads], lines));
}

/** One sentence on the changes of route that have no vitals of their own; nothing where every one has. */
export function unrecognisedNote(metrics: readonly MetricRow[]): string {
  const rows = metrics.filter(({ name }) => name === 'rate.route-changes-recognised');
  const missed = ({ count, mean }: MetricRow): number => Math.round(count * (1 - (mean ?? 1)));
  const all = rows.find(({ tags }) => Object.keys(tags).length === 0);
  if (all === undefined || missed(all) === 0) return '';
  const pages = rows.flatMap((row) => {
    const page = row.tags['page'];
    return page === undefined || missed(row) === 0 ? [] : [`${page} ${missed(row)} of ${row.count}`];
  });
  return note(
    `${missed(all)} of ${all.count} changes of route have no LCP and no CLS, because the browser did not recognise them as such (${pages.join(', ')}).`,
  );
}

/** More analysts are not listed: those whose pages grew most come first. */
const MOST = 60;

/** What each analyst's page held from first to last, and its longest frame. */
export function heldPart(pages: readonly PageAccount[]): string {
  if (pages.length === 0) return '';
  const { shown, rest } = atMost(
    [...pages].sort((one, other) => (other.growth?.share ?? -1) - (one.growth?.share ?? -1)),
    MOST,
  );
  const lines = shown.map(({ analyst, readings, growth, longFrames: { count, blockingMs, worst } }) => {
    const [first, last] = [readings[0], readings.at(-1)];
    const fromTo = (say: (reading: PageAccount['readings'][number]) => string): string =>
      first && last ? `${say(first)} → ${say(last)}` : '–';
    const cells = [
      fromTo(({ heapBytes }) => bytes(heapBytes)),
      growth ? `${percent(growth.share)} on ${growth.page} in ${duration(growth.overMs)}` : '–',
      fromTo(({ nodes }) => whole(nodes)),
      count === 0 ? 'none' : `${count}, blocking ${duration(blockingMs)}`,
      worst ? worstWords(worst) : '–',
    ];
    return wordLine([analyst, ...cells]).replace('<td>', () => `<td>${trend(readings)}`);
  });
  const heads = ['Analyst', 'Memory, first → last', 'Growth, like with like', 'DOM nodes', 'Long frames', 'Longest'];
  const title = 'What each analyst’s page held, and its longest frames';
  const table = wordTable(title, heads, lines) + (rest === '' ? '' : note(rest));
  return part(title, notes(heldWords(pages)) + folded('Analyst by analyst', table));
}

/** Who stands out, a sentence each. */
function heldWords(pages: readonly PageAccount[]): string[] {
  const grown = pages.flatMap(({ analyst, growth }) => (growth === undefined ? [] : [{ analyst, ...growth }]));
  const most = grown.sort((one, other) => other.share - one.share)[0];
  const frames = pages.flatMap(({ analyst, longFrames: { worst } }) => (worst ? [{ analyst, ...worst }] : []));
  const longest = frames.sort((one, other) => other.durationMs - one.durationMs)[0];
  return [
    most === undefined || most.share <= 0
      ? 'Nobody’s page is known to have grown.'
      : `Memory grew most for ${most.analyst}: by ${percent(most.share)} on ${most.page} in ${duration(most.overMs)}; what began below 10 MB is reckoned from 10 MB.`,
    longest === undefined
      ? 'No frame was long: none took more than 50 ms.'
      : `The longest frame: ${duration(longest.durationMs)} on ${longest.page}, for ${longest.analyst}.`,
  ];
}

function worstWords({ durationMs, page, ownMs, script }: NonNullable<PageAccount['longFrames']['worst']>): string {
  const file = script?.source.split('/').at(-1);
  const who = script ? [script.name, script.invoker, file].filter(Boolean).join(', ') : 'no script of the page';
  return `${duration(durationMs)} on ${page}, ${duration(ownMs)} of it the page’s own (${who})`;
}

/** The readings as a line, from nothing at the bottom to the highest of them at the top. */
function trend(readings: PageAccount['readings']): string {
  const [first, last] = [readings[0], readings.at(-1)];
  if (!first || !last || first === last) return '';
  const most = Math.max(...readings.map(({ heapBytes }) => heapBytes));
  const points = readings.map(
    ({ at, heapBytes }) =>
      `${((80 * (at - first.at)) / (last.at - first.at)).toFixed(1)},${(20 - (18 * heapBytes) / most).toFixed(1)}`,
  );
  return `<svg class="trend" width="80" height="20" aria-hidden="true"><polyline points="${points.join(' ')}" fill="none" stroke="currentColor"/></svg>`;
}
