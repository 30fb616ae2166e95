import { faithfulDelivery, type CreateDelivery } from '../live/delivery.ts';
import { droppedUpdates } from './dropped-update.ts';
import type { Faults } from './index.ts';

/** How results travel to connections, with the faults that concern it. */
export function deliveryWith(faults: Faults): CreateDelivery {
  if (faults.has('dropped-update')) return () => droppedUpdates(faults.amount('dropped-update'));
  return () => faithfulDelivery;
}
