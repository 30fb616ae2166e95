/** How analysts are shared out among worker processes where nobody says. */
import { availableParallelism } from 'node:os';

/**
 * How many analysts one worker carries. A worker costs some 120 MB, a loader and a browser, so there are as few as keep
 * their event loops in time: one for every eight analysts, and one for each core where there are more cores.
 * @param {number} analysts
 */
export function analystsPerWorker(analysts) {
  return Math.max(1, Math.ceil(analysts / Math.max(Math.ceil(analysts / 8), availableParallelism())));
}
