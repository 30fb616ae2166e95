/** The runs whose results are on this machine: how they stand, and what of them was never proved to be gone from the product. */
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { readJournal } from '../journal.ts';
import type { JournalRecord } from '../journal-schema.ts';
import { standingOf, type Standing } from '../processes.ts';
import { runFileSchema, type RunFile } from '../run-file.ts';
import { acceptedIn } from './books.ts';

export interface KnownRun {
  /** Of its folder: the run's id, and the shard's number behind it where the run was cut into shards. */
  readonly name: string;
  readonly folder: string;
  readonly runId: string;
  readonly prefix: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  readonly target: RunFile['target'];
  readonly standing: Standing;
  readonly records: readonly JournalRecord[];
  /** Names of projects that the product accepted, or may have, and that no list has shown to be gone since. */
  readonly unproved: readonly string[];
}

/** All runs in a folder of results, oldest first; what is no run's folder, or lost its `run.json`, is passed over. */
export async function readRuns(resultsDir: string): Promise<KnownRun[]> {
  const folders = await subfolders(path.resolve(resultsDir));
  const runs = await Promise.all(folders.map(readRun));
  return runs.flatMap((run) => run ?? []).sort((one, other) => one.startedAt - other.startedAt);
}

async function readRun(folder: string): Promise<KnownRun | undefined> {
  const parsed = runFileSchema.safeParse(await readJson(path.join(folder, 'run.json')));
  if (!parsed.success) return undefined;
  const { runId, prefix, startedAt, target } = parsed.data;
  const [standing, records] = await Promise.all([standingOf(folder), readJournal(folder)]);
  return {
    name: path.basename(folder),
    folder,
    runId,
    prefix,
    startedAt: Date.parse(startedAt),
    target,
    standing,
    records,
    unproved: unprovedIn(records),
  };
}

/**
 * What a journal leaves open, over all organisations: where the list was looked at after the last launch, what it showed in
 * the end; everywhere else all that the product may have accepted.
 */
export function unprovedIn(records: readonly JournalRecord[]): string[] {
  const organizations = new Set(
    records.flatMap((record) => (record.type === 'intended' || record.type === 'swept' ? [record.organization] : [])),
  );
  return [...organizations].flatMap((organization) => {
    const intended = records.filter((record) => record.type === 'intended' && record.organization === organization);
    const lastIntended = Math.max(-Infinity, ...intended.map(({ at }) => at));
    const looks = records.flatMap((record) =>
      record.type === 'swept' &&
      record.organization === organization &&
      record.looked !== false &&
      record.at >= lastIntended
        ? [record]
        : [],
    );
    const last = looks.sort((one, other) => one.at - other.at).at(-1);
    return last === undefined ? acceptedIn(records, organization) : last.remaining;
  });
}

async function subfolders(folder: string): Promise<string[]> {
  try {
    const entries = await readdir(folder, { withFileTypes: true });
    return entries.filter((entry) => entry.isDirectory()).map((entry) => path.join(folder, entry.name));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
}

/** Undefined for a file that is not there or, on a disk that was full, not whole. */
async function readJson(file: string): Promise<unknown> {
  try {
    return JSON.parse(await readFile(file, 'utf8'));
  } catch (error) {
    if (error instanceof SyntaxError || (error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
