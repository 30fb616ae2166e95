/** The tables of `report.html` that hold figures: objectives, and every metric with its percentiles. */
import { objectiveLine, samplesOf, sectionsOf, shownFigures, type Section } from '../sections.ts';
import { metricOf } from '../registry/index.ts';
import type { MetricRow, Summary } from '../summary.ts';
import { escape, folded, metricLink, note, part, scroll, section, stackedTable } from './parts.ts';

const STATISTICS = ['p50', 'p75', 'p90', 'p95', 'p99', 'max'] as const;

/** What the run was held to, the missed ones first, each with what it means. */
export function objectivePart({ slo, sloNotAsked = [], verdict }: Summary): string {
  if (slo.length + sloNotAsked.length === 0) return '';
  const head = (label: string, metric: string): string =>
    `<th scope="row">${metricLink(metric, label)}<small>${escape(metricOf(metric).meaning)}</small></th>`;
  const held = [...slo]
    .sort((a, b) => Number(a.pass) - Number(b.pass) || Number(a.advisory ?? false) - Number(b.advisory ?? false))
    .map((row) => {
      const { label, wanted, actual, outcome, pass } = objectiveLine(row);
      const exact = row.actual === null ? 'no sample' : String(row.actual);
      return `<tr>${head(label, row.metric)}<td>${escape(wanted)}</td><td title="${exact}">${escape(actual)}</td><td class="${pass ? 'met' : 'short'}">${outcome}</td></tr>`;
    });
  const unasked = sloNotAsked.map((row) => {
    const { label, wanted } = objectiveLine({ ...row, actual: null, pass: false });
    return `<tr>${head(label, row.metric)}<td>${escape(wanted)}</td><td>–</td><td>not asked: ${escape(row.why)}</td></tr>`;
  });
  const missed = slo.filter(({ pass, advisory }) => !pass && !advisory).length;
  const met = slo.filter(({ pass }) => pass).length;
  const empty = slo.filter(({ actual, advisory }) => actual === null && !advisory).length;
  const lack =
    empty === 0 ? '' : empty === missed ? ', for want of a sample' : `, ${empty} of them for want of a sample`;
  const doubt = verdict === 'INVALID' ? ', by times that are not to be believed' : '';
  const title = `Objectives: ${missed === 0 ? `none missed that counts, ${met} of ${slo.length} met` : `${missed} of ${slo.length} missed${lack}`}${doubt}`;
  const said =
    'p95 of a time is the value that 95 of 100 samples do not exceed; p75, that three of four do not. “Advisory” objectives are for information and fail nothing.';
  const heads = ['', 'wanted', 'actual', 'outcome'];
  return section(
    'objectives',
    title,
    note(said) + stackedTable('Objectives', 'objectives', heads, [...held, ...unasked]),
  );
}

/** The metric tables of the sections with these titles; the whole rows, and folded the rows by tag. */
export function metricTables(metrics: readonly MetricRow[], wanted: (title: string) => boolean): string {
  return sectionsOf(metrics)
    .filter(({ title }) => wanted(title))
    .map((each) => part(each.title, sectionTable(each, metrics)))
    .join('\n');
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
    `<table class="figures"><thead><tr><td></td>${heads}<th scope="col">samples</th></tr></thead><tbody>${lines.join('')}</tbody></table>`,
  );
}

function metricLine(label: string, metric: MetricRow, show: (value: number | null) => string): string {
  // The exact value is there on hover; the table shows what the number can carry.
  const cells = STATISTICS.map(
    (name) => `<td title="${exactly(metric, name)}">${escape(show(shownFigures(metric)[name]))}</td>`,
  );
  const short = metric.count + metric.excluded < metric.expected ? ' class="short"' : '';
  const why = metric.missingBecause ? ` title="${escape(metric.missingBecause.join('; '))}"` : '';
  return `<tr><th scope="row">${metricLink(metric.name, label)}</th>${cells.join('')}<td${short}${why}>${escape(samplesOf(metric))}</td></tr>`;
}

/** The exact value, and beside it the one with the samples that were taken while the generator was past a guard. */
function exactly(metric: MetricRow, name: (typeof STATISTICS)[number]): string {
  const say = (value: number | null | undefined) =>
    value === null || value === undefined ? 'no sample' : `${value} ${metric.unit}`.trim();
  return metric.all === undefined
    ? say(metric[name])
    : `${say(metric[name])}; with those excluded: ${say(metric.all[name])}`;
}
