/** Accounts are tried before the run, in a browser: the first analyst of each organisation, and each admin. */
import type { Browser } from '@playwright/test';
import { tryAdmin } from '../../product/preflight/try-admin.ts';
import { tryAnalyst } from '../../product/preflight/try-analyst.ts';
import { openDoor } from '../../product/sign-in/open-door.ts';
import { ClockBounds } from '../../telemetry/clock.ts';
import type { Account, Assignment } from '../accounts.ts';
import { ConfigurationError } from '../configuration-error.ts';
import { remarksOnEntry } from '../unproved.ts';
import { refuseLiveHost, remarkOnSignIn } from '../safety.ts';
import { offsetOf, refuseOffset, type ClockOffset } from './clocks.ts';
import { remarkOnDeletions } from './deletions.ts';
import { creates } from './estimate.ts';
import type { Problems } from './problems.ts';
import type { Undertaking } from './readiness.ts';

export interface Trials {
  readonly signInOrigins: readonly string[];
  readonly liveHosts: readonly string[];
  readonly liveClock: ClockOffset;
  readonly remarks: readonly string[];
}

export interface Tried {
  readonly undertaking: Undertaking;
  readonly assignment: Assignment;
  readonly browser: Browser;
}

/** Tries all of them at the same time, and adds to the problems what is wrong; undefined when there is no way in. */
export async function tryAccounts(
  problems: Problems,
  { undertaking: { settings, identity, target }, assignment: { analysts, admins }, browser }: Tried,
): Promise<Trials | undefined> {
  const door = await problems.of(() => openDoor(settings, target));
  if (!door) return undefined;
  const liveClock = new ClockBounds();
  const trial = { browser, door, baseUrl: target.baseUrl, timeoutMs: settings.STEP_DEADLINE_S * 1000 };
  const [looks, deletions] = await Promise.all([
    Promise.all(
      firstOfEach(analysts).map((account) =>
        tryAnalyst(problems, { ...trial, account, creates: creates(settings), liveClock }),
      ),
    ),
    Promise.all(
      [...admins.values()].map(async (account) => ({
        organization: account.organization,
        byPrefix: await tryAdmin(problems, { ...trial, account, prefix: identity.prefix }),
      })),
    ),
  ]);
  const seen = looks.filter((look) => look !== undefined);
  const signInOrigins = [...new Set(seen.flatMap((look) => look.signInOrigins))];
  const liveHosts = [...new Set(seen.flatMap((look) => look.liveHosts))];
  const offset = offsetOf(liveClock);
  await Promise.all([
    ...liveHosts.map((host) => problems.of(() => refuse(refuseLiveHost(host)))),
    problems.of(() => refuse(refuseOffset("the live server's", offset))),
  ]);
  return {
    signInOrigins,
    liveHosts,
    liveClock: offset,
    remarks: [
      ...remarksOnEntry(settings),
      ...seen.flatMap(({ unknown }) => unknown),
      ...deletions.flatMap(({ organization, byPrefix }) => {
        const projects = analysts.filter((account) => account.organization === organization).length;
        return byPrefix === false && creates(settings)
          ? (remarkOnDeletions(settings, organization, projects) ?? [])
          : [];
      }),
      ...signInOrigins.flatMap((origin) => remarkOnSignIn(origin) ?? []),
    ],
  };
}

/** @throws ConfigurationError when there is a sentence. */
export function refuse(sentence: string | undefined): void {
  if (sentence !== undefined) throw new ConfigurationError(sentence);
}

/** One analyst of each organisation; an invitation is good once, and not for a trial. */
function firstOfEach(analysts: readonly Account[]): Account[] {
  const known = analysts.filter(({ invitation }) => invitation === undefined);
  return known.filter(
    ({ organization }, index) => known.findIndex((other) => other.organization === organization) === index,
  );
}
