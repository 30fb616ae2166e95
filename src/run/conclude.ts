/** Global teardown: every project of this run is cancelled and deleted, in every organisation that took part. */
import path from 'node:path';
import { chromium, type Browser } from '@playwright/test';
import { openAdmin, type SignedInAdmin } from '../product/admin.ts';
import { resolveTarget } from '../product/target.ts';
import type { Account } from './accounts.ts';
import { backstage } from './backstage.ts';
import { startBrowser } from './browser.ts';
import { complaint, sweep, type Swept } from './cleanup.ts';
import { runIdentity, type RunIdentity } from './identity.ts';
import { openJournal, readJournal, type Journal } from './journal.ts';
import type { JournalRecord } from './journal-schema.ts';
import { completeRunFile } from './results.ts';
import { readSettings, type Settings } from './settings.ts';
import { readStart } from './start-line.ts';

/** @throws an Error that names every project that could not be deleted. */
export async function concludeRun(): Promise<void> {
  try {
    const { admins } = backstage;
    if (admins) await cleanUp(admins);
  } finally {
    await backstage.browserServer?.close();
  }
}

async function cleanUp(admins: ReadonlyMap<string, Account>): Promise<void> {
  const settings = readSettings();
  const identity = runIdentity(settings);
  const start = await readStart(path.join(identity.folder, 'start'));
  if (start) completeRunFile(identity.folder, { startEpoch: start.epoch });
  const uncertain = hasUncertainLaunch(await readJournal(identity.folder));
  const journal = openJournal({ folder: identity.folder, runId: identity.runId, analyst: 'teardown' });
  const browser = await reachBrowser(settings);
  try {
    // Each organisation is swept to its end, whatever becomes of the others.
    const ends = await Promise.allSettled(
      [...admins.values()].map((admin) => sweepAs(browser, admin, { settings, identity, uncertain, journal })),
    );
    const failures = ends.flatMap((end) =>
      end.status === 'rejected' ? [String(end.reason instanceof Error ? end.reason.message : end.reason)] : [],
    );
    const left = complaint(ends.flatMap((end) => (end.status === 'fulfilled' ? [end.value] : [])));
    if (left !== undefined) failures.push(left);
    if (failures.length > 0) throw new Error(failures.join('\n'));
  } finally {
    await browser.close();
  }
}

interface Sweeping {
  readonly settings: Settings;
  readonly identity: RunIdentity;
  readonly uncertain: boolean;
  readonly journal: Journal;
}

async function sweepAs(
  browser: Browser,
  account: Account,
  { settings, identity, uncertain, journal }: Sweeping,
): Promise<Swept> {
  const admin = await openPatiently(browser, account, settings);
  try {
    return await sweep(admin, {
      prefix: identity.prefix,
      deadlineMs: settings.CLEANUP_DEADLINE_S * 1000,
      uncertain,
      journal,
    });
  } finally {
    await admin.close();
  }
}

/** Signs the admin in, up to three times: what cannot be listed cannot be deleted, and one slow page must not decide that. */
async function openPatiently(browser: Browser, account: Account, settings: Settings): Promise<SignedInAdmin> {
  const { baseUrl } = resolveTarget(settings);
  const timeoutMs = settings.STEP_DEADLINE_S * 1000;
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await openAdmin(browser, baseUrl, account, attempt < 3 ? Math.min(20_000, timeoutMs) : timeoutMs);
    } catch (error) {
      if (attempt === 3)
        throw new Error(
          `The projects of ${account.organization} could not be looked at, so nobody knows what remains there: ${error instanceof Error ? error.message : String(error)}`,
          { cause: error },
        );
    }
  }
}

/** The run's own browser, or a new one when that has died: its death must not keep projects alive. */
async function reachBrowser(settings: Settings): Promise<Browser> {
  const endpoint = backstage.browserServer?.wsEndpoint();
  if (endpoint !== undefined) {
    try {
      const browser = await chromium.connect(endpoint, { timeout: 10_000 });
      await (await browser.newContext()).close();
      return browser;
    } catch {
      await backstage.browserServer?.kill();
    }
  }
  backstage.browserServer = await startBrowser({ headed: false, browser: settings.BROWSER });
  return chromium.connect(backstage.browserServer.wsEndpoint());
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
