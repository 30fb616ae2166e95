import { setTimeout as delay } from 'node:timers/promises';
import type { RunStatus } from '../contract.ts';
import type { Faults } from './index.ts';

/** When a review is accepted. */
export interface ReviewRules {
  /** Statuses of a run that may be reviewed. */
  readonly reviewable: readonly RunStatus[];
  /** Statuses from which the store takes the review. */
  readonly takenFrom: readonly RunStatus[];
  /** Whether the store takes one review a run only. */
  readonly once: boolean;
  /** Comes between the look at the run and the taking of its review. */
  store(): Promise<void>;
}

/**
 * Without faults: one review, of a run that awaits it, and the store decides as it takes it. `double-review`: the look
 * decides, and is old by the time the review is taken. `stale-review`: nobody looks at the run's status.
 */
export function reviewRules(faults: Faults): ReviewRules {
  const reviewable: RunStatus[] = ['pending_review'];
  if (faults.has('stale-review')) reviewable.push('cancelled');
  const twice = faults.has('double-review');
  return {
    reviewable,
    takenFrom: twice ? [...reviewable, 'resuming'] : reviewable,
    once: !twice,
    store: () => (twice ? delay(faults.amount('double-review')) : Promise.resolve()),
  };
}
