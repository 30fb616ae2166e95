/** Puts bundles into the store. What is there already stays; the manifest comes last, so that it never names what is not there. */
import { cpus } from 'node:os';
import { checksum } from '../checksum.ts';
import type { FoundBundle, FoundFile } from '../find-bundles.ts';
import type { Store } from './client.ts';
import { StoreError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { keyOf, keyPrefix, manifestKey, manifestOf, type Manifest } from './manifest.ts';
import { megabytes, Progress, type Voice } from './progress.ts';

export interface UploadOptions {
  /** Says what would be done, and does none of it. */
  readonly dryRun?: boolean;
  /** Also deletes what the new manifest does not name. */
  readonly prune?: boolean;
  readonly now?: () => Date;
}

export interface Uploaded {
  readonly manifest: Manifest;
  readonly files: number;
  /** Of these files: how many were sent, and their bytes; the others were there. */
  readonly sent: number;
  readonly sentBytes: number;
  readonly pruned: number;
}

interface Transfer extends FoundFile {
  readonly key: string;
  readonly sha256: string;
}

/** Files on their way at the same time, and files that are compared at the same time. */
const transfersAtOnce = 4;
const looksAtOnce = 16;

/** @throws StoreError when nothing is ready, two bundles have one name, or the store fails; a second call goes on from there. */
export async function uploadBundles(
  store: Store,
  bundles: readonly FoundBundle[],
  voice: Voice,
  { dryRun = false, prune = false, now = () => new Date() }: UploadOptions = {},
): Promise<Uploaded> {
  const ready = readyOnes(bundles, voice);
  // The first question tells whether the store is what it should be, before files are read.
  const there = await store.list(keyPrefix);
  const all = await withChecksums(ready);
  const missing = await notThere(store, all);
  const manifest = manifestOf(ready, now());
  const named = new Set([manifestKey, ...all.map(({ key }) => key)]);
  const surplus = prune ? there.filter(({ key }) => !named.has(key)) : [];
  const bytes = missing.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const sentence = `${missing.length} of ${all.length} files (${megabytes(bytes)})`;
  if (dryRun) {
    for (const { key, sizeBytes } of missing) voice.say(`would upload ${key} (${megabytes(sizeBytes)})`);
    for (const { key } of surplus) voice.say(`would delete ${key}`);
    voice.say(`Nothing was changed. To be uploaded: ${sentence}.`);
    return { manifest, files: all.length, sent: 0, sentBytes: 0, pruned: 0 };
  }
  await send(store, missing, voice);
  await store.putText(manifestKey, `${JSON.stringify(manifest, null, 2)}\n`);
  for (const { key } of surplus) await store.delete(key);
  return { manifest, files: all.length, sent: missing.length, sentBytes: bytes, pruned: surplus.length };
}

function readyOnes(bundles: readonly FoundBundle[], voice: Voice): FoundBundle[] {
  for (const { name, ready, files } of bundles)
    if (!ready)
      voice.say(
        `${name} is left out: it has no ${files.some(({ role }) => role === 'sav') ? 'survey document' : 'data file (.sav)'}.`,
      );
  const ready = bundles.filter((bundle) => bundle.ready);
  if (ready.length === 0)
    throw new StoreError(
      'There is no bundle to upload: a bundle is a folder with a .sav file and a .docx or .pdf document that has survey, questionnaire, qre or qnr in its name.',
    );
  const names = new Set<string>();
  for (const { name } of ready) {
    if (names.has(name))
      throw new StoreError(`Two folders are named ${name}: in the store they would be one; rename one.`);
    names.add(name);
  }
  return ready;
}

async function withChecksums(bundles: readonly FoundBundle[]): Promise<Transfer[]> {
  const files = bundles.flatMap(({ name, files: own }) => own.map((file) => ({ name, file })));
  const transfers = await inParallel(files, cpus().length, async ({ name, file }) => ({
    ...file,
    key: keyOf(name, file.filename),
    ...(await checksum(file.path)),
  }));
  // One document may have two roles.
  return [...new Map(transfers.map((transfer) => [transfer.key, transfer])).values()];
}

/** The files that the store has not, or has otherwise. */
async function notThere(store: Store, files: readonly Transfer[]): Promise<Transfer[]> {
  const same = await inParallel(files, looksAtOnce, async ({ key, sizeBytes, sha256 }) => {
    const found = await store.head(key);
    return found?.sizeBytes === sizeBytes && found.sha256 === sha256;
  });
  return files.filter((_, place) => same[place] !== true);
}

async function send(store: Store, files: readonly Transfer[], voice: Voice): Promise<void> {
  const progress = new Progress(voice, 'Uploaded', files);
  await inParallel(files, transfersAtOnce, async (file) => {
    await store.put(file, (bytes) => progress.at(file.key, bytes));
    progress.done(file.key, file.sizeBytes);
  });
}
