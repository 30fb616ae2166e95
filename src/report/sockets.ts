/** What the live connections did, counted as it comes. */
import type { MusterEvent } from '../telemetry/events.ts';
import type { Summary } from './summary.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** Codes with which a socket closes in good order: done, page left, no code given. RFC 6455, section 7.4.1. */
const ORDERLY_CLOSES: readonly number[] = [1000, 1001, 1005];

/** Whether a connection ended otherwise than it should; of one that nobody saw close that is not known. */
export function isAbnormal(closeCode: number | undefined): boolean {
  return closeCode !== undefined && !ORDERLY_CLOSES.includes(closeCode);
}

export class SocketCount {
  readonly #counts = {
    opened: 0,
    reconnects: 0,
    abnormalCloses: 0,
    framesReceived: 0,
    bytesReceived: 0,
    versionsMissed: 0,
    versionsDuplicated: 0,
    versionsLate: 0,
    rowsCaughtUp: 0,
  };
  readonly #closeCodes: Record<string, number> = {};
  readonly #places: Record<string, number> = {};
  readonly #subscriptions: Record<string, { results: number; bytes: number }> = {};

  add(event: Of<'socket'> | Of<'gap'>): void {
    if (event.type === 'gap') {
      this.#counts.rowsCaughtUp += event.rowsCaughtUp ?? 0;
      return;
    }
    this.#counts.framesReceived += event.framesReceived ?? 0;
    this.#counts.bytesReceived += event.bytesReceived ?? 0;
    if (event.phase === 'opened') this.#counts.opened += 1;
    else if (event.phase === 'reconnected') this.#counts.reconnects += 1;
    else this.#close(event);
  }

  counted(): Summary['sockets'] {
    return {
      ...this.#counts,
      closeCodes: this.#closeCodes,
      places: this.#places,
      subscriptions: this.#subscriptions,
    };
  }

  #close({
    closeCode,
    place,
    subscriptions = {},
    versionsMissed,
    versionsDuplicated,
    versionsLate,
  }: Of<'socket'>): void {
    if (isAbnormal(closeCode)) this.#counts.abnormalCloses += 1;
    this.#counts.versionsMissed += versionsMissed ?? 0;
    this.#counts.versionsDuplicated += versionsDuplicated ?? 0;
    this.#counts.versionsLate += versionsLate ?? 0;
    addOne(this.#closeCodes, String(closeCode ?? 'none'));
    if (place !== undefined) addOne(this.#places, place);
    for (const [name, { results, bytes }] of Object.entries(subscriptions)) {
      const entry = (this.#subscriptions[name] ??= { results: 0, bytes: 0 });
      entry.results += results;
      entry.bytes += bytes;
    }
  }
}

function addOne(counts: Record<string, number>, word: string): void {
  counts[word] = (counts[word] ?? 0) + 1;
}
