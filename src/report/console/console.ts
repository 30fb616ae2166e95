/**
 * The summary as a person reads it in a terminal: the verdict and its reasons; what the run was held to; the ledger and the
 * few figures that sum it up; where the time went; the evidence of findings; what to do next. Everything else is in the report.
 */
import { textOf } from '../findings.ts';
import { figuresOf } from '../figures.ts';
import type { Folded } from '../fold.ts';
import { breachLines } from '../ledger-view.ts';
import { checkAgain, nextSteps, whyOpen, type NextStep } from '../next-steps.ts';
import type { Finding, Summary } from '../summary.ts';
import { headlines, objectives, slowest } from './tables.ts';
import { clip, joined, paintWith, WIDTH, wrap, type Paint } from './text.ts';

export interface ConsoleInput {
  summary: Summary;
  details: Pick<Folded, 'analysts' | 'broken' | 'complaints' | 'timeline' | 'torn'>;
  /** The results folder, as a person would type it, with a slash at the end. */
  resultsPath: string;
  colour: boolean;
}

const INDENT = 10;
/** How many reasons, breaches and complaints the console shows; the report has them all. */
const SHOWN_REASONS = 12;
const SHOWN_COMPLAINTS = 3;
const SHOWN_BREACHES = 5;

/** The whole block, without a last newline; no line is wider than 100 columns unless one word is. */
export function renderSummary({ summary, details, resultsPath, colour }: ConsoleInput): string {
  const paint = paintWith(colour);
  const worked = summary.analysts > 0;
  const blocks = [
    headline(summary, paint, 'in report.html'),
    objectives(summary, details.broken.length > 0, paint),
    figures(summary, details, paint),
    breaches(summary, paint),
    ...(worked ? [headlines(summary, paint), slowest(summary, details.timeline, paint)] : []),
    ...summary.findings.map((each) => finding(each, paint)),
    [...notRun(summary, paint), ...complaints(details, paint)],
    ending(summary, details, resultsPath, paint),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

/** Verdict and reasons alone. */
export function renderVerdict(verdict: Summary['verdict'], reasons: readonly string[], colour: boolean): string {
  return headline({ verdict, reasons }, paintWith(colour)).join('\n');
}

/** Verdict and reasons of a run that never came so far as to have figures, and what to do next. */
export function renderRefusal(verdict: Summary['verdict'], reasons: readonly string[], colour: boolean): string {
  const paint = paintWith(colour);
  return [...headline({ verdict, reasons }, paint), '', ...commands([checkAgain], paint)].join('\n');
}

function headline(
  { verdict, reasons }: { verdict: Summary['verdict']; reasons: readonly string[] },
  paint: Paint,
  where = '',
): string[] {
  const ink = verdict === 'PASS' ? paint.good : verdict === 'FAIL' ? paint.bad : paint.doubtful;
  const shown = reasons.slice(0, SHOWN_REASONS);
  const hidden = reasons.length - shown.length;
  if (hidden > 0) shown.push(`… and ${hidden} more${where === '' ? '' : ` ${where}`}.`);
  return labelled([[verdict, shown]], (text) => paint.strong(ink(text)));
}

/** Lines behind a label, which stands beside the first of them. */
function labelled(
  blocks: readonly (readonly [label: string, texts: readonly string[]])[],
  ink: (text: string) => string,
): string[] {
  return blocks.flatMap(([label, texts]) =>
    texts
      .flatMap((text) => wrap(text, WIDTH - INDENT))
      .map((line, at) => (at === 0 ? ink(label) + ' '.repeat(INDENT - label.length) : ' '.repeat(INDENT)) + line),
  );
}

function figures(summary: Summary, { analysts }: ConsoleInput['details'], paint: Paint): string[] {
  return figuresOf(summary, analysts).flatMap(([label, parts]) =>
    labelled([[label, joined(parts, WIDTH - INDENT)]], paint.quiet),
  );
}

/** Each breach of the ledger with its evidence; the report has those that do not fit. */
function breaches({ ledger }: Summary, paint: Paint): string[] {
  const all = ledger.breaches ?? [];
  const texts = all.slice(0, SHOWN_BREACHES).flatMap((breach) => {
    const { title, lines } = breachLines(breach);
    return [title, ...lines.map((line) => `  ${line}`)];
  });
  if (all.length > SHOWN_BREACHES) texts.push(`… and ${all.length - SHOWN_BREACHES} more in report.html.`);
  return labelled([['Breaches', texts]], paint.quiet);
}

/** What is lost, what was seen, how often, and how to see it again; the steps are in the report. */
function finding(each: Finding, paint: Paint): string[] {
  const { title, lines } = textOf(each);
  const told = lines.filter(([label]) => label !== 'Step' && label !== 'Request');
  return [
    ...labelled([['Finding', [title]]], paint.strong),
    ...labelled(
      told.map(([label, text]) => [label, [text]] as const),
      paint.quiet,
    ),
  ];
}

/** Probes that this run can say nothing about. */
function notRun({ probes = [] }: Summary, paint: Paint): string[] {
  const texts = probes.filter(({ outcome }) => outcome === 'not-run').map(({ id, why = '' }) => `${id}: ${why}`);
  return labelled([['Not run', texts]], paint.quiet);
}

function complaints({ complaints: all, torn }: ConsoleInput['details'], paint: Paint): string[] {
  const texts = all
    .slice(0, SHOWN_COMPLAINTS)
    .map(({ source, message, count, analysts }) =>
      clip(
        `${count} × ${source}, ${analysts === 1 ? 'one analyst' : `${analysts} analysts`}: ${message.split('\n')[0] ?? ''}`,
        WIDTH - INDENT,
      ),
    );
  if (all.length > SHOWN_COMPLAINTS) texts.push(`… and ${all.length - SHOWN_COMPLAINTS} other kinds, in events/.`);
  if (torn.length > 0)
    texts.push(
      `A killed worker left ${torn.length === 1 ? 'a record' : `${torn.length} records`} cut short: ${torn.join(', ')}.`,
    );
  return labelled([['Noticed', texts]], paint.quiet);
}

function ending(summary: Summary, details: ConsoleInput['details'], resultsPath: string, paint: Paint): string[] {
  const told = { summary, details };
  const report = { what: `${resultsPath}report.html`, why: whyOpen(told) };
  return commands(nextSteps(told), paint, report);
}

/** What to type or open, and beside it what comes of that. */
function commands(steps: readonly NextStep[], paint: Paint, report?: NextStep): string[] {
  const all = [
    ...(report ? [['Report', report] as const] : []),
    ...steps.map((step, at) => [at === 0 ? 'Next' : '', step] as const),
  ];
  const column = Math.max(...all.map(([, { what }]) => what.length));
  return all.map(
    ([label, { what, why }]) => `${paint.quiet(label.padEnd(INDENT))}${what.padEnd(column)}   ${paint.quiet(why)}`,
  );
}
