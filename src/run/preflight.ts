/**
 * Global set-up, in two parts, each a list of steps.
 * `lookAround` (preflight/look-around.ts) finds out what could be wrong, all of it, and makes nothing: a new check goes there.
 * `makeReady` makes what must stand before the first analyst: a new step that leaves something behind goes there.
 * `npm run preflight` does the first part alone.
 */
import { resolveTarget } from '../product/target.ts';
import { backstage } from './backstage.ts';
import { readCalibration, warningFor } from './calibration.ts';
import { watchRunner } from './health.ts';
import { runIdentity } from './identity.ts';
import { lookAround, type Looked } from './preflight/look-around.ts';
import type { Readiness, Undertaking } from './preflight/readiness.ts';
import { emptyFolder, openResults, writeRunFile } from './results.ts';
import { handOn, readSettings } from './settings.ts';
import { heedSignals } from './signals.ts';

/** What a run is begun with, besides its settings. */
export interface Asked extends Looked {
  /** Tells a person how things stand, before anything is made. */
  readonly tell: (readiness: Readiness) => void;
}

/** @throws ConfigurationError: every problem, a sentence each that says what to do. */
export async function prepareRun({ tell, ...looked }: Asked): Promise<void> {
  const settings = readSettings();
  const identity = runIdentity(settings);
  const undertaking: Undertaking = { settings, identity, target: resolveTarget(settings) };
  heedSignals(
    undertaking.target.kind === 'embedded'
      ? 'The sandbox ends too, and its projects with it.'
      : `Projects of this run may be left in the product: delete those on its dashboard whose names begin with "${identity.prefix}".`,
  );
  handOn('headed', looked.headed ? 'yes' : 'no');
  const readiness = await lookAround(undertaking, looked);
  tell(readiness);
  await makeReady(undertaking, readiness);
}

async function makeReady({ settings, identity, target }: Undertaking, readiness: Readiness): Promise<void> {
  const { assignment, bundles, browserVersion } = readiness;
  await emptyFolder(settings.ALLURE_RESULTS_DIR);
  await openResults(identity);
  await writeRunFile(identity, settings, {
    target: { kind: target.kind, baseURL: target.baseUrl },
    browserVersion,
    bundles: bundles.map(({ name, files }) => ({ name, dataBytes: files.data.sizeBytes })),
  });
  backstage.health = watchRunner(identity, target.baseUrl);
  const warning = warningFor(settings, await readCalibration());
  if (warning !== undefined) console.warn(warning);
  // From here on there is something to clean up.
  backstage.admins = assignment.admins;
}
