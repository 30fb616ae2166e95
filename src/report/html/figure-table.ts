/** The tables of `report.html` that hold metrics with their percentiles; on a phone each line becomes a block. */
import { isComputing, isInDoubt, samplesOf, sectionsOf, shownFigures, type Section } from '../sections.ts';
import { metricOf } from '../registry/index.ts';
import type { MetricRow } from '../summary.ts';
import { escape, folded, metricLink, part, scroll } from './parts.ts';

/** The style names these columns on a phone. */
const STATISTICS = ['p50', 'p75', 'p90', 'p95', 'p99', 'max'] as const;
/** So few samples have no percentiles: they are told as they are. */
const FEW = 3;

type Figures = Pick<MetricRow, (typeof STATISTICS)[number] | 'min'>;
type Show = (value: number | null) => string;

/** The metric tables of the sections with these titles; the whole rows, and folded the rows by tag. What is evidence only is folded, too. */
export function metricTables(metrics: readonly MetricRow[], wanted: (title: string) => boolean): string {
  return sectionsOf(metrics)
    .filter(({ title }) => wanted(title))
    .map((each) => (each.detail ? folded : part)(each.title, sectionTable(each, metrics)))
    .join('\n');
}

/** The same of one section, for a place that has its title already; empty where there is nothing to show. */
export function metricTableOf(metrics: readonly MetricRow[], wanted: Section['title']): string {
  const found = sectionsOf(metrics).find(({ title }) => title === wanted);
  return found === undefined ? '' : sectionTable(found, metrics);
}

function sectionTable({ title, rows }: Section, metrics: readonly MetricRow[]): string {
  const whole = rows.map(({ label, metric, show }) => metricLine(label, metric, show));
  const parts = rows.flatMap(({ label, metric, show }) =>
    metrics
      .filter(({ name, tags }) => name === metric.name && Object.keys(tags).some((tag) => tag !== 'active'))
      .map((row) => metricLine(`${label}: ${Object.values(row.tags).join(', ')}`, row, show)),
  );
  const tags = [...new Set(rows.flatMap(({ metric }) => metricOf(metric.name).tags))].filter((tag) => tag !== 'active');
  const breakdown =
    parts.length === 0 ? '' : folded(`By ${tags.join(', ')}`, metricTable(`${title}, by ${tags.join(', ')}`, parts));
  return `${metricTable(title, whole)}${breakdown}`;
}

function metricTable(name: string, lines: readonly string[]): string {
  const heads = STATISTICS.map((each) => `<th scope="col">${each}</th>`).join('');
  return scroll(
    `Table: ${name}`,
    `<table class="percentiles stack"><thead><tr><td></td>${heads}<th scope="col">samples</th></tr></thead><tbody>${lines.join('')}</tbody></table>`,
  );
}

function metricLine(label: string, metric: MetricRow, show: Show): string {
  const { count, excluded, expected, unit, missingBecause = [] } = metric;
  const doubtful = isInDoubt(metric);
  const shown = shownFigures(metric);
  const samples = doubtful ? count + excluded : count;
  const more = doubtful ? undefined : metric.all;
  const cells =
    samples > FEW
      ? manyCells(shown, more, unit, show)
      : [fewCell(samples, shown, more && { figures: more, samples: count + excluded }, unit, show)];
  const second = samples > FEW && cells.some((cell) => cell.includes('<small>')) ? '<small>with those</small>' : '';
  const lacking = samples < expected - (doubtful ? 0 : excluded);
  const why = lacking && missingBecause.length > 0 ? `<small>${escape(missingBecause.join('; '))}</small>` : '';
  const waits = isComputing(metric.name) ? '<small>waits for the product to compute</small>' : '';
  const told = `<td${lacking ? ' class="short"' : ''}>${escape(samplesOf(metric))}${second}</td>`;
  return `<tr><th scope="row">${metricLink(metric.name, label)}${waits}${why}</th>${cells.join('')}${told}</tr>`;
}

/** Below each figure the one with the samples that were taken while the generator was past a guard, where that is another. */
function manyCells(shown: Figures, more: Figures | undefined, unit: string, show: Show): string[] {
  const differs = more !== undefined && STATISTICS.some((name) => show(more[name]) !== show(shown[name]));
  return STATISTICS.map((name) => {
    const second = differs ? `<small>${escape(show(more[name]))}</small>` : '';
    return `<td title="${exactly(shown[name], unit)}">${escape(show(shown[name]))}${second}</td>`;
  });
}

function fewCell(
  samples: number,
  shown: Figures,
  more: { readonly figures: Figures; readonly samples: number } | undefined,
  unit: string,
  show: Show,
): string {
  const said = fewWords(samples, shown, show);
  const with_ = more === undefined ? said : fewWords(more.samples, more.figures, show);
  const second = with_ === said ? '' : `<small>with those excluded: ${escape(with_)}</small>`;
  return `<td class="few" colspan="${STATISTICS.length}" title="${exactly(shown.max, unit)}">${escape(said)}${second}</td>`;
}

function fewWords(samples: number, { min, p50, max }: Figures, show: Show): string {
  if (samples === 0) return 'no sample';
  if (samples === 1) return `${show(max)}, once`;
  if (samples > FEW) return `p50 ${show(p50)}, max ${show(max)}`;
  const told = [...new Set((samples === 2 ? [min, max] : [min, p50, max]).map(show))];
  return told.length === 1 ? `${told.join('')} each time` : `${told.slice(0, -1).join(', ')} and ${told.at(-1) ?? ''}`;
}

/** The exact value is there on hover; the table shows what the number can carry. */
function exactly(value: number | null, unit: string): string {
  if (value === null) return 'no sample';
  const digits = (number: number): number => Number(number.toPrecision(6));
  return unit === 'share' ? `${digits(value * 100)} %` : `${digits(value)} ${unit}`.trim();
}
