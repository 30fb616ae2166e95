/** What earlier runs launched on a product, from their journals: how much it has had to bear lately. */
import { readdir, readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { ConfigurationError } from './configuration-error.ts';
import { readJournal } from './journal.ts';
import { runFileSchema } from './run-file.ts';

export interface PastLaunch {
  readonly organization: string;
  /** Milliseconds since 1970. */
  readonly at: number;
}

/**
 * Launches on the product at this address since a moment (milliseconds since 1970), of all runs in the results folder.
 * A launch that the product refused is none; one whose answer nobody wrote down is one.
 * @throws ConfigurationError when a journal that was written since then cannot be read.
 */
export async function launchesSince(resultsDir: string, baseUrl: string, sinceMs: number): Promise<PastLaunch[]> {
  const folders = await readdir(resultsDir, { withFileTypes: true }).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const found = await Promise.all(
    folders
      .filter((entry) => entry.isDirectory())
      .map(({ name }) => launchesOf(path.join(resultsDir, name), baseUrl, sinceMs)),
  );
  return found.flat().sort((one, other) => one.at - other.at);
}

async function launchesOf(folder: string, baseUrl: string, sinceMs: number): Promise<PastLaunch[]> {
  if (!(await writtenSince(path.join(folder, 'journal'), sinceMs))) return [];
  if (!(await isOn(folder, baseUrl))) return [];
  const standing = new Map<string, PastLaunch[]>();
  for (const record of await journalOf(folder)) {
    if (record.type === 'intended') {
      const { project, organization, at } = record;
      standing.set(project, [...(standing.get(project) ?? []), { organization, at }]);
    }
    if (record.type === 'refused') standing.get(record.project)?.pop();
  }
  return [...standing.values()].flat().filter(({ at }) => at >= sinceMs);
}

async function journalOf(folder: string): ReturnType<typeof readJournal> {
  try {
    return await readJournal(folder);
  } catch (cause) {
    throw new ConfigurationError(
      `The journal of an earlier run, ${path.join(folder, 'journal')}, cannot be read, so nobody knows how much it launched: move that folder away if it is not needed.`,
      { cause },
    );
  }
}

/** Whether a run drove the product at this address; a folder that does not say is no run. */
async function isOn(folder: string, baseUrl: string): Promise<boolean> {
  const text = await readFile(path.join(folder, 'run.json'), 'utf8').catch(() => undefined);
  if (text === undefined) return false;
  const { success, data } = runFileSchema.safeParse(asJson(text));
  return success && data.target.kind === 'attached' && sameOrigin(data.target.baseURL, baseUrl);
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function sameOrigin(one: string, other: string): boolean {
  return URL.canParse(one) && URL.canParse(other) && new URL(one).origin === new URL(other).origin;
}

async function writtenSince(folder: string, sinceMs: number): Promise<boolean> {
  const names = await readdir(folder).catch(() => []);
  const times = await Promise.all(names.map(async (name) => (await stat(path.join(folder, name))).mtimeMs));
  return times.some((time) => time >= sinceMs);
}
