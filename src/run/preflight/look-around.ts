/**
 * Finds out what could be wrong before anything is made: all of it, at once. Checks that do not need one another run at the
 * same time; what needs something that failed is left out, for it would only say the same again.
 */
import { askHealth } from '../../product/preflight/health.ts';
import { mustLeadToProduct } from '../../product/preflight/invitation-hosts.ts';
import { accountsFor } from '../account-source.ts';
import { proposeAssignment } from '../assignment.ts';
import { openBrowser } from '../browser.ts';
import { readyBundles } from '../bundles.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { rememberScreen } from '../screen.ts';
import { received, type Settings } from '../settings.ts';
import { refuseStopFile, stopFileOf } from '../stop-file.ts';
import { estimateWithinBounds } from './bounds.ts';
import { offsetOf, refuseOffset } from './clocks.ts';
import { Problems } from './problems.ts';
import type { Readiness, Undertaking } from './readiness.ts';
import { refuse, tryAccounts } from './trials.ts';

/** What only the caller knows. */
export interface Looked {
  readonly headed: boolean;
  /** Whether Playwright takes traces, videos or screenshots. */
  readonly pictured?: boolean;
  /** The command line, from the runner's own command on. */
  readonly args: readonly string[];
  /** Names of the journeys there are. */
  readonly journeys: readonly string[];
  /** Files that the report will need; each throws when its own cannot be used. */
  readonly papers: readonly (() => Promise<unknown>)[];
}

const healthLimitMs = 15_000;

/** @throws ConfigurationError: every problem, a sentence each that says what to do. */
export async function lookAround(
  undertaking: Undertaking,
  { headed, pictured = false, args, journeys, papers }: Looked,
): Promise<Readiness> {
  const { settings, target } = undertaking;
  const probes = (received('probes') ?? 'none') !== 'none';
  const problems = new Problems();
  const settled = Promise.all([
    problems.of(() => mustBeKnown(settings, journeys)),
    problems.of(() => mustBeSeen(settings, headed)),
    problems.of(() => refuseStopFile(stopFileOf(settings))),
    ...papers.map((paper) => problems.of(paper)),
  ]);
  const [assignment, bundles, health, browser] = await Promise.all([
    problems.of(async () => proposeAssignment(await accountsFor(settings, target.accountsFile), undertaking)),
    problems.of(() => readyBundles(settings, { pictured })),
    problems.of(() => askHealth(target, healthLimitMs)),
    problems.of(() => openBrowser({ headed, browser: settings.BROWSER })),
    settled,
  ]);
  try {
    if (headed && browser) await rememberScreen(browser);
    const meant = { undertaking, args, probes, assignment, bundles };
    const [estimate, trials] = await Promise.all([
      target.kind === 'attached' ? problems.of(() => estimateWithinBounds(meant)) : undefined,
      assignment && health && browser ? tryAccounts(problems, { undertaking, assignment, browser }) : undefined,
      problems.of(() => refuse(health?.degraded)),
      assignment && health
        ? problems.of(() => mustLeadToProduct(assignment.analysts, { ...target, settings, timeoutMs: healthLimitMs }))
        : undefined,
      problems.of(() => refuse(health && refuseOffset("the product's", offsetOf(health.clock)))),
    ]);
    problems.throwIfAny();
    if (!assignment || !bundles || !health || !browser || !trials)
      throw new Error('A check of the preflight failed without saying why.');
    const { signInOrigins, liveHosts, liveClock, remarks } = trials;
    return {
      ...undertaking,
      assignment,
      bundles,
      browserVersion: browser.version(),
      remarks,
      ...(estimate ? { estimate } : {}),
      probes,
      signInOrigins,
      liveHosts,
      clocks: { product: offsetOf(health.clock), live: liveClock },
    };
  } finally {
    await browser?.close();
  }
}

function mustBeKnown({ JOURNEY }: Settings, journeys: readonly string[]): void {
  if (!journeys.includes(JOURNEY))
    throw new ConfigurationError(`JOURNEY is "${JOURNEY}": it must be one of ${journeys.join(', ')}.`);
}

function mustBeSeen({ REVIEW }: Settings, headed: boolean): void {
  if (REVIEW === 'human' && !headed)
    throw new ConfigurationError('REVIEW=human needs windows that a person can use: add --headed.');
}
