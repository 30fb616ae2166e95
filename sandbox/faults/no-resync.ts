import { faithfulDelivery, type CreateDelivery, type Subscribed } from '../live/delivery.ts';
import type { QueryOutcome } from '../live/frames.ts';

/** By query, what was sent last. */
type Sent = Map<string, QueryOutcome>;

/**
 * A server that remembers what it has sent to each page, and takes a page that comes back for one that has it all: its
 * queries are answered from that memory. Only the next change of a result brings it up to date.
 */
export function withoutResync(): CreateDelivery {
  const pages = new Map<string, Sent>();
  return () => {
    const sent: Sent = new Map();
    let remembered: Sent = new Map();
    return {
      ...faithfulDelivery,
      connected: (sessionId, returning) => {
        remembered = new Map(returning ? pages.get(sessionId) : undefined);
        pages.set(sessionId, sent);
      },
      answer: (query, outcome) => {
        const answer = remembered.get(keyOf(query)) ?? outcome;
        // Asked again on the same connection, it is a new subscription like any other.
        remembered.delete(keyOf(query));
        sent.set(keyOf(query), answer);
        return answer;
      },
      push: (query, outcome) => {
        sent.set(keyOf(query), outcome);
        return outcome;
      },
    };
  };
}

function keyOf({ udfPath, args }: Subscribed): string {
  return `${udfPath} ${JSON.stringify(args)}`;
}
