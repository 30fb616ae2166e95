/** The tables of the console: what a run was held to, the figures that people ask for first, and the slowest steps. */
import { isComputing, objectiveLine, samplesOf, shownFigures, showIn, titleOf } from '../sections.ts';
import { slowestSteps } from '../slowest-steps.ts';
import type { Folded } from '../fold.ts';
import { metricOf } from '../registry/index.ts';
import type { SloRow, Summary } from '../summary.ts';
import { clip, columns, type Paint } from './text.ts';

/** The labels of both tables of times, so that their columns stand under each other. */
const LABEL_WIDTH = 34;
/** What the harness was built to measure; the report has everything else. */
const FIRST = [
  'web.lcp',
  'soft.lcp',
  'web.inp',
  'soft.inp',
  'card.freshness',
  'card.propagation',
  'upload.whole',
  'review.accepted',
];
const SHOWN_STEPS = 6;

/** What the tables are written on. */
export interface Page {
  readonly paint: Paint;
  /** In columns. */
  readonly width: number;
}

/** What the run was held to, the missed ones first. `undecided`: the figures are not to be trusted. */
export function objectives({ slo, sloNotAsked = [] }: Summary, undecided: boolean, { paint, width }: Page): string[] {
  if (slo.length + sloNotAsked.length === 0) return [];
  const lines = slo
    .map((row) => ({ row, ...objectiveLine(row, undecided) }))
    .sort((a, b) => Number(a.pass) - Number(b.pass));
  // Only where some are missing: whoever is judged by all of their samples need not be told.
  const partial = slo.some(({ count, excluded = 0 }) => excluded > 0 || count === 0);
  const judgedBy = ({ count = 0, excluded = 0 }: SloRow): string[] =>
    partial ? [excluded === 0 ? String(count) : `${count} of ${count + excluded}`] : [];
  const ink = ({ pass, advisory }: SloRow) =>
    undecided || (advisory && !pass) ? paint.doubtful : pass ? paint.good : paint.bad;
  const [head, ...body] = columns(
    [
      ['Objectives', 'wanted', 'actual', ...(partial ? ['samples'] : []), undecided ? 'not to be trusted' : ''],
      ...lines.map(({ row, label, wanted, actual, outcome }) => [
        label,
        wanted,
        actual,
        ...judgedBy(row),
        ink(row)(outcome),
      ]),
    ],
    width,
  );
  const unasked = sloNotAsked.map((each) =>
    paint.quiet(clip(`${objectiveLine({ ...each, actual: null, pass: false }).label}: not asked, ${each.why}`, width)),
  );
  return [paint.quiet(head ?? ''), ...body, ...unasked];
}

/** The figures that people ask for first, where there are any. */
export function headlines({ metrics }: Summary, { paint, width }: Page): string[] {
  const rows = FIRST.flatMap((name) =>
    metrics.filter((row) => row.name === name && Object.keys(row.tags).length === 0),
  );
  if (rows.length === 0) return [];
  const [head, ...body] = columns(
    [
      ['Figures'.padEnd(LABEL_WIDTH), 'p50', 'p75', 'p95', 'samples'],
      ...rows.map((metric) => {
        const show = showIn(metricOf(metric.name).unit);
        const { p50, p75, p95 } = shownFigures(metric);
        return [titleOf(metric.name), show(p50), show(p75), show(p95), samplesOf(metric)];
      }),
    ],
    width,
  );
  return [paint.quiet(head ?? ''), ...body];
}

/** Which steps took longest, and whose. */
export function slowest({ metrics }: Summary, timeline: Folded['timeline'], { paint, width }: Page): string[] {
  const steps = slowestSteps(metrics, timeline, SHOWN_STEPS);
  if (steps.length === 0) return [];
  const [head, ...body] = columns(
    [
      ['Slowest steps'.padEnd(LABEL_WIDTH), 'p50', 'p95', 'max', 'samples', 'slowest'],
      ...steps.map(({ name, metric, slowest: one }) => {
        const { p50, p95, max } = shownFigures(metric);
        const show = showIn(metricOf(metric.name).unit);
        return [
          isComputing(metric.name) ? `${name}, product computing` : name,
          show(p50),
          show(p95),
          show(max),
          samplesOf(metric),
          one === undefined ? '–' : `${one.analyst}${one.outcome === 'ok' ? '' : ', cut short'}`,
        ];
      }),
    ],
    width,
  );
  return [paint.quiet(head ?? ''), ...body];
}
