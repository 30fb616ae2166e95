/** What runs that were killed left on the product that the next one is about to drive. */
import type { Target } from '../../product/target.ts';
import type { Settings } from '../settings.ts';
import { readRuns, type KnownRun } from './runs.ts';
import { sweepLeftovers } from './sweep.ts';

/** Names what is left, and how to delete it; with LEFTOVERS=sweep it is deleted. A run is not kept from beginning. */
export async function lookAfterLeftovers(
  settings: Settings,
  target: Target,
  say: (line: string) => void,
): Promise<void> {
  for (const run of await leftoversOn(settings, target)) {
    const count = `${run.unproved.length} ${run.unproved.length === 1 ? 'project' : 'projects'}`;
    if (settings.LEFTOVERS === 'report')
      say(
        `${count} of the run ${run.name}, which was killed, may be left: npm run sweep -- --run ${run.name} deletes what is.`,
      );
    else await sweepLeftovers(settings, { run: run.name, olderThanMs: undefined, dryRun: false }, say);
  }
}

/** Runs on the same product that have ended without a proof that nothing is left. A sandbox of one's own is new each time. */
async function leftoversOn({ RESULTS_DIR }: Settings, target: Target): Promise<KnownRun[]> {
  if (target.kind === 'embedded') return [];
  const runs = await readRuns(RESULTS_DIR);
  return runs.filter(
    (run) => run.target.baseURL === target.baseUrl && run.unproved.length > 0 && run.standing.state === 'dead',
  );
}
