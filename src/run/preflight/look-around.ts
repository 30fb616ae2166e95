/**
 * Finds out what could be wrong before anything is made: all of it, at once. Checks that do not need one another run at the
 * same time; what needs something that failed is left out, for it would only say the same again.
 */
import type { Browser } from '@playwright/test';
import { pick, verifyBundle } from '../../../datasets/catalog.ts';
import type { Bundle } from '../../../datasets/catalog-schema.ts';
import { askHealth } from '../../product/preflight/health.ts';
import { tryAdmin } from '../../product/preflight/try-admin.ts';
import { tryAnalyst, type AnalystLook } from '../../product/preflight/try-analyst.ts';
import { assignAccounts, readAccounts, type Account, type Assignment } from '../accounts.ts';
import { openBrowser } from '../browser.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { spareAdmin, type Settings } from '../settings.ts';
import { Problems } from './problems.ts';
import type { Readiness, Undertaking } from './readiness.ts';

/** What only the caller knows. */
export interface Looked {
  readonly headed: boolean;
  /** Names of the journeys there are. */
  readonly journeys: readonly string[];
  /** Files that the report will need; each throws when its own cannot be used. */
  readonly papers: readonly (() => Promise<unknown>)[];
}

const healthLimitMs = 15_000;

/** @throws ConfigurationError: every problem, a sentence each that says what to do. */
export async function lookAround(undertaking: Undertaking, looked: Looked): Promise<Readiness> {
  const { settings, target } = undertaking;
  const problems = new Problems();
  const remarks: string[] = [];
  const [, , , assignment, bundles, health, browser] = await Promise.all([
    problems.of(() => mustBeKnown(settings, looked.journeys)),
    problems.of(() => mustBeSeen(settings, looked.headed)),
    Promise.all(looked.papers.map((paper) => problems.of(paper))),
    problems.of(async () =>
      assignAccounts(await readAccounts(target.accountsFile), settings.ANALYSTS, spareAdmin(settings)),
    ),
    problems.of(() => verifyData(settings)),
    problems.of(() => askHealth(target, healthLimitMs)),
    problems.of(() => openBrowser({ headed: looked.headed, browser: settings.BROWSER })),
  ]);
  try {
    if (assignment && health && browser) {
      const looks = await tryAccounts(problems, { undertaking, assignment, browser });
      remarks.push(...looks.flatMap(({ unknown }) => unknown));
    }
    problems.throwIfAny();
    if (!assignment || !bundles || !browser) throw new Error('A check of the preflight failed without saying why.');
    return { target, assignment, bundles, browserVersion: browser.version(), remarks };
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

async function verifyData({ BUNDLES }: Settings): Promise<Bundle[]> {
  const bundles = await pick(BUNDLES.length > 0 ? BUNDLES : undefined);
  for (const bundle of bundles) await verifyBundle(bundle);
  return bundles;
}

interface Trial {
  readonly undertaking: Undertaking;
  readonly assignment: Assignment;
  readonly browser: Browser;
}

/** The first analyst of each organisation does what all will do, but launch; each admin shows that they may delete. */
async function tryAccounts(
  problems: Problems,
  { undertaking: { settings, identity, target }, assignment: { analysts, admins }, browser }: Trial,
): Promise<AnalystLook[]> {
  const trial = { browser, baseUrl: target.baseUrl, timeoutMs: settings.STEP_DEADLINE_S * 1000 };
  const creates = settings.JOURNEY !== 'browse';
  const [looks] = await Promise.all([
    Promise.all(firstOfEach(analysts).map((account) => tryAnalyst(problems, { ...trial, account, creates }))),
    ...[...admins.values()].map((account) => tryAdmin(problems, { ...trial, account, prefix: identity.prefix })),
  ]);
  return looks.filter((look) => look !== undefined);
}

/** One analyst of each organisation. */
function firstOfEach(analysts: readonly Account[]): Account[] {
  return analysts.filter(
    ({ organization }, index) => analysts.findIndex((other) => other.organization === organization) === index,
  );
}
