/** The summary as Markdown, for the page of a CI job: verdict and reasons first, then what was missed, then the figures. Pure. */
import type { AnalystAccount } from '../analysts.ts';
import { figuresOf } from '../figures.ts';
import { textOf } from '../findings.ts';
import { breachLines } from '../ledger-view.ts';
import { objectiveLine, samplesOf, sectionsOf, shownFigures } from '../sections.ts';
import type { Summary, Verdict } from '../summary.ts';

/** How many reasons, breaches and findings are shown: GitHub takes a megabyte, a reader much less. */
const shown = 12;

/** A sign beside the verdict's word, so that neither stands alone. */
const signs: Record<Verdict, string> = { PASS: '✅', FAIL: '❌', INVALID: '⚠️' };

/** The whole page, with a line break at its end. `summary` is absent where the run never came so far as to have figures. */
export function renderMarkdown(
  { verdict, reasons }: Pick<Summary, 'verdict' | 'reasons'>,
  written?: { readonly summary: Summary; readonly analysts: readonly AnalystAccount[] },
): string {
  const [first = '', ...others] = reasons;
  const blocks = [
    `## ${signs[verdict]} Muster: ${verdict}`,
    escapeMarkdown(first),
    bullets(others.map(escapeMarkdown)),
    ...(written === undefined ? [] : figures(written.summary, written.analysts)),
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}

function figures(summary: Summary, analysts: readonly AnalystAccount[]): string[] {
  return [
    table(
      ['', ''],
      figuresOf(summary, analysts).map(([label, parts]) => [label, parts.join(' · ')]),
    ),
    breaches(summary),
    ...summary.findings.slice(0, shown).map((finding) => {
      const { title, lines } = textOf(finding);
      const told = lines.filter(([label]) => label !== 'Step' && label !== 'Request');
      return `### Finding: ${escapeMarkdown(title)}\n\n${bullets(told.map(([label, text]) => `**${label}** ${escapeMarkdown(text)}`))}`;
    }),
    regressions(summary),
    objectives(summary),
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
  ];
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

function objectives({ slo, sloNotAsked = [] }: Summary): string {
  const rows = slo.map(objectiveLine).sort((a, b) => Number(a.pass) - Number(b.pass));
  const unasked = sloNotAsked.map((row) => ({
    ...objectiveLine({ ...row, actual: null, pass: false }),
    actual: '–',
    outcome: `not asked: ${row.why}`,
  }));
  if (rows.length + unasked.length === 0) return '';
  return `### Objectives\n\n${table(
    ['', 'wanted', 'actual', ''],
    [...rows, ...unasked].map(({ label, wanted, actual, outcome }) => [label, wanted, actual, outcome]),
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

/** What a run quotes (names, messages of the product) is text: it makes no links, tables, headings or mentions. */
export function escapeMarkdown(text: string): string {
  return text
    .replaceAll(/\s*\n\s*/g, ' ')
    .replaceAll(/[\\`*_[\]|<>#~]/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replaceAll('@', '&#64;');
}
