/** Bad bundles whose data file is too large to commit are made when they are needed. */
import { randomUUID } from 'node:crypto';
import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BadBundle } from './catalog-schema.ts';
import { bundleFiles, datasetsFolder, type BundlePaths } from './catalog.ts';
import { makeOversized } from './generate/bad.ts';

/** Where files made on demand are kept; ignored by git. */
export const cacheFolder = join(datasetsFolder, '..', '.cache', 'datasets');

/**
 * Absolute paths of a bad bundle's files, all of them there afterwards. The convention: the data file of the `oversized`
 * one is not under `files/` but made here, once, under `cache` in a folder named after its checksum; everything else is
 * committed.
 */
export async function materialise(bad: BadBundle, cache = cacheFolder): Promise<BundlePaths> {
  const paths = bundleFiles(bad);
  if (bad.defect !== 'oversized') return paths;
  const { sha256, sizeBytes } = bad.files.data;
  const data = join(cache, sha256.slice(0, 16), 'oversized.sav');
  const size = await stat(data).then(
    ({ size: bytes }) => bytes,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return undefined;
      throw error;
    },
  );
  if (size !== sizeBytes) {
    // Several may make it at once: each its own, and the last rename wins with equal content.
    const own = `${data}.${randomUUID()}`;
    await makeOversized(datasetsFolder, own);
    await rename(own, data);
  }
  return { ...paths, data };
}
