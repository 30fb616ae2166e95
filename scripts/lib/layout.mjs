/** How analysts are shared out among worker processes where nobody says. */
import { availableParallelism } from 'node:os';

/**
 * How many analysts one worker carries. A worker is the expensive part (some 120 MB and a loader each), so a machine gets
 * as many as it has cores, three at least, and each carries its share.
 * @param {number} analysts
 */
export function analystsPerWorker(analysts) {
  return Math.max(1, Math.ceil(analysts / Math.max(3, availableParallelism() - 1)));
}
