/** What the store holds, by its manifest and by what it says of each object. */
import type { FileRole } from '../find-bundles.ts';
import type { ObjectFacts, Store } from './client.ts';
import { StoreError } from './errors.ts';
import { manifestKey, readManifest, wordsFor, type Dataset, type Manifest } from './manifest.ts';

/** The manifest of a store. @throws StoreError when there is none, or it is none of version 1. */
export async function storedManifest(store: Store): Promise<Manifest> {
  const { endpoint, bucket } = store.config;
  const text = await store.text(manifestKey);
  if (text === undefined)
    throw new StoreError(
      `The bucket "${bucket}" at ${endpoint} holds no ${manifestKey}: upload bundles first, with: npm run datasets -- upload`,
    );
  return readManifest(text, `${manifestKey} in "${bucket}" at ${endpoint}`);
}

/** The datasets of these names, in their order; all that are ready when no names are given. @throws StoreError for an unknown name. */
export function datasetsNamed({ datasets }: Manifest, names: readonly string[]): Dataset[] {
  const ready = datasets.filter((dataset) => dataset.ready);
  if (ready.length === 0) throw new StoreError('The manifest of the store names no dataset that is ready.');
  if (names.length === 0) return ready;
  return names.map((name) => {
    const found = ready.find((dataset) => dataset.name === name);
    if (!found)
      throw new StoreError(
        `The store has no dataset "${name}". It has: ${ready.map((dataset) => dataset.name).join(', ')}.`,
      );
    return found;
  });
}

export interface StoredFile extends ObjectFacts {
  readonly dataset: string;
  readonly role: FileRole;
  readonly filename: string;
  readonly key: string;
}

/** What the store says of a dataset's files. @throws StoreError when one is not there or not as large as the manifest says. */
export async function storedFile(
  store: Store,
  dataset: string,
  { filename, role, r2Key: key, sizeBytes }: Dataset['files'][number],
): Promise<StoredFile> {
  const facts = await store.head(key);
  if (!facts)
    throw new StoreError(
      `The manifest names ${wordsFor(key)} that the store does not have: upload the bundles again with: npm run datasets -- upload`,
    );
  if (facts.sizeBytes !== sizeBytes)
    throw new StoreError(
      `In the store ${wordsFor(key)} has ${facts.sizeBytes} bytes, the manifest says ${sizeBytes}: an upload was broken off or is under way. Upload the bundles again with: npm run datasets -- upload`,
    );
  return { dataset, role, filename, key, ...facts };
}
