/**
 * Global set-up, in two parts, each a list of steps.
 * `lookAround` (preflight/look-around.ts) finds out what could be wrong, all of it, and makes nothing: a new check goes there.
 * `makeReady` makes what must stand before the first analyst: a new step that leaves something behind goes there.
 * `npm run preflight` does the first part alone.
 */
import path from 'node:path';
import { pruneStates } from '../product/sign-in/kept-states.ts';
import { resolveTarget } from '../product/target.ts';
import { accountsFor } from './account-source.ts';
import { takeAssignment } from './assignment.ts';
import { backstage } from './backstage.ts';
import { readCalibration, warningFor } from './calibration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { watchRunner } from './health.ts';
import { runIdentity } from './identity.ts';
import { lookAround, type Looked } from './preflight/look-around.ts';
import type { Readiness, Undertaking } from './preflight/readiness.ts';
import { signOn } from './processes.ts';
import { startReaper } from './reaper.ts';
import { emptyFolder, openResults, writeRunFile } from './results.ts';
import { handOn, readSettings } from './settings.ts';
import { heedSignals, interruptRun } from './signals.ts';
import { stopFileOf, watchStopFile } from './stop-file.ts';
import { lookAfterLeftovers } from './sweep/leftovers.ts';
import { openTemporary } from './temporary.ts';

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
    `What was begun is cleaned up in the background, which is told here and in ${path.join(identity.folder, 'reaper.log')}. Should anything stay: npm run sweep -- --run ${path.basename(identity.folder)}`,
  );
  handOn('headed', looked.headed ? 'yes' : 'no');
  backstage.closeTemporary = await openTemporary();
  const readiness = await lookAround(undertaking, looked);
  tell(readiness);
  const stopFile = stopFileOf(settings);
  backstage.endWatch = watchStopFile(stopFile, () => interruptRun(`The stop file ${stopFile} has appeared`));
  await lookAfterLeftovers(settings, undertaking.target, (line) => console.warn(line));
  await makeReady(undertaking, readiness);
}

/** The first part alone, on the product of BASE_URL. @throws ConfigurationError as above. */
export async function rehearse(looked: Looked): Promise<Readiness> {
  const settings = readSettings();
  if (settings.BASE_URL === undefined)
    throw new ConfigurationError(
      'BASE_URL is not set, so there is no product to look at before the run: the sandbox is started for each run anew.',
    );
  return lookAround({ settings, identity: runIdentity(settings), target: resolveTarget(settings) }, looked);
}

async function makeReady({ settings, identity, target }: Undertaking, readiness: Readiness): Promise<void> {
  const { bundles, browserVersion, estimate } = readiness;
  await pruneStates();
  await emptyFolder(settings.ALLURE_RESULTS_DIR);
  await openResults(identity);
  await signOn(identity.folder, 'runner');
  const { admins } = await takeAssignment(await accountsFor(settings, target.accountsFile), {
    settings,
    identity,
    target,
  });
  await writeRunFile(identity, settings, {
    target: { kind: target.kind, baseURL: target.baseUrl },
    browserVersion,
    estimate,
    bundles: bundles.map(({ name, files }) => ({ name, dataBytes: files.data.sizeBytes })),
  });
  backstage.health = watchRunner(identity, target.baseUrl);
  const warning = warningFor(settings, await readCalibration());
  if (warning !== undefined) console.warn(warning);
  // From here on there is something to clean up.
  backstage.reaper = await startReaper(identity.folder, settings);
  backstage.admins = admins;
}
