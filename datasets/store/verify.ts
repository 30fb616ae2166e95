/** Reads every object that the manifest names, to its end, and compares it with its checksum. */
import { createHash } from 'node:crypto';
import type { Store } from './client.ts';
import { explained, StoreError } from './errors.ts';
import { inParallel } from './in-parallel.ts';
import { Progress, type Voice } from './progress.ts';
import { storedFile, storedManifest } from './stored.ts';

export interface Verified {
  readonly datasets: number;
  readonly files: number;
  readonly bytes: number;
  /** Objects of which the store does not tell a SHA-256: only their size could be compared. */
  readonly unsigned: number;
}

/** @throws StoreError that names every object that is absent, cut or damaged. */
export async function verifyStore(store: Store, voice: Voice): Promise<Verified> {
  const { datasets } = await storedManifest(store);
  const files = datasets.flatMap(({ name, files: own }) => own.map((file) => ({ name, file })));
  const progress = new Progress(
    voice,
    'Verified',
    files.map(({ file }) => file),
  );
  const problems: string[] = [];
  let unsigned = 0;
  await inParallel(files, 4, async ({ name, file }) => {
    try {
      const object = await storedFile(store, name, file);
      if (object.sha256 === undefined) unsigned += 1;
      const actual = await sha256Of(store, object, (bytes) => progress.at(object.key, bytes));
      if (object.sha256 !== undefined && actual !== object.sha256)
        problems.push(`${object.key} holds bytes of SHA-256 ${actual}, and says ${object.sha256}.`);
    } catch (error) {
      problems.push(explained(error, store.config, `verifying ${file.r2Key}`).message);
    }
    progress.done(file.r2Key, file.sizeBytes);
  });
  if (problems.length > 0)
    throw new StoreError(
      `${[...new Set(problems)].join('\n')}\nUpload the bundles again with: npm run datasets -- upload`,
    );
  return {
    datasets: datasets.length,
    files: files.length,
    bytes: files.reduce((sum, { file }) => sum + file.sizeBytes, 0),
    unsigned,
  };
}

async function sha256Of(
  store: Store,
  { key, etag }: { readonly key: string; readonly etag: string },
  heard: (bytes: number) => void,
): Promise<string> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of (await store.bytes(key, { etag, from: 0 })) as AsyncIterable<Buffer>) {
    hash.update(chunk);
    bytes += chunk.length;
    heard(bytes);
  }
  return hash.digest('hex');
}
