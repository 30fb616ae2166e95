/** How long teardown takes where a product deletes projects one by one. Pure. */
import type { Settings } from '../settings.ts';
import { limitOf } from './estimate.ts';

/**
 * A sentence when deleting so many projects of an organisation takes longer than teardown may; undefined when it does not.
 * The product limits deletions as it does launches (PRODUCT.md section 5), and the preflight has used one up.
 */
export function remarkOnDeletions(
  settings: Pick<Settings, 'LAUNCH_LIMIT' | 'CLEANUP_DEADLINE_S'>,
  organization: string,
  projects: number,
): string | undefined {
  const limit = limitOf(settings);
  if (!limit) return undefined;
  const minutes = Math.floor(projects / limit.launches) * limit.minutes;
  if (minutes * 60 < settings.CLEANUP_DEADLINE_S) return undefined;
  return `The product deletes projects one by one, and lets an organisation do so as often as launch (LAUNCH_LIMIT=${settings.LAUNCH_LIMIT}): deleting ${projects} of ${organization} takes about ${minutes} min, and CLEANUP_DEADLINE_S=${settings.CLEANUP_DEADLINE_S} ends before. Set it to ${(minutes + 2) * 60}.`;
}
