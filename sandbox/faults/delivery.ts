import { faithfulDelivery, type CreateDelivery, type Delivery } from '../live/delivery.ts';
import { droppedUpdates } from './dropped-update.ts';
import type { Faults } from './index.ts';
import { withoutResync } from './no-resync.ts';
import { reorderedUpdates } from './reordered-update.ts';

/** How results travel to connections, through each fault that concerns it. */
export function deliveryWith(faults: Faults): CreateDelivery {
  const steps: CreateDelivery[] = [];
  if (faults.has('dropped-update')) steps.push(() => droppedUpdates(faults.amount('dropped-update')));
  if (faults.has('reordered-update'))
    steps.push((sendLater) => reorderedUpdates(faults.amount('reordered-update'), sendLater));
  if (faults.has('no-resync')) steps.push(withoutResync());
  return (sendLater) => steps.map((create) => create(sendLater)).reduce(inTurn, faithfulDelivery);
}

function inTurn(first: Delivery, second: Delivery): Delivery {
  return {
    connected: (sessionId, returning) => {
      first.connected(sessionId, returning);
      second.connected(sessionId, returning);
    },
    answer: (query, outcome) => second.answer(query, first.answer(query, outcome)),
    push: (query, outcome) => {
      const passed = first.push(query, outcome);
      return passed && second.push(query, passed);
    },
  };
}
