/** The summary as Markdown, for the page of a CI job: verdict and reasons first, then what was missed, then the figures. Pure. */
import { stripVTControlCharacters } from 'node:util';
import { figuresOf } from '../figures.ts';
import { textOf } from '../findings.ts';
import type { Folded } from '../fold.ts';
import { duration } from '../format.ts';
import { breachLines } from '../ledger-view.ts';
import { nextSteps, type NextStepsInput } from '../next-steps.ts';
import { isComputing, objectiveLine, samplesOf, sectionsOf, shownFigures } from '../sections.ts';
import { slowestSteps } from '../slowest-steps.ts';
import type { Summary, Verdict } from '../summary.ts';

/** How many reasons, breaches and findings are shown: GitHub takes a megabyte, a reader much less. */
const shown = 12;
const shownSteps = 6;
/** How much of one text: a page that failed may quote itself whole. */
const longestText = 2_000;

/** A sign beside the verdict's word, so that neither stands alone. */
const signs: Record<Verdict, string> = { PASS: '✅', FAIL: '❌', INVALID: '⚠️' };

export interface Written {
  readonly summary: Summary;
  readonly details: NextStepsInput['details'] & Pick<Folded, 'timeline'>;
}

/**
 * The whole page, with a line break at its end, in at most `limitBytes`: what no longer fits is left out from the end.
 * `written` is absent where the run never came so far as to have figures.
 */
export function renderMarkdown(
  { verdict, reasons }: Pick<Summary, 'verdict' | 'reasons'>,
  written?: Written,
  limitBytes = Infinity,
): string {
  const [first = '', ...others] = reasons;
  const blocks = [
    `## ${signs[verdict]} Muster: ${verdict}`,
    escapeMarkdown(first),
    bullets([...others.slice(0, shown), ...more(others.length)].map(escapeMarkdown)),
    ...(written === undefined ? [] : figures(written)),
  ];
  return within(
    blocks.filter((block) => block !== ''),
    limitBytes,
  );
}

const leftOut = 'The rest is in report.html: this page may not be longer.';

/** Whole blocks only: half a table is none. */
function within(blocks: readonly string[], limitBytes: number): string {
  const size = (text: string): number => Buffer.byteLength(text) + 2;
  const fits = (some: readonly string[]): boolean => some.reduce((sum, block) => sum + size(block), 0) <= limitBytes;
  if (fits(blocks)) return `${blocks.join('\n\n')}\n`;
  const kept: string[] = [];
  for (const block of blocks) {
    if (!fits([...kept, block, leftOut])) break;
    kept.push(block);
  }
  return fits([leftOut]) ? `${[...kept, leftOut].join('\n\n')}\n` : '';
}

function figures({ summary, details }: Written): string[] {
  const { findings } = summary;
  return [
    objectives(summary),
    regressions(summary),
    table(
      ['', ''],
      figuresOf(summary, details.analysts).map(([label, parts]) => [label, parts.join(' · ')]),
    ),
    breaches(summary),
    ...findings.slice(0, shown).map((finding) => {
      const { title, lines } = textOf(finding);
      const told = lines.filter(([label]) => label !== 'Step' && label !== 'Request');
      return `### Finding: ${escapeMarkdown(title)}\n\n${bullets(told.map(([label, text]) => `**${label}** ${escapeMarkdown(text)}`))}`;
    }),
    ...more(findings.length),
    slowest(summary, details),
    ...sectionsOf(summary.metrics)
      .filter(({ detail }) => !detail)
      .map(({ title, statistics, rows }) =>
        folded(
          title,
          table(
            ['', ...statistics, 'samples'],
            rows.map(({ label, metric, show }) => [
              label,
              ...statistics.map((statistic) => show(shownFigures(metric)[statistic])),
              samplesOf(metric),
            ]),
          ),
        ),
      ),
    `### Next\n\n${bullets(nextSteps({ summary, details }).map(({ what, why }) => `\`${what}\` ${why}`))}`,
  ];
}

function slowest({ metrics }: Summary, { timeline }: Written['details']): string {
  const steps = slowestSteps(metrics, timeline, shownSteps);
  if (steps.length === 0) return '';
  return `### Slowest steps\n\n${table(
    ['', 'p50', 'p95', 'max', 'samples', 'slowest'],
    steps.map(({ name, metric, slowest: one }) => {
      const { p50, p95, max } = shownFigures(metric);
      return [
        `${name}${isComputing(metric.name) ? ' (product computing)' : ''}`,
        duration(p50),
        duration(p95),
        duration(max),
        samplesOf(metric),
        one?.analyst ?? '–',
      ];
    }),
  )}`;
}

function breaches({ ledger }: Summary): string {
  const all = ledger.breaches ?? [];
  if (all.length === 0) return '';
  const items = all.slice(0, shown).map((breach) => {
    const { title, lines } = breachLines(breach);
    return [`**${escapeMarkdown(title)}**`, ...lines.map((line) => `  - ${escapeMarkdown(line)}`)].join('\n');
  });
  return `### Breaches of the ledger\n\n${bullets([...items, ...more(all.length)])}`;
}

function regressions({ baseline }: Summary): string {
  if (baseline === undefined) return '';
  const { runId, compared, unlike, regressions: worse } = baseline;
  const said =
    unlike.length > 0
      ? [`Not comparable: ${unlike.join('; ')}.`]
      : worse.length > 0
        ? worse
        : [`None of ${compared} metrics is worse.`];
  return `### Against ${escapeMarkdown(runId)}\n\n${bullets([...said.slice(0, shown), ...more(said.length)].map(escapeMarkdown))}`;
}

function objectives({ slo, sloNotAsked = [], verdict }: Summary): string {
  const rows = slo
    .map((row) => objectiveLine(row, verdict === 'INVALID'))
    .sort((a, b) => Number(a.pass) - Number(b.pass));
  const unasked = sloNotAsked.map((row) => ({
    ...objectiveLine({ ...row, actual: null, pass: false }),
    actual: '–',
    outcome: `not asked: ${row.why}`,
  }));
  if (rows.length + unasked.length === 0) return '';
  return `### Objectives\n\n${table(
    ['', 'wanted', 'actual', 'judged by', ''],
    [...rows, ...unasked].map(({ label, wanted, actual, outcome, samples }) => [
      label,
      wanted,
      actual,
      samples || '–',
      outcome,
    ]),
  )}`;
}

function more(all: number): string[] {
  return all > shown ? [`… and ${all - shown} more in report.html.`] : [];
}

function bullets(lines: readonly string[]): string {
  return lines.map((line) => `- ${line}`).join('\n');
}

function folded(title: string, content: string): string {
  return `<details><summary>${escapeMarkdown(title)}</summary>\n\n${content}\n\n</details>`;
}

/** The first column to the left, figures to the right. */
function table([head = '', ...others]: readonly string[], rows: readonly (readonly string[])[]): string {
  const right = others.length > 1;
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  return [
    line([head, ...others]),
    line(['---', ...others.map(() => (right ? '---:' : '---'))]),
    ...rows.map((cells) => line(cells.map(escapeMarkdown))),
  ].join('\n');
}

/** What a run quotes (names, messages of the product) is text: it makes no links, tables, headings or mentions, and has an end. */
export function escapeMarkdown(text: string): string {
  const whole = stripVTControlCharacters(text).replaceAll(/\s*\n\s*/g, ' ');
  return (whole.length <= longestText ? whole : `${whole.slice(0, longestText)}…`)
    .replaceAll(/[\\`*_[\]|<>#~]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replaceAll('@', '&#64;');
}
