/** Finishes the cleanup of runs that could not do it themselves: from their journals, or from the names of projects alone. */
import { tidyTemporary } from '../../../scripts/lib/temporary.mjs';
import { askHealth } from '../../product/preflight/health.ts';
import { resolveTarget, type Target } from '../../product/target.ts';
import { accountsFor } from '../account-source.ts';
import { cleanupAdmins } from '../accounts.ts';
import { openBrowser } from '../browser.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { leasingRuns, releaseLeases } from '../leases.ts';
import { received, spareAdmin, type Settings } from '../settings.ts';
import { openTemporary } from '../temporary.ts';
import type { SweepArguments } from './arguments.ts';
import { decide, type Circumstances } from './decide.ts';
import { runOfPrefix } from './prefixes.ts';
import { sweepProduct } from './product.ts';
import { readRuns, type KnownRun } from './runs.ts';

type Options = Pick<SweepArguments, 'run' | 'olderThanMs' | 'dryRun'>;

/**
 * Sweeps what was asked for; says what it does, a line each.
 * @returns whether nothing is left of it.
 * @throws ConfigurationError when the accounts cannot be read or no browser starts.
 */
export async function sweepLeftovers(
  settings: Settings,
  options: Options,
  say: (line: string) => void,
): Promise<boolean> {
  const runs = await readRuns(settings.RESULTS_DIR);
  const known = new Map(runs.map((run) => [run.prefix, run]));
  const circumstances = { options, known, leasing: await leasingRuns(), now: Date.now() };
  const asked = runs.filter((run) => isAsked(run, options));
  const target = targetOf(settings);
  const there = asked.filter(({ target: { baseURL } }) => baseURL === target?.baseUrl);
  const elsewhere = asked.filter((run) => !there.includes(run));
  for (const run of asked.filter(({ standing }) => standing.state === 'alive'))
    say(`${run.prefix}: left alone, because it is still going (process ${run.standing.pid ?? 'unknown'}).`);
  const cleanElsewhere = elsewhere.map((run) => tellElsewhere(run, circumstances, say)).every(Boolean);
  const cleanThere =
    target === undefined ? true : await sweepTarget(target, settings, { ...circumstances, ...options, say });
  if (!options.dryRun) {
    for (const run of asked) if (run.standing.state === 'dead') await releaseLeases(run);
    tidyTemporary();
  }
  return cleanElsewhere && cleanThere;
}

function isAsked({ name, runId }: KnownRun, { run }: Options): boolean {
  return run === undefined || run === name || run === runId;
}

/** The product that may be asked, if there is one: somebody's, or the sandbox that the runner of a reaper has started. */
function targetOf(settings: Settings): Target | undefined {
  return settings.BASE_URL === undefined && received('sandboxUrl') === undefined ? undefined : resolveTarget(settings);
}

/** What a run left behind on a product that is not the one that was named. */
function tellElsewhere(run: KnownRun, circumstances: Circumstances, say: (line: string) => void): boolean {
  const named = runOfPrefix(run.prefix);
  if (run.unproved.length === 0 || /alive|cleaning/.test(run.standing.state) || !named) return true;
  if (run.target.kind === 'embedded') {
    if (circumstances.options.run !== undefined)
      say(`${run.prefix}: nothing is left, for it drove a sandbox of its own, which has ended with it.`);
    return true;
  }
  if (!decide(named, circumstances).sweep) return true;
  say(
    `${run.prefix}: ${run.unproved.length} of its projects may be left on ${run.target.baseURL}: set BASE_URL and ACCOUNTS_FILE to it, and sweep again.`,
  );
  return false;
}

async function sweepTarget(
  target: Target,
  settings: Settings,
  options: Circumstances & { readonly dryRun: boolean; readonly say: (line: string) => void },
): Promise<boolean> {
  if (target.kind === 'embedded' && (await isGone(target))) {
    options.say('Nothing is left: the sandbox has ended, and the projects with it.');
    return true;
  }
  const refusal = await refusalOf(target, settings);
  if (refusal !== undefined) {
    options.say(`Nobody knows what is left: ${refusal}`);
    return false;
  }
  const { admins, without } = cleanupAdmins(await accountsFor(settings, target.accountsFile), spareAdmin(settings));
  for (const organization of without)
    options.say(`The projects of ${organization} could not be looked at: the accounts file has no admin of it.`);
  const closeTemporary = await openTemporary();
  try {
    const browser = await openBrowser({ headed: false, browser: settings.BROWSER });
    try {
      const clean = await sweepProduct(browser, admins, { ...options, settings, baseUrl: target.baseUrl });
      return clean && without.length === 0;
    } finally {
      await browser.close();
    }
  } finally {
    await closeTemporary();
  }
}

/** Whether nobody answers any more. */
async function isGone({ baseUrl }: Target): Promise<boolean> {
  try {
    await fetch(baseUrl, { redirect: 'manual' });
    return false;
  } catch {
    return true;
  }
}

/** Why the product cannot be asked, or must not be; undefined when it can. */
async function refusalOf(target: Target, { STEP_DEADLINE_S }: Settings): Promise<string | undefined> {
  try {
    await askHealth(target, STEP_DEADLINE_S * 1000);
    return undefined;
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
}
