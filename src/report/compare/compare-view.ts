/** A comparison as a person reads it in a terminal: what became worse first, then what became better, then the rest. */
import type { Compared, Comparison } from './compare.ts';
import { labelOf, metricOf } from '../registry/index.ts';
import { showIn } from '../sections.ts';
import { columns, type Paint } from '../console/text.ts';

const RANK: Record<Compared['outcome'], number> = { regression: 0, improvement: 1, 'no change shown': 2 };

/**
 * The table, without a last newline: the 95th percentile (a throughput's mean) of A and B, its change with the interval,
 * how far the analysts' medians are shifted, how likely that is by chance (p), and what share of the changes said would be
 * chance if this one was said (q).
 */
export function renderComparison({ rows, tooFew, blindToOne }: Comparison, paint: Paint): string {
  const ordered = [...rows].sort((a, b) => RANK[a.outcome] - RANK[b.outcome]);
  const ink = { regression: paint.bad, improvement: paint.good, 'no change shown': paint.quiet };
  const [head, ...body] = columns([
    ['metric', 'A', 'B', 'change', '95 % interval', 'medians', 'p', 'q', ''],
    ...ordered.map((row) => [
      row.metric + (row.judged.statistic === 'p95' ? ' p95' : ''),
      ...[row.judged.a, row.judged.b].map((value) => showIn(metricOf(row.metric).unit)(value)),
      signed(row.judged.change.value),
      `${signed(row.judged.change.low)} to ${signed(row.judged.change.high)}`,
      shiftOf(row),
      ...[row.p, row.q].map((chance) => (chance < 0.001 ? '< 0.001' : chance.toFixed(3))),
      ink[row.outcome](row.outcome),
    ]),
  ]);
  const few = tooFew.length === 0 ? [] : [`Too few analysts to compare: ${tooFew.join(', ')}.`];
  const blind = blindToOne
    ? [`So many metrics of so few analysts: a change of a single one cannot be told from chance, only one of several.`]
    : [];
  return [paint.quiet(head ?? ''), ...body, '', ...[...few, ...blind].map(paint.quiet)].join('\n').trimEnd();
}

/** A regression in a sentence. */
export function describeRegression({ metric: name, judged }: Compared): string {
  const show = showIn(metricOf(name).unit);
  const { statistic, a, b, change } = judged;
  return `${statistic} of ${labelOf(name)} went from ${show(a)} to ${show(b)} (${signed(change.value)}, 95 % interval ${signed(change.low)} to ${signed(change.high)}).`;
}

function shiftOf({ metric, shift }: Compared): string {
  const shown = showIn(metricOf(metric).unit)(Math.abs(shift.value));
  return shift.value === 0 ? shown : `${shift.value > 0 ? '+' : '−'}${shown}`;
}

function signed(change: number): string {
  const percent = Math.round(change * 100);
  return `${percent > 0 ? '+' : percent < 0 ? '−' : ''}${Math.abs(percent)} %`;
}
