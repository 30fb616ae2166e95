/** The order of a connection's Transitions: each starts where the one before it ended, or something went wrong on the way. Pure. */
import { decodeTs, type WireVersion } from './wire.ts';

/** `missed`: something between this Transition and the one before it is lacking; `late`: this one should have come earlier. */
export type Place = 'next' | 'missed' | 'duplicated' | 'late';

/** Ends of Transitions that are remembered, to know one that comes twice. */
const kept = 200;

export class Sequence {
  #current: WireVersion | undefined;
  readonly #seen = new Set<string>();
  /** Versions from which a Transition is lacking. */
  readonly #holes = new Set<string>();

  /** Where a Transition stands; `filled` when it is one that had been missed. Only `next` and `missed` ones hold news. */
  place(start: WireVersion, end: WireVersion): { readonly place: Place; readonly filled: boolean } {
    const current = this.#current;
    const key = `${keyOf(start)} ${keyOf(end)}`;
    const regular = current === undefined || keyOf(start) === keyOf(current);
    if (!regular && this.#seen.has(key)) return { place: 'duplicated', filled: false };
    this.#remember(key);
    if (!regular && isBefore(end, current)) return { place: 'late', filled: this.#holes.delete(keyOf(start)) };
    this.#current = end;
    if (regular) return { place: 'next', filled: false };
    this.#holes.add(keyOf(current));
    return { place: 'missed', filled: false };
  }

  #remember(key: string): void {
    this.#seen.add(key);
    if (this.#seen.size <= kept) return;
    for (const oldest of this.#seen) {
      this.#seen.delete(oldest);
      break;
    }
  }
}

function keyOf({ querySet, identity, ts }: WireVersion): string {
  return `${querySet}/${identity}/${ts}`;
}

function isBefore(one: WireVersion, other: WireVersion): boolean {
  const [a, b] = [decodeTs(one.ts), decodeTs(other.ts)];
  return a < b || (a === b && one.querySet <= other.querySet);
}
