/** The summary as a person reads it in a terminal: the verdict, then the reasons, then the figures, then what to do next. */
import { textOf } from '../findings.ts';
import { figuresOf } from '../figures.ts';
import type { Folded } from '../fold.ts';
import { breachLines } from '../ledger-view.ts';
import { objectiveLine, samplesOf, sectionsOf, shownFigures, type Section } from '../sections.ts';
import type { Finding, Summary } from '../summary.ts';
import { clip, columns, paintWith, WIDTH, wrap, type Paint } from './text.ts';

export interface ConsoleInput {
  summary: Summary;
  details: Pick<Folded, 'analysts' | 'complaints' | 'torn'>;
  /** The results folder, as a person would type it, with a slash at the end. */
  resultsPath: string;
  colour: boolean;
}

const INDENT = 10;
const LABEL_WIDTH = 34;
const OBJECTIVE_WIDTH = 44;
/** How many reasons and complaints the console shows; the summary holds them all. */
const SHOWN_REASONS = 12;
const SHOWN_COMPLAINTS = 3;
const SHOWN_BREACHES = 5;

/** The whole block, without a last newline; no line is wider than 100 columns unless one word is. */
export function renderSummary({ summary, details, resultsPath, colour }: ConsoleInput): string {
  const paint = paintWith(colour);
  const blocks = [
    headline(summary, paint),
    figures(summary, details, paint),
    breaches(summary, paint),
    ...summary.findings.map((each) => finding(each, paint)),
    notRun(summary, paint),
    objectives(summary, paint),
    ...(summary.analysts === 0
      ? []
      : sectionsOf(summary.metrics)
          .filter(({ detail }) => !detail)
          .map((section) => table(section, paint))),
    complaints(details, paint),
    next(summary, resultsPath, paint),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

/** Verdict and reasons, as `headline` shows them, for a run that never came so far as to have figures. */
export function renderVerdict(verdict: Summary['verdict'], reasons: readonly string[], colour: boolean): string {
  return headline({ verdict, reasons }, paintWith(colour)).join('\n');
}

function headline(
  { verdict, reasons }: { verdict: Summary['verdict']; reasons: readonly string[] },
  paint: Paint,
): string[] {
  const ink = verdict === 'PASS' ? paint.good : verdict === 'FAIL' ? paint.bad : paint.doubtful;
  const shown = reasons.slice(0, SHOWN_REASONS);
  const hidden = reasons.length - shown.length;
  if (hidden > 0) shown.push(`… and ${hidden} more in summary.json.`);
  return shown.flatMap((reason, at) =>
    wrap(reason, WIDTH - INDENT).map((line, lineAt) => {
      const label =
        at === 0 && lineAt === 0
          ? paint.strong(ink(verdict)) + ' '.repeat(INDENT - verdict.length)
          : ' '.repeat(INDENT);
      return label + line;
    }),
  );
}

function figures(summary: Summary, { analysts }: ConsoleInput['details'], paint: Paint): string[] {
  return figuresOf(summary, analysts).flatMap(([label, parts]) =>
    wrapParts(parts).map((line, at) => paint.quiet((at === 0 ? label : '').padEnd(INDENT)) + line),
  );
}

/** Joins with middle dots; a part that no longer fits begins a new line, and no part is broken. */
function wrapParts(parts: readonly string[]): string[] {
  const lines: string[] = [];
  for (const part of parts) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 3 + part.length <= WIDTH - INDENT)
      lines[lines.length - 1] = `${last} · ${part}`;
    else lines.push(part);
  }
  return lines;
}

function table({ title, statistics, rows }: Section, paint: Paint): string[] {
  const cells = rows.map(({ label, metric, show }) => [
    clip(label, LABEL_WIDTH),
    ...statistics.map((statistic) => show(shownFigures(metric)[statistic])),
    samplesOf(metric),
  ]);
  const [head, ...body] = columns([[title.padEnd(LABEL_WIDTH), ...statistics, 'samples'], ...cells]);
  return [paint.quiet(head ?? ''), ...body];
}

