/** What each analyst's pages went through: the trend of what they held, and the frames that kept them from answering. */
import type { MusterEvent } from '../telemetry/events.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** A heap below this is reckoned as this: that 4 MB became 6 is what any application does once its code has run. */
const LEAST_HEAP_BYTES = 10e6;

/** The first and the last reading of one page of one document. */
export interface Growth {
  readonly page: string;
  readonly first: Of<'memory'>;
  readonly last: Of<'memory'>;
  /** 0.5: half as much again as at first, or 5 MB more where it was less than 10 MB. */
  readonly share: number;
}

/**
 * How the heap of an analyst's page grew, from that analyst's readings. Only like is compared with like: readings of the
 * same page of the same document, for another document starts anew and another page shows something else; of several such
 * pairs the one that lies furthest apart. Undefined without a pair.
 */
export function growthOf(readings: readonly Of<'memory'>[]): Growth | undefined {
  const spans = new Map<string, { first: Of<'memory'>; last: Of<'memory'> }>();
  for (const reading of [...readings].sort((a, b) => a.takenAt - b.takenAt)) {
    const key = [reading.attempt, reading.document, reading.page].join(' ');
    spans.set(key, { first: spans.get(key)?.first ?? reading, last: reading });
  }
  const [longest] = [...spans.values()]
    .filter(({ first, last }) => first !== last && first.heapBytes > 0)
    .sort((a, b) => b.last.takenAt - b.first.takenAt - (a.last.takenAt - a.first.takenAt));
  if (longest === undefined) return undefined;
  const { first, last } = longest;
  const share = (last.heapBytes - first.heapBytes) / Math.max(first.heapBytes, LEAST_HEAP_BYTES);
  return { page: first.page, first, last, share };
}

export interface PageAccount {
  analyst: string;
  /** At most sixty, oldest first; `at` in milliseconds since 1970. */
  readings: { at: number; page: string; heapBytes: number; nodes: number; tookMs: number }[];
  growth?: { page: string; share: number; overMs: number };
  longFrames: { count: number; blockingMs: number; worst?: WorstFrame };
}

export interface WorstFrame {
  at: number;
  page: string;
  durationMs: number;
  blockingMs: number;
  /** The page's own part of it: scripts, style and layout. */
  ownMs: number;
  /** The script that took longest: what called it, its function and its file. Absent when none took part. */
  script?: { durationMs: number; invoker: string; source: string; name: string };
}

/** One account for each analyst of whose pages anything is known. */
export function accountPages(events: readonly MusterEvent[]): PageAccount[] {
  const analysts = new Map<string, { readings: Of<'memory'>[]; frames: Of<'long-frame'>[] }>();
  for (const event of events) {
    if (event.type !== 'memory' && event.type !== 'long-frame') continue;
    const own = analysts.get(event.analyst) ?? { readings: [], frames: [] };
    analysts.set(event.analyst, own);
    if (event.type === 'memory') own.readings.push(event);
    else own.frames.push(event);
  }
  return [...analysts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([analyst, { readings, frames }]) => {
      const growth = growthOf(readings);
      const [worst] = [...frames].sort((a, b) => b.durationMs - a.durationMs);
      return {
        analyst,
        readings: thinned([...readings].sort((a, b) => a.takenAt - b.takenAt)).map(
          ({ takenAt: at, page, heapBytes, nodes, tookMs }) => ({ at, page, heapBytes, nodes, tookMs }),
        ),
        ...(growth && {
          growth: { page: growth.page, share: growth.share, overMs: growth.last.takenAt - growth.first.takenAt },
        }),
        longFrames: {
          count: frames.length,
          blockingMs: frames.reduce((sum, { blockingMs }) => sum + blockingMs, 0),
          ...(worst && { worst: worstOf(worst) }),
        },
      };
    });
}

/** As many as a trend needs, evenly chosen, the first and the last among them. */
function thinned<T>(all: readonly T[], most = 60): T[] {
  if (all.length <= most) return [...all];
  return all.filter(
    (_, place) =>
      Math.floor((place * (most - 1)) / (all.length - 1)) !== Math.floor(((place - 1) * (most - 1)) / (all.length - 1)),
  );
}

function worstOf({ startedAt: at, page, durationMs, blockingMs, ownMs, script }: Of<'long-frame'>): WorstFrame {
  return { at, page, durationMs, blockingMs, ownMs, ...(script && { script }) };
}
