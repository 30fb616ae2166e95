/** `report.html`: the summary as one self-contained page, without scripts and without anything loaded from elsewhere. */
import type { RunFile } from '../../run/run-file.ts';
import type { AnalystAccount } from '../analysts.ts';
import { answersOf } from '../answers.ts';
import { textOf } from '../findings.ts';
import { figuresOf } from '../figures.ts';
import type { Complaint, Folded } from '../fold.ts';
import { baselineSection, glossary, settingsSection, socketSection } from './about.ts';
import { answerSection, causeSection, distributionSection, timelineSection, type Charts } from './charts.ts';
import { activeSection, pageSection, unrecognisedNote } from './vitals.ts';
import { escape, table } from './parts.ts';
import { STYLE } from './style.ts';
import { breachLines } from '../ledger-view.ts';
import { objectiveLine, samplesOf, sectionsOf, shownFigures, type Section } from '../sections.ts';
import type { Finding, MetricRow, Summary, Verdict } from '../summary.ts';

export interface PageInput extends Pick<Folded, 'analysts' | 'complaints' | 'timeline' | 'causes'> {
  summary: Summary;
  run: RunFile;
  charts: Charts;
}

/** A sign beside the verdict's word, so that neither stands alone. */
const SIGN: Record<Verdict, string> = {
  PASS: '<path d="M5 13l5 5L20 7"/>',
  FAIL: '<path d="M6 6l12 12M18 6L6 18"/>',
  INVALID: '<path d="M12 5v9M12 18.5v.5"/>',
};
const STATISTICS = ['p50', 'p75', 'p90', 'p95', 'p99', 'max'] as const;

