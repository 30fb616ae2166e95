/** `report.html`: the summary as one self-contained page, without scripts and without anything loaded from elsewhere. */
import type { RunFile } from '../../run/run-file.ts';
import type { Folded } from '../fold.ts';
import type { Summary } from '../summary.ts';
import { baselinePart, glossaryPart, settingsPart } from './about.ts';
import { cardPart, causePart, distributionPart, timelinePart, type Charts } from './charts.ts';
import { analystPart, breachPart, complaintPart, findingPart, probePart } from './evidence.ts';
import { machinePart } from './machine.ts';
import { metricTableOf, metricTables } from './figure-table.ts';
import { objectivePart } from './metrics.ts';
import { escape, note, section } from './parts.ts';
import { STYLE } from './style.ts';
import { answerPart, contents, figurePart, verdictPart } from './top.ts';
import { routePart, socketPart } from './traffic.ts';
import { activeSection, heldPart, unrecognisedNote } from './vitals.ts';

export interface PageInput extends Pick<Folded, 'analysts' | 'broken' | 'complaints' | 'timeline' | 'causes'> {
  summary: Summary;
  run: RunFile;
  charts: Charts;
}

/** Nothing is loaded, nothing runs, nothing is sent: a browser holds the page to it, whatever it shows. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'";

/** Sections that have a place of their own besides the list of all figures. */
const ELSEWHERE = new Set(['Cards', 'Steps', 'Requests', 'Connection']);

/** The whole page. Everything in it that came from a run is escaped. */
export function renderPage(input: PageInput): string {
  const { summary, run, analysts, complaints, timeline, causes, charts } = input;
  const { verdict, runId, metrics } = summary;
  // What decides comes first, then what is to be seen, then what one looks up.
  const parts: readonly (readonly [id: string, name: string, html: string])[] = [
    ['findings', 'Findings', findingPart(summary)],
    ['breaches', 'Breaches', breachPart(summary)],
    ['figures', 'In figures', figurePart(summary, analysts)],
    ['objectives', 'Objectives', objectivePart(summary, input.broken.length > 0)],
    ['baseline', 'Baseline', baselinePart(summary)],
    ['time', 'Who did what when', timelinePart(timeline, charts.timeline)],
    ['distributions', 'How long it took', distributionPart(charts.distributions)],
    ['pages', 'Pages', causePart(causes, metrics)],
    ['cards', 'Cards', cardPart(metrics, charts.cards)],
    ['steps', 'Steps', stepPart(summary)],
    ['requests', 'Requests', routePart(summary)],
    ['connections', 'Connections', socketPart(summary)],
    ['machine', 'Machine', machinePart(summary, run)],
    ['probes', 'Probes', probePart(summary)],
    ['analysts', 'Analysts', analystPart(analysts)],
    ['noticed', 'Noticed', complaintPart(complaints)],
    ['all', 'All figures', allFigures(summary)],
    ['settings', 'Settings', settingsPart(run)],
    ['glossary', 'Glossary', glossaryPart(summary)],
  ];
  const there = parts.filter(([, , html]) => html !== '');
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<title>${verdict} · ${escape(runId)} · Muster</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${verdictPart(summary)}
${answerPart(input)}
${contents(there.map(([id, name]) => [id, name]))}
${there.map(([, , html]) => html).join('\n')}
</main>
<footer>${escape(`${summary.startedAt} to ${summary.endedAt} · ${summary.prefix}. Percentiles are nearest-rank. The same in figures: summary.json beside this page.`)}</footer>
</body>
</html>
`;
}

function stepPart({ metrics }: Summary): string {
  const tables = metricTableOf(metrics, 'Steps');
  const said =
    'How long each named step of the journey took, pauses to think left out: the slowest first, by p95. Where nothing else is said, a step waits for a page.';
  return tables === '' ? '' : section('steps', 'Steps of the journey, the slowest first', note(said) + tables);
}

function allFigures({ metrics, pages = [] }: Summary): string {
  const tables = [
    metricTables(metrics, (title) => !ELSEWHERE.has(title)),
    unrecognisedNote(metrics),
    activeSection(metrics),
    heldPart(pages),
  ].filter((html) => html !== '');
  return tables.length === 0 ? '' : section('all', 'All other figures', tables.join('\n'));
}
