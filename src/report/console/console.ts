/**
 * The summary as a person reads it in a terminal: the verdict and its reasons; what the run was held to; the ledger and the
 * few figures that sum it up; where the time went; the evidence of findings; what to do next. Everything else is in the report.
 */
import { textOf } from '../findings.ts';
import { figuresOf } from '../figures.ts';
import type { Folded } from '../fold.ts';
import { breachLines } from '../ledger-view.ts';
import { checkAgain, nextSteps, whyOpen, type NextStep } from '../next-steps.ts';
import { distinct } from '../sentences.ts';
import type { Finding, Summary } from '../summary.ts';
import { headlines, objectives, slowest, type Page } from './tables.ts';
import { clip, joined, paintWith, WIDTH, wrap } from './text.ts';

export interface ConsoleInput {
  summary: Summary;
  details: Pick<Folded, 'analysts' | 'broken' | 'complaints' | 'timeline' | 'torn'>;
  /** The results folder, as a person would type it, with a slash at the end. */
  resultsPath: string;
  colour: boolean;
  /** How wide the lines may be, in columns: 100 if not given. */
  width?: number;
}

const INDENT = 10;
/** How many reasons, breaches and complaints the console shows; the report has them all. */
const SHOWN_REASONS = 12;
/** How many lines one of them may take: a message that quotes a page would push the verdict off the screen. */
const REASON_LINES = 4;
const SHOWN_COMPLAINTS = 3;
/** Lines on breaches, and how many of them one breach may have however many there are. */
const BREACH_LINES = 10;
const LEAST_EVIDENCE = 3;

/** The whole block, without a last newline; no line is wider than it may be, unless one word is. */
export function renderSummary({ summary, details, resultsPath, colour, width = WIDTH }: ConsoleInput): string {
  const page: Page = { paint: paintWith(colour), width };
  const worked = summary.analysts > 0;
  const blocks = [
    headline(summary, page, 'in report.html'),
    objectives(summary, details.broken.length > 0, page),
    figures(summary, details, page),
    breaches(summary, page),
    ...(worked ? [headlines(summary, page), slowest(summary, details.timeline, page)] : []),
    ...summary.findings.map((each) => finding(each, page)),
    [...notRun(summary, page), ...complaints(details, page)],
    ending(summary, details, resultsPath, page),
  ];
  return blocks
    .filter((block) => block.length > 0)
    .map((block) => block.join('\n'))
    .join('\n\n');
}

type Judged = Pick<Summary, 'verdict' | 'reasons'>;
type Look = Pick<ConsoleInput, 'colour' | 'width'>;

/** Verdict and reasons alone. */
export function renderVerdict({ verdict, reasons }: Judged, { colour, width = WIDTH }: Look): string {
  return headline({ verdict, reasons }, { paint: paintWith(colour), width }).join('\n');
}

/** Verdict and reasons of a run that never came so far as to have figures, and what to do next. */
export function renderRefusal(judged: Judged, { colour, width = WIDTH }: Look): string {
  const page = { paint: paintWith(colour), width };
  return [...headline(judged, page), '', ...commands([checkAgain], page)].join('\n');
}

function headline({ verdict, reasons }: Judged, page: Page, where = ''): string[] {
  const { paint } = page;
  const ink = verdict === 'PASS' ? paint.good : verdict === 'FAIL' ? paint.bad : paint.doubtful;
  const all = distinct(reasons);
  const shown = all.slice(0, SHOWN_REASONS);
  const hidden = all.length - shown.length;
  if (hidden > 0) shown.push(`… and ${hidden} more${where === '' ? '' : ` ${where}`}.`);
  // What never came so far as to have a report is told whole: there is nowhere else to read it.
  const told = where === '' ? shown : shown.map((reason) => shortened(reason, page.width - INDENT));
  return labelled([[verdict, told]], page, (text) => paint.strong(ink(text)));
}

function shortened(text: string, width: number): string {
  const lines = wrap(text, width);
  return lines.length <= REASON_LINES ? text : [...lines.slice(0, REASON_LINES), '…'].join('\n');
}

