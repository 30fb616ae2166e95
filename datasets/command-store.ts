/** Sub-commands of `npm run datasets` that speak with the store. */
import { join } from 'node:path';
import { datasetsFolder } from './catalog.ts';
import { findBundles } from './find-bundles.ts';
import { openStore, type Store } from './store/client.ts';
import type { StoreConfig } from './store/config.ts';
import { megabytes, type Voice } from './store/progress.ts';
import { storedManifest } from './store/stored.ts';
import { uploadBundles } from './store/upload.ts';
import { verifyStore } from './store/verify.ts';

async function withStore<T>(config: StoreConfig, use: (store: Store) => Promise<T>): Promise<T> {
  const store = await openStore(config);
  try {
    return await use(store);
  } finally {
    store.close();
  }
}

const where = ({ endpoint, bucket }: StoreConfig): string => `bucket "${bucket}" at ${endpoint}`;
const datasets = (count: number): string => (count === 1 ? '1 dataset' : `${count} datasets`);

/** Uploads the bundles of these folders; those that come with the project when there are none. */
export async function upload(
  config: StoreConfig,
  folders: readonly string[],
  options: { readonly dryRun: boolean; readonly prune: boolean },
  voice: Voice,
): Promise<void> {
  const places = folders.length > 0 ? folders : [join(datasetsFolder, 'files')];
  const found = (await Promise.all(places.map(findBundles))).flat();
  // The project's folder of bundles that are bad on purpose is no bundle by any rule.
  await withStore(config, async (store) => {
    const { manifest, files, sent, sentBytes, pruned } = await uploadBundles(store, found, voice, options);
    if (options.dryRun) return;
    voice.say(
      `${datasets(manifest.datasets.length)} in ${where(config)}: ${sent} of ${files} files uploaded (${megabytes(sentBytes)}), ${files - sent} were there${pruned > 0 ? `, ${pruned} others deleted` : ''}.`,
    );
  });
}

/** Lists what the manifest of the store names. */
export async function listStore(config: StoreConfig, voice: Voice): Promise<void> {
  const manifest = await withStore(config, storedManifest);
  for (const { name, ready, hasBanner, files } of manifest.datasets) {
    const bytes = files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
    voice.say(
      [
        name.padEnd(28),
        megabytes(bytes).padStart(9),
        `${files.length} files`,
        hasBanner ? 'banner plan' : 'no banner plan',
      ]
        .concat(ready ? [] : ['not ready'])
        .join('  '),
    );
  }
  voice.say(`${datasets(manifest.datasets.length)} in ${where(config)}, manifest of ${manifest.generatedAt}`);
}

/** Reads the whole store and compares it with manifest and checksums. */
export async function verifyStored(config: StoreConfig, voice: Voice): Promise<void> {
  const { datasets: count, files, bytes, unsigned } = await withStore(config, (store) => verifyStore(store, voice));
  voice.say(
    `All ${files} files (${megabytes(bytes)}) of ${datasets(count)} in ${where(config)} are as manifest and checksums say.`,
  );
  if (unsigned > 0)
    voice.say(`Of ${unsigned} of them the store knows no SHA-256, so that only their size was compared.`);
}
