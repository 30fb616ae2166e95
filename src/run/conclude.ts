/** Global teardown: every project of this run is cancelled and deleted, in every organisation that took part. */
import path from 'node:path';
import { resolveTarget } from '../product/target.ts';
import type { Account } from './accounts.ts';
import { backstage } from './backstage.ts';
import { openBrowser } from './browser.ts';
import { complaint, type Swept } from './cleanup.ts';
import { runIdentity, type RunIdentity } from './identity.ts';
import { openJournal, readJournal } from './journal.ts';
import { releaseLeases } from './leases.ts';
import { completeRunFile } from './results.ts';
import { readSettings, type Settings } from './settings.ts';
import { readStart } from './start-line.ts';
import { openPatiently, sweepOrganization } from './sweep/organization.ts';

/** @throws an Error that names every project that could not be deleted, and all else that went wrong on the way. */
export async function concludeRun(): Promise<void> {
  const { admins, reaper, health } = backstage;
  const problems: string[] = [];
  // One after the other, whatever becomes of the others: on a full disk, what needs no disk is done all the same.
  const attempt = async (action: () => unknown): Promise<void> => {
    try {
      await action();
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  };
  const settings = readSettings();
  const identity = runIdentity(settings);
  if (admins) {
    await attempt(() => keepStart(identity));
    await attempt(async () => {
      const ends = await cleanUp(admins, settings, identity);
      const left = complaint(ends);
      // Who could not even look leaves it to the reaper, which tries once more.
      if (ends.every(({ looked }) => looked)) await reaper?.release();
      if (left !== undefined) throw new Error(left);
    });
  } else await attempt(() => reaper?.release());
  await attempt(() => backstage.endWatch?.());
  await attempt(() => releaseLeases(identity));
  await attempt(() => backstage.closeTemporary?.());
  await attempt(() => health?.stop());
  if (problems.length > 0) throw new Error(problems.join('\n'));
}

async function keepStart({ folder }: RunIdentity): Promise<void> {
  const start = await readStart(path.join(folder, 'start'));
  if (start) completeRunFile(folder, { startEpoch: start.epoch });
}

/** Each organisation is swept to its end and has its record, whatever becomes of the others and of itself. */
async function cleanUp(
  admins: ReadonlyMap<string, Account>,
  settings: Settings,
  { folder, runId, prefix }: RunIdentity,
): Promise<Swept[]> {
  const records = await readJournal(folder);
  const journal = openJournal({ folder, runId, analyst: 'teardown' });
  const { baseUrl } = resolveTarget(settings);
  const browser = await openBrowser({ headed: false, browser: settings.BROWSER });
  try {
    return await Promise.all(
      [...admins.values()].map((account) =>
        sweepOrganization(account.organization, () => openPatiently(browser, baseUrl, account, settings), {
          prefix,
          records,
          journal,
          settings,
        }),
      ),
    );
  } finally {
    await browser.close();
  }
}
