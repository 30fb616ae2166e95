/** What the live connections did, counted. */
import type { MusterEvent } from '../telemetry/events.ts';
import type { Summary } from './summary.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** Codes with which a socket closes in good order: done, page left, no code given. RFC 6455, section 7.4.1. */
const ORDERLY_CLOSES: readonly number[] = [1000, 1001, 1005];

/** Whether a connection ended otherwise than it should; of one that nobody saw close that is not known. */
export function isAbnormal(closeCode: number | undefined): boolean {
  return closeCode !== undefined && !ORDERLY_CLOSES.includes(closeCode);
}

export function countSockets(events: readonly Of<'socket'>[], gaps: readonly Of<'gap'>[]): Summary['sockets'] {
  const phase = (name: Of<'socket'>['phase']) => events.filter((event) => event.phase === name);
  const closed = phase('closed');
  const subscriptions: Record<string, { results: number; bytes: number }> = {};
  for (const event of closed)
    for (const [name, { results, bytes }] of Object.entries(event.subscriptions ?? {})) {
      const entry = (subscriptions[name] ??= { results: 0, bytes: 0 });
      entry.results += results;
      entry.bytes += bytes;
    }
  return {
    opened: phase('opened').length,
    reconnects: phase('reconnected').length,
    abnormalCloses: closed.filter(({ closeCode }) => isAbnormal(closeCode)).length,
    framesReceived: sum(events.map(({ framesReceived }) => framesReceived)),
    bytesReceived: sum(events.map(({ bytesReceived }) => bytesReceived)),
    versionsMissed: sum(closed.map(({ versionsMissed }) => versionsMissed)),
    versionsDuplicated: sum(closed.map(({ versionsDuplicated }) => versionsDuplicated)),
    versionsLate: sum(closed.map(({ versionsLate }) => versionsLate)),
    rowsCaughtUp: sum(gaps.map(({ rowsCaughtUp }) => rowsCaughtUp)),
    closeCodes: tally(closed.map(({ closeCode }) => String(closeCode ?? 'none'))),
    places: tally(closed.flatMap(({ place }) => place ?? [])),
    subscriptions,
  };
}

function sum(values: readonly (number | undefined)[]): number {
  return values.reduce<number>((total, value) => total + (value ?? 0), 0);
}

function tally(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
