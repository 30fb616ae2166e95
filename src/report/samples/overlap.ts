/** How many analysts were at work at the same time, planned and achieved. */
import type { Summary } from '../summary.ts';

interface Interval {
  from: number;
  to: number;
}

/**
 * The overlap that was achieved: the most intervals open at once, and for what share of the time between the first
 * opening and the last closing that many were open. Times in milliseconds since 1970.
 */
export function achievedOverlap(intervals: readonly Interval[], planned: number): Summary['overlap'] {
  const turns = intervals
    .filter(({ from, to }) => to > from)
    .flatMap(({ from, to }) => [
      { at: from, by: 1 },
      { at: to, by: -1 },
    ])
    // Who comes as another goes was not at work beside them: closings first.
    .sort((a, b) => a.at - b.at || a.by - b.by);
  const first = turns[0];
  const last = turns.at(-1);
  if (!first || !last) return { planned, achieved: 0, shareAtMax: null };

  let open = 0;
  let achieved = 0;
  let previousAt = first.at;
  const timeAt = new Map<number, number>();
  for (const { at, by } of turns) {
    timeAt.set(open, (timeAt.get(open) ?? 0) + (at - previousAt));
    previousAt = at;
    open += by;
    achieved = Math.max(achieved, open);
  }
  return { planned, achieved, shareAtMax: (timeAt.get(achieved) ?? 0) / (last.at - first.at) };
}
