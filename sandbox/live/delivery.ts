import type { QueryOutcome } from './frames.ts';

/** A query that a connection has subscribed to; the same object from its Add to its Remove. */
export interface Subscribed {
  readonly udfPath: string;
  readonly args: Record<string, unknown>;
}

/** How results reach one connection's subscriptions. */
export interface Delivery {
  /** A client said who it is: `sessionId` lives as long as its page, and `returning` tells a reconnect from a first connection. */
  connected(sessionId: string, returning: boolean): void;
  /** What a new subscription is answered with. */
  answer(query: Subscribed, outcome: QueryOutcome): QueryOutcome;
  /** What is pushed when a result may have changed; undefined: nothing for now. */
  push(query: Subscribed, outcome: QueryOutcome): QueryOutcome | undefined;
}

/** Makes a connection's delivery; `sendLater` sends one result in a Transition of its own, if it is still subscribed to. */
export type CreateDelivery = (sendLater: (query: Subscribed, outcome: QueryOutcome) => void) => Delivery;

/** Every result as it is, at once. */
export const faithfulDelivery: Delivery = {
  connected: () => undefined,
  answer: (_query, outcome) => outcome,
  push: (_query, outcome) => outcome,
};
