/** Claims: files that only one process can create, so that of many who want the same thing one gets it. */
import { createHash } from 'node:crypto';
import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { pidOf, stateOf } from '../../scripts/lib/processes.mjs';
import { ConfigurationError } from './configuration-error.ts';
import { ownMark } from './processes.ts';

/**
 * Creates a file with its content in one step, unless it exists: a hard link, so that nobody reads half of it.
 * @returns whether it was created.
 */
export async function createOnce(file: string, content: string): Promise<boolean> {
  const draft = `${file}.${process.pid}.${Math.random().toString(36).slice(2)}.draft`;
  await writeFile(draft, content);
  try {
    await link(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(draft, { force: true });
  }
}

/** What a claim says, or undefined when there is none. */
export async function readClaim(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

/**
 * Takes a void claim away. Only who creates the marker of exactly this claim may, so that of two who saw it void the slower
 * one does not take away what the faster one has put in its place.
 */
export async function voidClaim(file: string, text: string): Promise<void> {
  const marker = `${file}.void-${createHash('sha256').update(text).digest('hex').slice(0, 16)}`;
  if (!(await createOnce(marker, ownMark()))) {
    const other = await readClaim(marker);
    if (other !== undefined && stateOf(other) === 'dead') await rm(marker, { force: true });
    else await sleep(20);
    return;
  }
  try {
    if ((await readClaim(file)) === text) await rm(file);
  } finally {
    await rm(marker, { force: true });
  }
}

/** How often a claim of somebody else is looked at, and how long it is waited for at most. Milliseconds. */
const lookEveryMs = 200;
const patienceMs = 30 * 60_000;

/**
 * Does something that only one process of this machine may do at a time, and waits for its turn. What a process claimed that
 * has ended is void.
 * @param waiting Hears once, and by its number, of the process that is waited for.
 * @throws ConfigurationError when that one goes on for more than half an hour.
 */
export async function aloneWith<T>(file: string, waiting: (pid: number) => void, action: () => Promise<T>): Promise<T> {
  const from = Date.now();
  let told = false;
  while (!(await createOnce(file, ownMark()))) {
    const holder = await readClaim(file);
    if (holder === undefined) continue; // Given back in between.
    if (stateOf(holder) === 'dead') {
      await voidClaim(file, holder);
      continue;
    }
    if (!told) waiting(pidOf(holder));
    told = true;
    if (Date.now() - from > patienceMs)
      throw new ConfigurationError(
        `${file} has been held by the process ${pidOf(holder)} for half an hour: end it, or delete the file if there is no such process.`,
      );
    await sleep(lookEveryMs);
  }
  try {
    return await action();
  } finally {
    await rm(file, { force: true });
  }
}
