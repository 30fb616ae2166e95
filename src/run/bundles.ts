/** The bundles of a run: made ready once, before the first analyst; after that everybody only reads. */
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { datasetsFolder, pick, verifyBundle } from '../../datasets/catalog.ts';
import { isOwn, type SurveyBundle } from '../../datasets/catalog-schema.ts';
import { findBundles } from '../../datasets/find-bundles.ts';
import { bundlesFrom, type Source } from '../../datasets/source.ts';
import { cacheOf, fetchDatasets } from '../../datasets/store/cache.ts';
import { openStore } from '../../datasets/store/client.ts';
import type { StoreConfig } from '../../datasets/store/config.ts';
import { megabytes, type Voice } from '../../datasets/store/progress.ts';
import { uploadBundles } from '../../datasets/store/upload.ts';
import { aloneWith } from './claims.ts';
import { ConfigurationError } from './configuration-error.ts';
import { received, type Settings } from './settings.ts';
import { embeddedStore, namesStore, storeOf } from './store-settings.ts';

type DataSettings = Pick<
  Settings,
  | 'DATASETS'
  | 'DATASETS_CACHE'
  | 'BUNDLES'
  | 'R2_ACCOUNT_ID'
  | 'S3_ENDPOINT'
  | 'R2_BUCKET_NAME'
  | 'R2_ACCESS_KEY_ID'
  | 'R2_SECRET_ACCESS_KEY'
>;

/** The bundles that take part, as they were made ready. @throws ConfigurationError */
export async function bundlesOf(settings: DataSettings): Promise<SurveyBundle[]> {
  try {
    return await bundlesFrom(sourceOf(settings), settings.BUNDLES);
  } catch (cause) {
    throw new ConfigurationError(
      `DATASETS or BUNDLES cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/**
 * Makes the bundles ready that take part: fetched from the store where they come from there, and verified.
 * @param pictured Whether Playwright was told to take pictures or traces, which would show private data.
 * @throws an Error with a sentence for people.
 */
export async function readyBundles(
  settings: DataSettings,
  { pictured }: { pictured: boolean },
): Promise<SurveyBundle[]> {
  if (settings.DATASETS === 'local') {
    const bundles = await pick(settings.BUNDLES);
    for (const bundle of bundles) await verifyBundle(bundle);
    return bundles;
  }
  const voice = { say: (line: string) => console.log(line) };
  const source = sourceOf(settings);
  if (source.kind === 'store') {
    await mkdir(source.fetched, { recursive: true });
    await aloneWith(
      path.join(source.fetched, 'filling'),
      (pid) => voice.say(`Another run (process ${pid}) is filling the cache ${source.fetched}: waiting for it.`),
      () => fetchThem(settings, source.fetched, voice),
    );
  }
  const bundles = await bundlesOf(settings);
  if (pictured && isPrivate(bundles))
    throw new ConfigurationError(
      'Traces, videos and screenshots would show what is in data of your own: leave them out, or use DATASETS=local.',
    );
  return bundles;
}

/** Whether some of the data is the user's own, so that everybody is discreet: an analyst's page may show a colleague's, too. */
export function isPrivate(bundles: readonly SurveyBundle[]): boolean {
  return bundles.some(isOwn);
}

function sourceOf(settings: DataSettings): Source {
  const { DATASETS, DATASETS_CACHE } = settings;
  const cache = path.resolve(DATASETS_CACHE);
  const facts = path.join(cache, 'facts');
  if (DATASETS === 'local') return { kind: 'local' };
  if (DATASETS !== 'store') return { kind: 'folder', folder: path.resolve(DATASETS), cache: facts };
  return {
    kind: 'store',
    fetched: cacheOf(cache, namesStore(settings) ? storeOf(settings) : 'embedded'),
    cache: facts,
  };
}

async function fetchThem(settings: DataSettings, folder: string, voice: Voice): Promise<void> {
  const embedded = !namesStore(settings);
  const config = embedded ? embeddedConfig() : storeOf(settings);
  const store = await openStore(config);
  try {
    if (embedded) {
      voice.say('No store is named (R2_…): the sandbox’s own is filled with the bundles of the project.');
      await uploadBundles(store, await findBundles(path.join(datasetsFolder, 'files')), { say: () => undefined });
    }
    const { datasets, fetched, fetchedBytes } = await fetchDatasets(store, settings.BUNDLES, folder, voice);
    const files = datasets.reduce((sum, { files: own }) => sum + own.length, 0);
    voice.say(
      `${datasets.length === 1 ? '1 dataset' : `${datasets.length} datasets`} of bucket "${config.bucket}" at ${config.endpoint}: ${fetched} of ${files} files fetched (${megabytes(fetchedBytes)}), all verified.`,
    );
  } finally {
    store.close();
  }
}

/** The embedded product's store. @throws ConfigurationError when the product is not embedded. */
export function embeddedConfig(): StoreConfig {
  const endpoint = received('sandboxObjects');
  if (endpoint === undefined)
    throw new ConfigurationError(
      'DATASETS is "store", and no store is named: set R2_ACCOUNT_ID (or S3_ENDPOINT), R2_BUCKET_NAME, R2_ACCESS_KEY_ID and R2_SECRET_ACCESS_KEY.',
    );
  return { endpoint, ...embeddedStore };
}