/** Lines behind a label, which stands beside the first of them. */
function labelled(
  blocks: readonly (readonly [label: string, texts: readonly string[]])[],
  { paint, width }: Page,
  ink: (text: string) => string = paint.quiet,
): string[] {
  return blocks.flatMap(([label, texts]) =>
    texts
      .flatMap((text) => wrap(text, width - INDENT))
      .map((line, at) => (at === 0 ? ink(label) + ' '.repeat(INDENT - label.length) : ' '.repeat(INDENT)) + line),
  );
}

function figures(summary: Summary, { analysts }: ConsoleInput['details'], page: Page): string[] {
  return figuresOf(summary, analysts).flatMap(([label, parts]) =>
    labelled([[label, joined(parts, page.width - INDENT)]], page),
  );
}

/** Breaches of the ledger with the first of their evidence, as far as there is room; the report has them all. */
function breaches({ ledger }: Summary, page: Page): string[] {
  const all = ledger.breaches ?? [];
  const each = Math.max(LEAST_EVIDENCE, Math.floor(BREACH_LINES / Math.max(1, all.length)) - 1);
  const told = all
    .map(breachLines)
    .map(({ title, lines }) =>
      [title, ...lines.slice(0, each).map((line) => `  ${line}`)].map((line) => clip(line, page.width - INDENT)),
    )
    .filter((_, place, blocks) => blocks.slice(0, place + 1).flat().length <= BREACH_LINES);
  const rest = all.length - told.length;
  const more = rest === 0 ? [] : [`… and ${rest} more in report.html.`];
  return labelled([['Breaches', [...told.flat(), ...more]]], page);
}

/** What is lost, what was seen, how often, and how to see it again; the steps are in the report. */
function finding(each: Finding, page: Page): string[] {
  const { title, lines } = textOf(each);
  const told = lines.filter(([label]) => label !== 'Step' && label !== 'Request');
  return [
    ...labelled([['Finding', [title]]], page, page.paint.strong),
    ...labelled(
      told.map(([label, text]) => [label, [text]] as const),
      page,
    ),
  ];
}

/** Probes that this run can say nothing about. */
function notRun({ probes = [] }: Summary, page: Page): string[] {
  const texts = probes.filter(({ outcome }) => outcome === 'not-run').map(({ id, why = '' }) => `${id}: ${why}`);
  return labelled([['Not run', texts]], page);
}

function complaints({ complaints: all, torn }: ConsoleInput['details'], page: Page): string[] {
  const texts = all
    .slice(0, SHOWN_COMPLAINTS)
    .map(({ source, message, count, analysts }) =>
      clip(
        `${count} × ${source}, ${analysts === 1 ? 'one analyst' : `${analysts} analysts`}: ${message.split('\n')[0] ?? ''}`,
        page.width - INDENT,
      ),
    );
  if (all.length > SHOWN_COMPLAINTS) texts.push(`… and ${all.length - SHOWN_COMPLAINTS} other kinds, in events/.`);
  if (torn.length > 0)
    texts.push(
      `A killed worker left ${torn.length === 1 ? 'a record' : `${torn.length} records`} cut short: ${torn.join(', ')}.`,
    );
  return labelled([['Noticed', texts]], page);
}

function ending(summary: Summary, details: ConsoleInput['details'], resultsPath: string, page: Page): string[] {
  const told = { summary, details };
  const report = { what: `${resultsPath}report.html`, why: whyOpen(told) };
  return commands(nextSteps(told), page, report);
}

/** What to type or open, and beside it, or where there is no room below it, what comes of that. */
function commands(steps: readonly NextStep[], { paint, width }: Page, report?: NextStep): string[] {
  const all = [
    ...(report ? [['Report', report] as const] : []),
    ...steps.map((step, at) => [at === 0 ? 'Next' : '', step] as const),
  ];
  const column = Math.max(...all.map(([, { what }]) => what.length));
  const beside = all.every(([, { why }]) => INDENT + column + 3 + why.length <= width);
  return all.flatMap(([label, { what, why }]) => {
    const begun = paint.quiet(label.padEnd(INDENT));
    if (beside) return [`${begun}${what.padEnd(column)}   ${paint.quiet(why)}`];
    return [
      `${begun}${what}`,
      ...wrap(why, width - INDENT - 2).map((line) => paint.quiet(`${' '.repeat(INDENT + 2)}${line}`)),
    ];
  });
}
