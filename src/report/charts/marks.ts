/** How much of a long run a chart draws: so many marks that the page stays quick to open, and a sentence on what they leave out. */
import { duration } from '../format.ts';
import { groupBy } from '../../run/group-by.ts';
import type { MachineSecond, QueueDepth, Span, Timeline } from '../timeline.ts';

/** A bar of a lane. `count`: of how many spans it was made. */
export interface Mark extends Span {
  readonly key: string;
  readonly count: number;
}

/**
 * More are not drawn: a mark is some 150 bytes of page, and an hour of sixty analysts has tens of thousands of steps. What
 * became of projects is told as finely as possible, for there one colour that is joined hides others.
 */
export const MOST_MARKS = { phases: 12_000, steps: 4000 } as const;

export interface Bounded<T> {
  readonly marks: readonly (T & Mark)[];
  /** Marks of one kind that are less than this apart, milliseconds, are one. */
  readonly gapMs: number;
}

/**
 * Makes one mark of those with the same key that are less than a pixel apart, and of ever more distant ones until so many
 * are left that they can be drawn. The first of them speaks for all.
 */
export function bounded<T extends Span & { readonly key: string }>(
  spans: readonly T[],
  pixelMs: number,
  most: number,
): Bounded<T> {
  const rows = [...groupBy(spans, ({ key }) => key).values()].map((row) =>
    [...row].sort((one, other) => one.from - other.from),
  );
  for (let gapMs = pixelMs; ; gapMs *= 2) {
    const marks = rows.flatMap((row) => joined(row, gapMs));
    if (marks.length <= most || marks.length <= rows.length) return { marks, gapMs };
  }
}

function joined<T extends Span>(row: readonly T[], gapMs: number): (T & { count: number })[] {
  const marks: (T & { from: number; to: number; count: number })[] = [];
  for (const span of row) {
    const last = marks.at(-1);
    if (last && span.from - last.to < gapMs) {
      last.to = Math.max(last.to, span.to);
      last.count += 1;
    } else marks.push({ ...span, count: 1 });
  }
  return marks;
}

/** What is to be said of marks that were made of several; empty where that cannot be seen. */
export function jointNote(drawn: readonly Bounded<Span>[], pixelMs: number): string {
  const coarse = drawn.filter(({ gapMs, marks }) => gapMs > pixelMs && marks.some(({ count }) => count > 1));
  const widest = coarse.reduce((most, { gapMs }) => Math.max(most, gapMs), 0);
  return widest === 0
    ? ''
    : `So long a run is drawn coarsely: bars of one colour less than ${duration(widest)} apart may be drawn as one.`;
}

/** The run in as many columns as a chart has pixels: of each column the deepest queue, the mean processor time and the latest loop. */
export function inColumns(timeline: Timeline, columns: number): Pick<Timeline, 'depths' | 'machine' | 'suspect'> {
  const { from, to } = timeline;
  const width = Math.max(1, (to - from) / columns);
  const columnOf = ({ at }: { readonly at: number }): number => Math.floor((at - from) / width);
  const fits = (series: readonly unknown[]): boolean => series.length <= 2 * columns;
  return {
    depths: fits(timeline.depths) ? timeline.depths : deepest(timeline.depths, columnOf),
    machine: fits(timeline.machine)
      ? timeline.machine
      : [...groupBy(timeline.machine, columnOf).values()].map(meanSecond),
    suspect: joined(timeline.suspect, width).map(({ from: begin, to: end }) => ({ from: begin, to: end })),
  };
}

/** What a column begins with counts for it, too. */
function deepest(depths: readonly QueueDepth[], columnOf: (depth: QueueDepth) => number): QueueDepth[] {
  const most: { at: number; queued: number; running: number; review: number }[] = [];
  let before: QueueDepth | undefined;
  for (const depth of depths) {
    const last = most.at(-1);
    const same = last !== undefined && before !== undefined && columnOf(before) === columnOf(depth);
    const carried = same ? last : before;
    const column = {
      at: same ? last.at : depth.at,
      queued: Math.max(depth.queued, carried?.queued ?? 0),
      running: Math.max(depth.running, carried?.running ?? 0),
      review: Math.max(depth.review, carried?.review ?? 0),
    };
    if (same) most[most.length - 1] = column;
    else most.push(column);
    before = depth;
  }
  if (before && most.length > 0) most.push({ ...before });
  return most;
}

function meanSecond(seconds: readonly MachineSecond[]): MachineSecond {
  const mean = (pick: (second: MachineSecond) => number | undefined): number | undefined => {
    const values = seconds.flatMap((second) => pick(second) ?? []);
    return values.length === 0 ? undefined : values.reduce((sum, value) => sum + value, 0) / values.length;
  };
  const lags = seconds.flatMap(({ loopLagMs }) => loopLagMs ?? []);
  return {
    at: seconds[0]?.at ?? 0,
    generator: mean(({ generator }) => generator),
    product: mean(({ product }) => product),
    rest: mean(({ rest }) => rest),
    loopLagMs: lags.length === 0 ? undefined : Math.max(...lags),
  };
}
