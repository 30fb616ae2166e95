/** How analysts are shared out among worker processes where nobody says. */
import { availableParallelism } from 'node:os';

/** Beyond so many analysts a worker's event loop is late too often. */
const most = 8;

/**
 * How many analysts one worker carries. A worker costs some 120 MB, a loader and a browser, so there are as few as keep
 * their event loops in time: one for every eight analysts, and one for each core where there are more cores.
 */
export function analystsPerWorker(analysts: number, cores = availableParallelism()): number {
  return Math.max(1, Math.ceil(analysts / Math.max(Math.ceil(analysts / most), cores)));
}