/** The whole page. Everything in it that came from a run is escaped. */
export function renderPage(input: PageInput): string {
  const { summary, run, analysts, complaints, timeline, causes, charts } = input;
  const { verdict, reasons, runId } = summary;
  const [first = '', ...others] = reasons;
  const figures = figuresOf(summary, analysts).map(
    ([label, parts]) => `<dt>${escape(label)}</dt><dd>${parts.map(escape).join(' · ')}</dd>`,
  );
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${verdict} · ${escape(runId)} · Muster</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1 class="${verdict}"><svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${SIGN[verdict]}</svg>${verdict}</h1>
<p class="lead">${escape(first)}</p>
${others.length === 0 ? '' : `<ul>${others.map((reason) => `<li>${escape(reason)}</li>`).join('')}</ul>`}
${answerSection(answersOf(input))}
<dl>${figures.join('')}</dl>
${breachSection(summary)}
${summary.findings.map(findingSection).join('\n')}
${objectiveTable(summary)}
${baselineSection(summary)}
${timelineSection(timeline, charts.timeline)}
${distributionSection(charts.distributions)}
${causeSection(causes, summary.metrics)}
${probeTable(summary)}
${sectionsOf(summary.metrics)
  .map((section) => sectionTable(section, summary.metrics))
  .join('\n')}
${unrecognisedNote(summary.metrics)}
${activeSection(summary.metrics)}
${pageSection(summary.pages ?? [])}
${socketSection(summary)}
${analystTable(analysts)}
${complaintTable(complaints)}
${settingsSection(run)}
${glossary(summary)}
<footer>${escape(`${summary.startedAt} to ${summary.endedAt} · ${summary.prefix}. Percentiles are nearest-rank, from the samples of this run that are not excluded; excluded are those taken while the generator was past a guard, and with them the figures are shown on hover. Where those are the most, all are shown, and said to be in doubt. n of N says how many of the expected samples there are. The same in figures: summary.json.`)}</footer>
</main>
</body>
</html>
`;
}

function sectionTable(section: Section, metrics: readonly MetricRow[]): string {
  const whole = section.rows.map(({ label, metric, show }) => metricLine(label, metric, show));
  const parts = section.rows.flatMap(({ label, metric, show }) =>
    metrics
      .filter(({ name, tags }) => name === metric.name && Object.keys(tags).some((tag) => tag !== 'active'))
      .map((row) => metricLine(`${label}: ${Object.values(row.tags).join(', ')}`, row, show)),
  );
  const breakdown =
    parts.length === 0 ? '' : `<details><summary>By page, bundle or card</summary>${metricTable(parts)}</details>`;
  return `<section><h2>${escape(section.title)}</h2>${metricTable(whole)}${breakdown}</section>`;
}

/** Every breach of the ledger, with who saw what when. */
function breachSection({ ledger }: Summary): string {
  const { breaches = [] } = ledger;
  if (breaches.length === 0) return '';
  const items = breaches
    .map(breachLines)
    .map(
      ({ title, lines }) =>
        `<details open><summary>${escape(title)}</summary><ul>${lines.map((line) => `<li>${escape(line)}</li>`).join('')}</ul></details>`,
    );
  return `<section><h2>Breaches of the ledger</h2>${items.join('')}</section>`;
}

/** A finding whole: what is lost and seen, and below it, folded, who did what when. */
function findingSection(finding: Finding): string {
  const { title, lines } = textOf(finding);
  const row = ([label, text]: readonly [string, string]): string => `<dt>${label}</dt><dd>${escape(text)}</dd>`;
  const isDetail = ([label]: readonly [string, string]): boolean => label === 'Step' || label === 'Request';
  const details = lines.filter(isDetail);
  return `<section><h2>Finding: ${escape(title)}</h2><dl>${lines
    .filter((line) => !isDetail(line))
    .map(row)
    .join(
      '',
    )}</dl>${details.length === 0 ? '' : `<details><summary>Who did what when</summary><dl>${details.map(row).join('')}</dl></details>`}</section>`;
}

function probeTable({ probes = [] }: Summary): string {
  if (probes.length === 0) return '';
  const words = { clean: 'clean', finding: 'finding', broken: 'came to no answer', 'not-run': 'not run' };
  return table(
    'Probes',
    ['Probe', 'What it tries', 'Outcome', 'Hits of tries', ''],
    probes.map(
      ({ id, title, outcome, tries, hits, why = '' }) =>
        `<tr><td>${[id, title, words[outcome], `${hits} of ${tries}`, why].map(escape).join('</td><td>')}</td></tr>`,
    ),
  );
}

/** What the run was held to, the missed ones first. */
function objectiveTable({ slo, sloNotAsked = [] }: Summary): string {
  const held = [...slo]
    .sort((a, b) => Number(a.pass) - Number(b.pass))
    .map((row) => {
      const { label, wanted, actual, outcome, pass } = objectiveLine(row);
      const exact = row.actual === null ? 'no sample' : String(row.actual);
      return `<tr><th scope="row">${escape(label)}</th><td>${escape(wanted)}</td><td title="${exact}">${escape(actual)}</td><td class="${pass ? 'met' : 'short'}">${outcome}</td></tr>`;
    });
  const unasked = sloNotAsked.map((row) => {
    const { label, wanted } = objectiveLine({ ...row, actual: null, pass: false });
    return `<tr><th scope="row">${escape(label)}</th><td>${escape(wanted)}</td><td>–</td><td>not asked: ${escape(row.why)}</td></tr>`;
  });
  if (held.length + unasked.length === 0) return '';
  return `<section><h2>Objectives</h2><div class="scroll"><table><thead><tr><td></td><th scope="col">wanted</th><th scope="col">actual</th><td></td></tr></thead><tbody>${[...held, ...unasked].join('')}</tbody></table></div></section>`;
}

function metricTable(lines: readonly string[]): string {
  const heads = STATISTICS.map((name) => `<th scope="col">${name}</th>`).join('');
  return `<div class="scroll"><table><thead><tr><td></td>${heads}<th scope="col">samples</th></tr></thead><tbody>${lines.join('')}</tbody></table></div>`;
}

function metricLine(label: string, metric: MetricRow, show: (value: number | null) => string): string {
  // The exact value is there on hover; the table shows what the number can carry.
  const cells = STATISTICS.map(
    (name) => `<td title="${exactly(metric, name)}">${escape(show(shownFigures(metric)[name]))}</td>`,
  );
  const short = metric.count + metric.excluded < metric.expected ? ' class="short"' : '';
  const why = metric.missingBecause ? ` title="${escape(metric.missingBecause.join('; '))}"` : '';
  return `<tr><th scope="row">${escape(label)}</th>${cells.join('')}<td${short}${why}>${escape(samplesOf(metric))}</td></tr>`;
}

/** The exact value, and beside it the one with the samples that were taken while the generator was past a guard. */
function exactly(metric: MetricRow, name: (typeof STATISTICS)[number]): string {
  const say = (value: number | null | undefined) =>
    value === null || value === undefined ? 'no sample' : `${value} ${metric.unit}`.trim();
  return metric.all === undefined
    ? say(metric[name])
    : `${say(metric[name])}; with those excluded: ${say(metric.all[name])}`;
}

function analystTable(analysts: readonly AnalystAccount[]): string {
  if (analysts.length === 0) return '';
  const words = { ok: 'finished', failed: 'failed', unfinished: 'never finished', absent: 'left no record' };
  const lines = analysts.map(({ analyst, organization, bundle, outcome, error, lastStep, lacks }) => {
    const missing = outcome === 'ok' && lacks.length > 0 ? `no ${lacks.join(', no ')}` : '';
    const why = outcome === 'ok' ? missing : (error ?? (lastStep === undefined ? '' : `last step: ${lastStep}`));
    return `<tr><td>${[analyst, organization ?? '', bundle ?? '', words[outcome], why].map(escape).join('</td><td>')}</td></tr>`;
  });
  return table('Analysts', ['Analyst', 'Organisation', 'Bundle', 'Journey', ''], lines);
}

function complaintTable(complaints: readonly Complaint[]): string {
  if (complaints.length === 0) return '';
  return table(
    'Noticed on the way',
    ['Source', 'Times', 'Analysts', 'What it said'],
    complaints.map(
      ({ source, count, analysts, message }) =>
        `<tr><td>${[source, String(count), String(analysts), message].map(escape).join('</td><td>')}</td></tr>`,
    ),
  );
}
