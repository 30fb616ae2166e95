/** The parts of `report.html` that show rather than list: answers in a sentence, the run over time, distributions, causes. */
import type { Answer } from '../answers.ts';
import type { Cause } from '../causes.ts';
import type { DrawnDistribution } from '../charts/distribution-chart.ts';
import { timeTable, timeTitle } from '../charts/time-chart.ts';
import { duration } from '../format.ts';
import { bareTable, escape, table } from './parts.ts';
import { labelOf, metricOf } from '../registry/index.ts';
import { shownFigures, showIn } from '../sections.ts';
import type { MetricRow } from '../summary.ts';
import type { Timeline } from '../timeline.ts';

/** Charts, drawn before the page is put together. */
export interface Charts {
  readonly timeline: string | undefined;
  readonly distributions: readonly DrawnDistribution[];
}

export function answerSection(answers: readonly Answer[]): string {
  if (answers.length === 0) return '';
  const rows = answers.map(({ question, answer }) => `<dt>${escape(question)}</dt><dd>${escape(answer)}</dd>`);
  return `<section><dl class="answers">${rows.join('')}</dl></section>`;
}

export function timelineSection(timeline: Timeline | undefined, svg: string | undefined): string {
  if (timeline === undefined || svg === undefined) return '';
  const { heads, rows } = timeTable(timeline);
  const shaded =
    timeline.suspect.length === 0
      ? ''
      : ' Shaded: the generator was past a guard, and what was measured then is kept apart.';
  const lines = rows.map((cells) => `<tr><td>${cells.map(escape).join('</td><td>')}</td></tr>`);
  return `<section class="wide"><h2>${escape(timeTitle(timeline))}</h2><p class="note">Above, what became of each analyst’s project; below it, the analyst’s own steps, with pauses between them as people make them. Then how many runs were where, and how busy the machine was.${shaded}</p><figure class="scroll">${svg}</figure><details><summary>The same as a table</summary>${bareTable(heads, lines)}</details></section>`;
}

export function distributionSection(distributions: readonly DrawnDistribution[]): string {
  if (distributions.length === 0) return '';
  const figures = distributions.map(
    ({ title, svg }) => `<figure>${svg}<figcaption>${escape(title)}</figcaption></figure>`,
  );
  return `<section class="wide"><h2>How long it took, and for how many: the share of samples that were at most so long</h2><div class="grid">${figures.join('')}</div></section>`;
}

/** LCP and INP by page, and of what they consisted: the slowest first. */
export function causeSection(causes: readonly Cause[], metrics: readonly MetricRow[]): string {
  const p75 = ({ metric, page }: Cause): number | null => {
    const row = metrics.find(
      ({ name, tags }) => name === metric && tags['page'] === page && Object.keys(tags).length === 1,
    );
    return row ? shownFigures(row).p75 : null;
  };
  const lines = [...causes]
    .sort((one, other) => (p75(other) ?? 0) - (p75(one) ?? 0))
    .map((cause) => {
      const { metric, page, samples, parts, element } = cause;
      const [longest, ...others] = parts;
      const said =
        longest === undefined ? '–' : [longest, ...others].map(({ what, ms }) => `${what} ${duration(ms)}`).join(', ');
      const cells = [
        page,
        labelOf(metric),
        showIn(metricOf(metric).unit)(p75(cause)),
        String(samples),
        said,
        element ?? '–',
      ];
      return `<tr><td>${cells.map(escape).join('</td><td>')}</td></tr>`;
    });
  if (lines.length === 0) return '';
  return table(
    'Pages, and what made them slow',
    ['Page', 'Vital', 'p75', 'Samples', 'Consisted of (medians)', 'Element, most often'],
    lines,
  );
}
