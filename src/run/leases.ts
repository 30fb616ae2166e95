/**
 * Leases of accounts: two runs on one machine against one product never sign in as the same person. A lease is a file whose
 * name is a digest of product and account; it is void once its run has ended, however that went.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { pidOf, stateOf } from '../../scripts/lib/processes.mjs';
import type { Account } from './accounts.ts';
import { createOnce, readClaim, voidClaim } from './claims.ts';
import type { RunIdentity } from './identity.ts';
import { ownMark, standingOf } from './processes.ts';

/** Shared by all runs of this checkout, whatever their results folder is. */
const commonRoom = path.resolve(import.meta.dirname, '../../.cache/leases');
/** A holder on another machine cannot be asked whether it lives; after so long it counts as gone. Milliseconds. */
const elsewhereForMs = 24 * 3600_000;

/** Who holds a lease. */
export interface Holder {
  readonly runId: string;
  /** Of the run's results. */
  readonly folder: string;
  /** The mark of its runner. */
  readonly runner: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/** A key of an account of a product, which tells neither. */
export function leaseKey(baseUrl: string, email: string): string {
  return createHash('sha256')
    .update(`${new URL(baseUrl).origin}\n${email}`)
    .digest('hex')
    .slice(0, 32);
}

/** A sentence's part on who holds a lease. */
export function holderInWords({ runId, runner }: Holder): string {
  return `the run ${runId} (process ${pidOf(runner)})`;
}

/** Leases of a product that other runs hold now, by e-mail address. */
export async function leasedElsewhere(
  baseUrl: string,
  accounts: readonly Account[],
  { runId }: Pick<RunIdentity, 'runId'>,
  room = commonRoom,
): Promise<Map<string, Holder>> {
  const held = new Map<string, Holder>();
  for (const { email } of accounts) {
    const holder = await readHolder(path.join(room, leaseKey(baseUrl, email)));
    if (holder && holder.runId !== runId && (await isLiving(holder))) held.set(email, holder);
  }
  return held;
}

/**
 * Takes the leases of these accounts, all or none.
 * @returns the account that another run took first, or undefined: all are this run's. Shards of one run share theirs.
 */
export async function takeLeases(
  baseUrl: string,
  accounts: readonly Account[],
  { runId, folder }: Pick<RunIdentity, 'runId' | 'folder'>,
  room = commonRoom,
): Promise<Account | undefined> {
  await mkdir(room, { recursive: true });
  const content = JSON.stringify({ runId, folder, runner: ownMark(), at: Date.now() } satisfies Holder);
  const taken: string[] = [];
  for (const account of accounts) {
    const file = path.join(room, leaseKey(baseUrl, account.email));
    const end = await takeLease(file, content, runId);
    if (end === 'taken') taken.push(file);
    if (end !== 'held') continue;
    await Promise.all(taken.map((mine) => rm(mine)));
    return account;
  }
  return undefined;
}

/** Gives back what this run, or this shard of it, holds. Of a run that was killed, whoever cleans up after it gives it back. */
export async function releaseLeases({ folder }: Pick<RunIdentity, 'folder'>, room = commonRoom): Promise<void> {
  for (const { file, text, holder } of await allLeases(room)) {
    if (holder.folder !== folder) continue;
    if (stateOf(holder.runner) === 'alive' && pidOf(holder.runner) === process.pid) await rm(file, { force: true });
    else if (!(await isLiving(holder))) await voidClaim(file, text);
  }
}

/** Ids of the runs that hold a lease and go on. */
export async function leasingRuns(room = commonRoom): Promise<Set<string>> {
  const living = new Set<string>();
  for (const { holder } of await allLeases(room)) if (await isLiving(holder)) living.add(holder.runId);
  return living;
}

async function takeLease(file: string, content: string, runId: string): Promise<'taken' | 'shared' | 'held'> {
  for (;;) {
    if (await createOnce(file, content)) return 'taken';
    const text = await readClaim(file);
    const holder = parseHolder(text);
    if (text === undefined) continue; // Given back in between.
    if (holder?.runId === runId) return 'shared';
    if (holder && (await isLiving(holder))) return 'held';
    await voidClaim(file, text);
  }
}

/** Its runner is at work, or its reaper is. */
async function isLiving({ runner, folder, at }: Holder): Promise<boolean> {
  const state = stateOf(runner);
  if (state === 'elsewhere') return Date.now() - at < elsewhereForMs;
  return state === 'alive' || (await standingOf(folder)).state === 'cleaning';
}

async function allLeases(room: string): Promise<{ file: string; text: string; holder: Holder }[]> {
  const names = await readdir(room).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const leases = names.filter((name) => /^[0-9a-f]{32}$/.test(name)).map((name) => path.join(room, name));
  const read = await Promise.all(
    leases.map(async (file) => {
      const text = await readClaim(file);
      const holder = parseHolder(text);
      return text === undefined || holder === undefined ? [] : [{ file, text, holder }];
    }),
  );
  return read.flat();
}

async function readHolder(file: string): Promise<Holder | undefined> {
  return parseHolder(await readClaim(file));
}

/** Undefined for what is no lease, as a full disk may leave it. */
function parseHolder(text: string | undefined): Holder | undefined {
  try {
    return text === undefined ? undefined : (JSON.parse(text) as Holder);
  } catch {
    return undefined;
  }
}
