/**
 * Which account each analyst of this run has: decided once, by set-up, among those that no other run uses, and kept in the run's
 * folder for its workers. The file names accounts by their digests alone.
 */
import { readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { assignAccounts, type Account, type Assignment } from './accounts.ts';
import type { RunIdentity } from './identity.ts';
import { accountsForJourney } from './invitations.ts';
import { leasedElsewhere, leaseKey, takeLeases } from './leases.ts';
import { spareAdmin, type Settings } from './settings.ts';
import type { Target } from '../product/target.ts';

interface Wanted {
  readonly target: Target;
  readonly settings: Settings;
  readonly identity: RunIdentity;
}

/** Whether other runs could use the same accounts: a sandbox of one's own has no other, and with the bypass all are one user. */
function isShared({ target, settings }: Wanted): boolean {
  return target.kind === 'attached' && settings.AUTH_MODE !== 'bypass';
}

/** What this run would get now; takes nothing. @throws ConfigurationError that names the run that uses what is missing. */
export async function proposeAssignment(accounts: readonly Account[], wanted: Wanted): Promise<Assignment> {
  const { target, settings, identity } = wanted;
  const inUse = isShared(wanted) ? await leasedElsewhere(target.baseUrl, accounts, identity) : new Map<string, never>();
  return assignAccounts(accountsForJourney(accounts, settings), settings.ANALYSTS, spareAdmin(settings), inUse);
}

/** Takes the accounts, and writes down which. @throws ConfigurationError as above. */
export async function takeAssignment(accounts: readonly Account[], wanted: Wanted): Promise<Assignment> {
  const { target, identity } = wanted;
  for (;;) {
    const assignment = await proposeAssignment(accounts, wanted);
    // Another run may have been faster; then there is one account less to propose from.
    if (isShared(wanted) && (await takeLeases(target.baseUrl, assignment.analysts, identity)) !== undefined) continue;
    const keys = assignment.analysts.map(({ email }) => leaseKey(target.baseUrl, email));
    await writeFile(fileIn(identity.folder), JSON.stringify(keys));
    return assignment;
  }
}

/** The account of each analyst, as set-up decided. @throws when it did not, or an account has gone from the file since. */
export async function readAssignment(
  folder: string,
  { baseUrl }: Target,
  accounts: readonly Account[],
): Promise<Account[]> {
  const keys = z.array(z.string()).parse(JSON.parse(await readFile(fileIn(folder), 'utf8')));
  const byKey = new Map(accounts.map((account) => [leaseKey(baseUrl, account.email), account]));
  return keys.map((key, index) => {
    const account = byKey.get(key);
    if (!account)
      throw new Error(`The account of analyst ${index + 1} has gone from the accounts file since the run began.`);
    return account;
  });
}

function fileIn(folder: string): string {
  return path.join(folder, 'assignment.json');
}
