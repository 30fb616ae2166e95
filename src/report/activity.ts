/** How many runs of the product were active at a moment: those of this Muster run, from the launch to the end. */
import type { MusterEvent } from '../telemetry/events.ts';
import { lastWords } from './projects.ts';
import { countUpTo } from './statistics/ordered.ts';

/** The tag by which metrics have rows, and from how many active runs on each of its values holds. */
export const ACTIVE_CLASSES = [
  { name: '30+', from: 30 },
  { name: '10-29', from: 10 },
  { name: '4-9', from: 4 },
  { name: '1-3', from: 1 },
  { name: '0', from: 0 },
] as const;

/** What a card shows of a run that has ended. */
const ENDED: readonly string[] = ['Finished', 'Cancelled'];

/**
 * Tells the class of a moment, milliseconds since 1970. A run is active from its owner's click on Launch (or the product's
 * answer, where nobody stamped the click) until its card shows the end on its owner's dashboard, or else until its owner's
 * last word on it. One that waits for its review is active; one that was left unfinished stays so.
 */
export function activityOf(events: readonly MusterEvent[]): (at: number) => string {
  const seenToEnd = new Map<string, number>();
  for (const event of events) {
    if (event.type !== 'card' || !event.own || !ENDED.includes(event.status)) continue;
    const at = event.committedAt ?? event.arrivedAt ?? event.paintedAt;
    if (at !== undefined) seenToEnd.set(event.project, Math.max(at, seenToEnd.get(event.project) ?? 0));
  }
  const spans = lastWords(events).flatMap(({ name, projectId, launchedAt, durationMs, at, end }) => {
    if (projectId === undefined) return [];
    const from = launchedAt ?? at - (durationMs ?? 0);
    const isOver = end === 'completed' || end === 'failed' || end === 'cancelled';
    return [{ from, to: isOver ? Math.max(from, seenToEnd.get(name) ?? at) : Number.POSITIVE_INFINITY }];
  });
  const begun = Float64Array.from(spans, ({ from }) => from).sort();
  const over = Float64Array.from(spans, ({ to }) => to).sort();
  return (at) => {
    const active = countUpTo(begun, at) - countUpTo(over, at);
    return ACTIVE_CLASSES.find(({ from }) => active >= from)?.name ?? '0';
  };
}
