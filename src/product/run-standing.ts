/** The product's run statuses in words that any product could have. */
import type { StageEvent } from '../telemetry/events.ts';

/** How a run stands: at work, waiting for its owner, or at one of its ends. */
export type RunStanding = StageEvent['standing'];

const standings: Readonly<Record<string, RunStanding>> = {
  in_progress: 'active',
  resuming: 'active',
  pending_review: 'waiting',
  success: 'completed',
  partial: 'completed',
  error: 'failed',
  cancelled: 'cancelled',
};

/** How a run of that status (PRODUCT.md section 3) stands; one that is not known counts as active. */
export function standingOf(status: string): RunStanding {
  return standings[status] ?? 'active';
}
