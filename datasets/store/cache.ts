/**
 * The local cache of a store: its files, verified, and a list of them. Set-up fills it; whoever reads it afterwards asks
 * nothing of the store.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { checksum } from '../checksum.ts';
import type { Store } from './client.ts';
import { download } from './download.ts';
import { StoreError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { Progress, type Voice } from './progress.ts';
import { datasetsNamed, storedFile, storedManifest, type StoredFile } from './stored.ts';

const cachedFile = z.object({
  role: z.enum(['sav', 'survey', 'banner']),
  filename: z.string(),
  sizeBytes: z.int(),
  sha256: z.string(),
  etag: z.string(),
});
const listSchema = z.object({
  version: z.literal(1),
  datasets: z.array(z.object({ name: z.string(), files: z.array(cachedFile) })),
});

/** The datasets that are here, with what their files were verified to be when they were last fetched. */
export type CachedDataset = z.infer<typeof listSchema>['datasets'][number];

export interface Fetched {
  readonly datasets: readonly CachedDataset[];
  /** Files that had to be fetched, and their bytes; the others were there. */
  readonly fetched: number;
  readonly fetchedBytes: number;
}

const transfersAtOnce = 4;
const looksAtOnce = 16;

/** The folder within the cache of a store: every store has one of its own, and so has the embedded product's, whatever its port. */
export function cacheOf(
  cache: string,
  store: { readonly endpoint: string; readonly bucket: string } | 'embedded',
): string {
  if (store === 'embedded') return path.join(cache, 'embedded');
  const digest = createHash('sha256').update(`${store.endpoint} ${store.bucket}`).digest('hex');
  return path.join(cache, `${store.bucket.replace(/[^\w.-]/g, '_')}-${digest.slice(0, 8)}`);
}

/** Where a file of the cache lies. */
export function cachedPath(folder: string, dataset: string, filename: string): string {
  return path.join(folder, 'files', dataset, filename);
}

/**
 * Fetches the datasets of these names (all when none are given) with their checksums verified, also of what was there.
 * @throws StoreError with a sentence for people; what has arrived by then stays, and the next call goes on.
 */
export async function fetchDatasets(
  store: Store,
  names: readonly string[],
  folder: string,
  voice: Voice,
): Promise<Fetched> {
  const wanted = datasetsNamed(await storedManifest(store), names);
  const files = wanted.flatMap(({ name, files: own }) => own.map((file) => ({ name, file })));
  const objects = await inParallel(files, looksAtOnce, ({ name, file }) => storedFile(store, name, file));
  const before = await readList(folder).catch(() => []);
  const here = await inParallel(objects, 2, (object) => sha256Here(folder, object, before));
  const missing = objects.filter((_, place) => here[place] === undefined);
  const progress = new Progress(voice, 'Fetched', missing);
  const arrived = new Map<StoredFile, string>();
  await inParallel(missing, transfersAtOnce, async (object) => {
    const target = cachedPath(folder, object.dataset, object.filename);
    arrived.set(object, await download(store, object, target, (bytes) => progress.at(object.key, bytes)));
    progress.done(object.key, object.sizeBytes);
  });
  const datasets = wanted.map(({ name }): CachedDataset => ({
    name,
    files: objects.flatMap((object, place) =>
      object.dataset === name
        ? [
            {
              role: object.role,
              filename: object.filename,
              sizeBytes: object.sizeBytes,
              sha256: here[place] ?? arrived.get(object) ?? '',
              etag: object.etag,
            },
          ]
        : [],
    ),
  }));
  // What other runs may be reading of stays on the list, until somebody fetches all there is.
  const others = names.length === 0 ? [] : before.filter(({ name }) => !names.includes(name));
  await writeList(folder, [...others, ...datasets]);
  return {
    datasets,
    fetched: missing.length,
    fetchedBytes: missing.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
  };
}

/** What has been fetched. @throws StoreError when nothing has. */
export async function readList(folder: string): Promise<CachedDataset[]> {
  try {
    return listSchema.parse(JSON.parse(await readFile(listPath(folder), 'utf8'))).datasets;
  } catch (cause) {
    throw new StoreError('Nothing has been fetched from the store yet: a run does it before its first analyst.', {
      cause,
    });
  }
}

/** The SHA-256 of a cached file that is still the object's; a file that is another, or damaged, is taken away. */
async function sha256Here(
  folder: string,
  { dataset, filename, sizeBytes, sha256, etag }: StoredFile,
  before: readonly CachedDataset[],
): Promise<string | undefined> {
  const file = cachedPath(folder, dataset, filename);
  const actual = await checksum(file).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (actual === undefined) return undefined;
  // Of an object whose store does not tell its checksum, what it was when it was fetched is all there is.
  const entry = before.find(({ name }) => name === dataset)?.files.find((each) => each.filename === filename);
  const known = sha256 ?? (entry?.etag === etag ? entry.sha256 : undefined);
  if (actual.sha256 === known && actual.sizeBytes === sizeBytes) return actual.sha256;
  await rm(file);
  return undefined;
}

async function writeList(folder: string, datasets: readonly CachedDataset[]): Promise<void> {
  await mkdir(folder, { recursive: true });
  const draft = `${listPath(folder)}.${process.pid}.draft`;
  await writeFile(draft, JSON.stringify({ version: 1, datasets }));
  await rename(draft, listPath(folder));
}

function listPath(folder: string): string {
  return path.join(folder, 'fetched.json');
}
