import { faithfulDelivery, type Delivery, type Subscribed } from '../live/delivery.ts';
import type { QueryOutcome } from '../live/frames.ts';

/** A push that nothing overtakes goes out after this long. */
const longestMs = 1000;

/**
 * Pushes that are made ready independently of each other: some take longer, and the one after them leaves first. The
 * older state then arrives last, and stays.
 * @param share of the pushes that take longer, 0 to 1.
 */
export function reorderedUpdates(
  share: number,
  sendLater: (query: Subscribed, outcome: QueryOutcome) => void,
  random: () => number = Math.random,
): Delivery {
  const underWay = new Map<Subscribed, { outcome: QueryOutcome; timer: NodeJS.Timeout }>();
  const leave = (query: Subscribed, outcome: QueryOutcome): void => {
    underWay.delete(query);
    sendLater(query, outcome);
  };
  return {
    ...faithfulDelivery,
    push: (query, outcome) => {
      if (!query.udfPath.startsWith('runs:')) return outcome;
      const slow = underWay.get(query);
      if (slow) {
        if (slow.outcome.digest === outcome.digest) return undefined;
        clearTimeout(slow.timer);
        setImmediate(() => leave(query, slow.outcome));
        return outcome;
      }
      if (random() >= share) return outcome;
      const timer = setTimeout(() => leave(query, outcome), longestMs).unref();
      underWay.set(query, { outcome, timer });
      return undefined;
    },
  };
}
