/** Global set-up: the product answers, accounts sign in, data is what it should be; then the run's folder and its browser. */
import type { Browser } from '@playwright/test';
import { pick, verifyBundle } from '../../datasets/catalog.ts';
import type { Bundle } from '../../datasets/catalog-schema.ts';
import { openAdmin } from '../product/admin.ts';
import { SignInPage } from '../product/pages/sign-in.ts';
import { probe, resolveTarget, type Target } from '../product/target.ts';
import { assignAccounts, readAccounts, type Assignment } from './accounts.ts';
import { backstage } from './backstage.ts';
import { openBrowser } from './browser.ts';
import { readCalibration, warningFor } from './calibration.ts';
import { ConfigurationError } from './configuration-error.ts';
import { watchRunner } from './health.ts';
import { runIdentity } from './identity.ts';
import { heedSignals } from './signals.ts';
import { emptyFolder, openResults, writeRunFile } from './results.ts';
import { handOn, readSettings, spareAdmin, type Settings } from './settings.ts';

/** @throws ConfigurationError: a sentence that says what to do. */
export async function prepareRun({ headed }: { headed: boolean }): Promise<void> {
  const settings = readSettings();
  const identity = runIdentity(settings);
  if (settings.REVIEW === 'human' && !headed)
    throw new ConfigurationError('REVIEW=human needs windows that a person can use: add --headed.');
  const target = resolveTarget(settings);
  heedSignals(
    target.kind === 'embedded'
      ? 'The sandbox ends too, and its projects with it.'
      : `Projects of this run may be left in the product: delete those on its dashboard whose names begin with "${identity.prefix}".`,
  );
  await probe(target, settings.ALLOWED_HOSTS, 15_000);
  const assignment = assignAccounts(await readAccounts(target.accountsFile), settings.ANALYSTS, spareAdmin(settings));
  const bundles = await verifyData(settings);

  handOn('headed', headed ? 'yes' : 'no');
  const browser = await openBrowser({ headed, browser: settings.BROWSER });
  try {
    await tryAccounts(browser, { target, settings, prefix: identity.prefix }, assignment);
    await emptyFolder(settings.ALLURE_RESULTS_DIR);
    await openResults(identity);
    await writeRunFile(identity, settings, {
      target: { kind: target.kind, baseURL: target.baseUrl },
      browserVersion: browser.version(),
      bundles: bundles.map(({ name, files }) => ({ name, dataBytes: files.data.sizeBytes })),
    });
    backstage.health = watchRunner(identity, target.baseUrl);
    const warning = warningFor(settings, await readCalibration());
    if (warning !== undefined) console.warn(warning);
  } finally {
    await browser.close();
  }
  backstage.admins = assignment.admins;
}

async function verifyData({ BUNDLES }: Settings): Promise<Bundle[]> {
  try {
    const bundles = await pick(BUNDLES.length > 0 ? BUNDLES : undefined);
    for (const bundle of bundles) await verifyBundle(bundle);
    return bundles;
  } catch (cause) {
    throw new ConfigurationError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** The first analyst signs in, and every organisation's admin sees its list: what cannot be cleaned is not begun. */
async function tryAccounts(
  browser: Browser,
  { target, settings, prefix }: { target: Target; settings: Settings; prefix: string },
  { analysts: [first], admins }: Assignment,
): Promise<void> {
  const timeoutMs = settings.STEP_DEADLINE_S * 1000;
  try {
    if (first) {
      const context = await browser.newContext({ baseURL: target.baseUrl });
      context.setDefaultTimeout(timeoutMs);
      await new SignInPage(await context.newPage()).signIn(first);
      await context.close();
    }
    for (const admin of admins.values()) {
      const opened = await openAdmin(browser, target.baseUrl, admin, timeoutMs);
      await opened.mayDelete(prefix, Date.now() + timeoutMs).catch((cause: unknown) => {
        throw new Error(
          `${admin.email} may not delete projects of ${admin.organization} (${cause instanceof Error ? cause.message : String(cause)}), and nothing is begun that cannot be deleted: give an account that is an admin there.`,
          { cause },
        );
      });
      await opened.close();
    }
  } catch (cause) {
    throw new ConfigurationError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}
