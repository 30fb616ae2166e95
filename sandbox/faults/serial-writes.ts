import { setTimeout as delay } from 'node:timers/promises';
import pLimit from 'p-limit';
import type { Faults } from './index.ts';

/** Runs a write when its turn has come; without the fault, at once. */
export type InTurn = (write: () => void) => void;

// The queue is the server's: whoever has its faults waits in it.
const queues = new WeakMap<Faults, (write: () => void) => Promise<void>>();

function queueOf(faults: Faults): (write: () => void) => Promise<void> {
  const known = queues.get(faults);
  if (known) return known;
  const limit = pLimit(1);
  const queue = (write: () => void): Promise<void> =>
    limit(async () => {
      await delay(faults.amount('serial-writes'), undefined, { ref: false });
      write();
    });
  queues.set(faults, queue);
  return queue;
}

/** How the pipeline's writes reach the store. */
export function writesInTurn(faults: Faults): InTurn {
  if (!faults.has('serial-writes')) return (write) => write();
  const queue = queueOf(faults);
  return (write) => void queue(write);
}

/** How a request that writes waits for its turn. */
export function requestsInTurn(faults: Faults): () => Promise<void> {
  if (!faults.has('serial-writes')) return () => Promise.resolve();
  const queue = queueOf(faults);
  return () => queue(() => undefined);
}