/** Each breach of the ledger with its evidence; the report has those that do not fit. */
function breaches({ ledger }: Summary, paint: Paint): string[] {
  const all = ledger.breaches ?? [];
  const lines = all.slice(0, SHOWN_BREACHES).flatMap((breach) => {
    const { title, lines: seen } = breachLines(breach);
    return [...wrap(title, WIDTH - INDENT), ...seen.flatMap((line) => wrap(line, WIDTH - INDENT).map(paint.quiet))];
  });
  if (all.length > SHOWN_BREACHES) lines.push(`… and ${all.length - SHOWN_BREACHES} more in report.html.`);
  return lines.map((line, at) => paint.quiet((at === 0 ? 'Breaches' : '').padEnd(INDENT)) + line);
}

/** What is lost, what was seen, how often, and how to see it again; the steps are in the report. */
function finding(each: Finding, paint: Paint): string[] {
  const { title, lines } = textOf(each);
  return [
    ...wrap(title, WIDTH - INDENT).map((line, at) => paint.strong((at === 0 ? 'Finding' : '').padEnd(INDENT) + line)),
    ...lines
      .filter(([label]) => label !== 'Step' && label !== 'Request')
      .flatMap(([label, text]) =>
        wrap(text, WIDTH - INDENT).map((line, at) => paint.quiet((at === 0 ? label : '').padEnd(INDENT)) + line),
      ),
  ];
}

/** Probes that this run can say nothing about. */
function notRun({ probes = [] }: Summary, paint: Paint): string[] {
  return probes
    .filter(({ outcome }) => outcome === 'not-run')
    .flatMap(({ id, why = '' }) =>
      wrap(`${id}: ${why}`, WIDTH - INDENT).map(
        (line, at) => paint.quiet((at === 0 ? 'Not run' : '').padEnd(INDENT)) + line,
      ),
    );
}

/** What the run was held to, the missed ones first. */
function objectives({ slo, sloNotAsked = [] }: Summary, paint: Paint): string[] {
  if (slo.length + sloNotAsked.length === 0) return [];
  const lines = slo.map(objectiveLine).sort((a, b) => Number(a.pass) - Number(b.pass));
  const [head, ...body] = columns([
    ['Objectives', 'wanted', 'actual', ''],
    ...lines.map(({ label, wanted, actual, outcome, pass }) => [
      clip(label, OBJECTIVE_WIDTH),
      wanted,
      actual,
      pass ? paint.good(outcome) : paint.bad(outcome),
    ]),
  ]);
  const unasked = sloNotAsked.map((each) =>
    paint.quiet(clip(`${objectiveLine({ ...each, actual: null, pass: false }).label}: not asked, ${each.why}`, WIDTH)),
  );
  return [paint.quiet(head ?? ''), ...body, ...unasked];
}

function complaints({ complaints: all, torn }: ConsoleInput['details'], paint: Paint): string[] {
  const lines = all
    .slice(0, SHOWN_COMPLAINTS)
    .map(({ source, message, count, analysts }) =>
      clip(
        `${count} × ${source}, ${analysts === 1 ? 'one analyst' : `${analysts} analysts`}: ${message.split('\n')[0] ?? ''}`,
        WIDTH - INDENT,
      ),
    );
  if (all.length > SHOWN_COMPLAINTS) lines.push(`… and ${all.length - SHOWN_COMPLAINTS} other kinds, in events/.`);
  if (torn.length > 0)
    lines.push(
      ...wrap(
        `A killed worker left ${torn.length === 1 ? 'a record' : `${torn.length} records`} cut short: ${torn.join(', ')}.`,
        WIDTH - INDENT,
      ),
    );
  return lines.map((line, at) => paint.quiet((at === 0 ? 'Noticed' : '').padEnd(INDENT)) + line);
}

function next({ verdict, ledger, prefix }: Summary, resultsPath: string, paint: Paint): string[] {
  const steps: [string, string][] = [['Results', `${resultsPath}report.html`]];
  if (ledger.remaining !== 0) steps.push(['Next', `delete projects named "${prefix} — …" in the product`]);
  steps.push([
    ledger.remaining === 0 ? 'Next' : '',
    verdict === 'PASS'
      ? 'npm run report   makes the Allure report of this run'
      : 'npm run report   shows each failure step by step',
  ]);
  return steps.map(([label, text]) => paint.quiet(label.padEnd(INDENT)) + text);
}
