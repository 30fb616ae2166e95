/** Bad bundles whose data file is too large to commit are made when they are needed. */
import { rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { BadBundle } from './catalog-schema.ts';
import { bundleFiles, datasetsFolder, type BundlePaths } from './catalog.ts';
import { makeOversized, oversizedPath } from './generate/bad.ts';

/** Where files made on demand are kept; ignored by git. */
export const cacheFolder = join(datasetsFolder, '..', '.cache', 'datasets');

/**
 * Absolute paths of a bad bundle's files, all of them there afterwards. Only the `oversized` one is made here, once, under
 * `cache` (the catalog's path is then relative to that folder); everything else is committed.
 */
export async function materialise(bad: BadBundle, cache = cacheFolder): Promise<BundlePaths> {
  const paths = bundleFiles(bad);
  if (bad.defect !== 'oversized') return paths;
  const data = join(cache, oversizedPath);
  const size = await stat(data).then(({ size: bytes }) => bytes, (error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (size !== bad.files.data.sizeBytes) {
    // Two workers may make it at once: each its own, and the last rename wins with equal content.
    const own = `${data}.${process.pid}`;
    await makeOversized(datasetsFolder, own);
    await rename(own, data);
  }
  return { ...paths, data };
}
