/** Global teardown: every project of this run is cancelled and deleted, in every organisation that took part. */
import path from 'node:path';
import type { Browser } from '@playwright/test';
import { openAdmin, type SignedInAdmin } from '../product/admin.ts';
import { resolveTarget } from '../product/target.ts';
import type { Account } from './accounts.ts';
import { backstage } from './backstage.ts';
import { openBrowser } from './browser.ts';
import { complaint, sweep, unproved, type Swept } from './cleanup.ts';
import { runIdentity, type RunIdentity } from './identity.ts';
import { openJournal, readJournal, type Journal } from './journal.ts';
import type { JournalRecord } from './journal-schema.ts';
import { completeRunFile } from './results.ts';
import { readSettings, type Settings } from './settings.ts';
import { readStart } from './start-line.ts';

/** @throws an Error that names every project that could not be deleted. */
export async function concludeRun(): Promise<void> {
  const { admins } = backstage;
  if (admins) await cleanUp(admins);
  backstage.health?.stop();
}

async function cleanUp(admins: ReadonlyMap<string, Account>): Promise<void> {
  const settings = readSettings();
  const identity = runIdentity(settings);
  const start = await readStart(path.join(identity.folder, 'start'));
  if (start) completeRunFile(identity.folder, { startEpoch: start.epoch });
  const records = await readJournal(identity.folder);
  const journal = openJournal({ folder: identity.folder, runId: identity.runId, analyst: 'teardown' });
  const browser = await openBrowser({ headed: false, browser: settings.BROWSER });
  try {
    // Each organisation is swept to its end and has its record, whatever becomes of the others and of itself.
    const ends = await Promise.all(
      [...admins.values()].map((admin) => sweepAs(browser, admin, { settings, identity, records, journal })),
    );
    const left = complaint(ends);
    if (left !== undefined) throw new Error(left);
  } finally {
    await browser.close();
  }
}

interface Sweeping {
  readonly settings: Settings;
  readonly identity: RunIdentity;
  readonly records: readonly JournalRecord[];
  readonly journal: Journal;
}

async function sweepAs(
  browser: Browser,
  account: Account,
  { settings, identity, records, journal }: Sweeping,
): Promise<Swept> {
  const { organization } = account;
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
    const admin = await openPatiently(browser, account, settings);
    try {
      swept = await sweep(admin, {
        prefix: identity.prefix,
        deadlineMs: settings.CLEANUP_DEADLINE_S * 1000,
        uncertain: hasUncertainLaunch(records),
        elsewhere: isElsewhere(records, organization),
      });
    } finally {
      await admin.close();
    }
  } catch (error) {
    swept = { ...swept, troubles: [...swept.troubles, error instanceof Error ? error.message : String(error)] };
  }
  if (!swept.looked) swept = { ...swept, ...unproved(swept, acceptedIn(records, organization)) };
  const { looked, listed, deleted, remaining, stuck, foreign } = swept;
  await journal.append({
    type: 'swept',
    organization,
    listed: [...listed],
    deleted: [...deleted],
    remaining: [...remaining],
    ...(looked ? {} : { looked }),
    ...(stuck.length === 0 ? {} : { stuck: [...stuck] }),
    ...(foreign.length === 0 ? {} : { foreign: [...foreign] }),
  });
  return swept;
}

/** Names of the projects that the product has accepted in an organisation, or may have. */
export function acceptedIn(records: readonly JournalRecord[], organization: string): string[] {
  const names = new Set<string>();
  for (const record of records) {
    if (record.type === 'intended' && record.organization === organization) names.add(record.project);
    if (record.type === 'refused') names.delete(record.project);
  }
  return [...names];
}

/** Whether a project was meant for other organisations only; of one that the journal does not know, nobody can tell. */
export function isElsewhere(records: readonly JournalRecord[], organization: string): (name: string) => boolean {
  const homes = new Map<string, Set<string>>();
  for (const record of records)
    if (record.type === 'intended')
      homes.set(record.project, (homes.get(record.project) ?? new Set()).add(record.organization));
  return (name) => homes.get(name)?.has(organization) === false;
}

/** Signs the admin in, up to three times: what cannot be listed cannot be deleted, and one slow page must not decide that. */
async function openPatiently(browser: Browser, account: Account, settings: Settings): Promise<SignedInAdmin> {
  const { baseUrl } = resolveTarget(settings);
  const timeoutMs = settings.STEP_DEADLINE_S * 1000;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openAdmin(browser, baseUrl, account, attempt < 3 ? Math.min(20_000, timeoutMs) : timeoutMs);
    } catch (error) {
      if (attempt === 3) throw error;
    }
  }
}

/** Whether some launch was begun whose answer nobody wrote down: the worker that awaited it is gone. */
export function hasUncertainLaunch(records: readonly JournalRecord[]): boolean {
  const answers = new Map<string, number>();
  for (const record of records) {
    if (record.type === 'intended') answers.set(record.project, (answers.get(record.project) ?? 0) + 1);
    if (record.type === 'acknowledged' || record.type === 'refused')
      answers.set(record.project, (answers.get(record.project) ?? 0) - 1);
  }
  return [...answers.values()].some((open) => open > 0);
}
