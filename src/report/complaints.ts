/** What pages, consoles, requests and toasts complained of: like with like, counted as it comes. */
import type { MusterEvent } from '../telemetry/events.ts';

type ErrorRecord = Extract<MusterEvent, { type: 'error' }>;

export interface Complaint {
  source: string;
  message: string;
  count: number;
  analysts: number;
}

/** So many different ones are kept by themselves; a message with an id in it is another one each time. */
export const MOST_COMPLAINTS = 500;

interface Group {
  readonly source: string;
  readonly message: string;
  readonly analysts: Set<string>;
  count: number;
}

export class Complaints {
  readonly #groups = new Map<string, Group>();
  /** What came when there were enough different ones, by source. */
  readonly #others = new Map<string, Group>();

  add({ source, message, analyst }: Pick<ErrorRecord, 'source' | 'message' | 'analyst'>): void {
    const key = `${source} ${message}`;
    const group = this.#groups.get(key) ?? this.#another(key, source, message);
    group.count += 1;
    group.analysts.add(analyst);
  }

  /** The most frequent first; last, how many there were that none of them is. */
  all(): Complaint[] {
    const groups = [...this.#groups.values()].sort((one, other) => other.count - one.count);
    return [...groups, ...this.#others.values()].map(({ source, message, count, analysts }) => ({
      source,
      message,
      count,
      analysts: analysts.size,
    }));
  }

  #another(key: string, source: string, message: string): Group {
    if (this.#groups.size < MOST_COMPLAINTS) return kept(this.#groups, key, source, message);
    return this.#others.get(source) ?? kept(this.#others, source, source, 'others, each different from those above');
  }
}

function kept(groups: Map<string, Group>, key: string, source: string, message: string): Group {
  const group: Group = { source, message, analysts: new Set(), count: 0 };
  groups.set(key, group);
  return group;
}
