import type { RunStore } from '../ports.ts';
import type { Faults } from './index.ts';

const interrupted = 'Pipeline interrupted — please re-run your project.';

/**
 * Looks for runs that were left behind by a process that died: in progress, and silent for too long. It forgets that a
 * run in the queue has nobody yet who could give a sign of life.
 * @returns ends the looking.
 */
export function reconcile(faults: Faults, runs: Pick<RunStore, 'unfinished' | 'transition'>): () => void {
  if (!faults.has('starved-queue')) return () => undefined;
  const silenceMs = faults.amount('starved-queue');
  const timer = setInterval(
    () => {
      for (const { _id, status, lastHeartbeat, _creationTime } of runs.unfinished()) {
        if (status !== 'in_progress' || (lastHeartbeat ?? _creationTime) > Date.now() - silenceMs) continue;
        runs.transition(_id, ['in_progress'], { status: 'error', message: interrupted, error: interrupted });
      }
    },
    Math.max(20, silenceMs / 4),
  );
  timer.unref();
  return () => clearInterval(timer);
}
