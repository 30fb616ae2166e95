/** One organisation is cleaned of one run, and that is written down, whatever comes of it. */
import type { Browser } from '@playwright/test';
import { openAdmin, type SignedInAdmin } from '../../product/admin.ts';
import type { Account } from '../accounts.ts';
import { sweep, unproved, type OrganizationAdmin, type Swept } from '../cleanup.ts';
import type { Journal, JournalBody } from '../journal.ts';
import type { JournalRecord } from '../journal-schema.ts';
import type { Settings } from '../settings.ts';
import { acceptedIn, hasUncertainLaunch, isElsewhere } from './books.ts';

/** How long after the last word of a journal a launch may still arrive whose answer nobody awaited; milliseconds. */
const uncertainForMs = 60_000;

export interface SweepOfRun {
  readonly prefix: string;
  /** Its journal so far; empty where that is gone. */
  readonly records: readonly JournalRecord[];
  /** Where the outcome is written down; undefined where the run has no folder. */
  readonly journal: Journal | undefined;
  readonly settings: Pick<Settings, 'CLEANUP_DEADLINE_S'>;
}

/** Never rejects: what went wrong is among the troubles. `admin` rejects when nobody could sign in. */
export async function sweepOrganization(
  organization: string,
  admin: () => Promise<OrganizationAdmin>,
  { prefix, records, journal, settings }: SweepOfRun,
): Promise<Swept> {
  let swept: Swept = {
    organization,
    looked: false,
    listed: [],
    deleted: [],
    remaining: [],
    stuck: [],
    foreign: [],
    troubles: [],
  };
  try {
    swept = await sweep(await admin(), {
      prefix,
      deadlineMs: settings.CLEANUP_DEADLINE_S * 1000,
      uncertain: hasUncertainLaunch(records) && Date.now() - lastWord(records) < uncertainForMs,
      elsewhere: isElsewhere(records, organization),
    });
  } catch (error) {
    swept = troubled(swept, error);
  }
  if (!swept.looked) swept = { ...swept, ...unproved(swept, acceptedIn(records, organization)) };
  try {
    await journal?.append(recordOf(swept));
    return swept;
  } catch (error) {
    return { ...troubled(swept, error), unrecorded: true };
  }
}

/** Signs an admin in, up to three times: what cannot be listed cannot be deleted, and one slow page must not decide that. */
export async function openPatiently(
  browser: Browser,
  baseUrl: string,
  account: Account,
  { STEP_DEADLINE_S }: Pick<Settings, 'STEP_DEADLINE_S'>,
): Promise<SignedInAdmin> {
  const timeoutMs = STEP_DEADLINE_S * 1000;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openAdmin(browser, baseUrl, account, attempt < 3 ? Math.min(20_000, timeoutMs) : timeoutMs);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

function recordOf({ organization, looked, listed, deleted, remaining, stuck, foreign }: Swept): JournalBody {
  return {
    type: 'swept',
    organization,
    listed: [...listed],
    deleted: [...deleted],
    remaining: [...remaining],
    ...(looked ? {} : { looked }),
    ...(stuck.length === 0 ? {} : { stuck: [...stuck] }),
    ...(foreign.length === 0 ? {} : { foreign: [...foreign] }),
  };
}

function troubled(swept: Swept, error: unknown): Swept {
  return { ...swept, troubles: [...swept.troubles, error instanceof Error ? error.message : String(error)] };
}

function lastWord(records: readonly JournalRecord[]): number {
  return Math.max(...records.map(({ at }) => at));
}
