/** The catalog: what bundles there are, where their files lie, and whether these are the files that were meant. */
import { readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { catalogSchema, type BadBundle, type Bundle, type Catalog, type SurveyBundle } from './catalog-schema.ts';
import { checksum } from './checksum.ts';

/** The folder of the committed bundles: `catalog.json` and `files/`. Bundles made on demand have one of the same shape. */
export const datasetsFolder = fileURLToPath(new URL('.', import.meta.url));

export class CatalogError extends Error {
  override readonly name = 'CatalogError';
}

/** Reads a folder's catalog. Throws `CatalogError` when there is none or it is malformed. */
export async function loadCatalog(folder = datasetsFolder): Promise<Catalog> {
  const path = join(folder, 'catalog.json');
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (cause) {
    throw new CatalogError(`There is no catalog of bundles at ${path}. Make one with: npm run datasets -- generate`, {
      cause,
    });
  }
  try {
    return catalogSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new CatalogError(
      `The catalog at ${path} is malformed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  }
}

/** One bundle by name. Throws `CatalogError` naming those there are. */
export async function bundle(name: string, folder = datasetsFolder): Promise<Bundle> {
  const [found] = await pick([name], folder);
  if (!found) throw new CatalogError(`There is no bundle "${name}".`);
  return found;
}

/** Bundles by name, in the order of the names; all of them when no names are given. Throws `CatalogError` for an unknown name. */
export async function pick(names?: readonly string[], folder = datasetsFolder): Promise<Bundle[]> {
  const { bundles } = await loadCatalog(folder);
  if (names === undefined || names.length === 0) return bundles;
  return names.map((name) => {
    const found = bundles.find((candidate) => candidate.name === name);
    if (!found)
      throw new CatalogError(
        `There is no bundle "${name}". There are: ${bundles.map((candidate) => candidate.name).join(', ')}.`,
      );
    return found;
  });
}

/** The names of so many bundles with the smallest data files, for runs that are not about the data. */
export async function smallestBundles(count: number): Promise<string[]> {
  const { bundles } = await loadCatalog();
  return bundles
    .toSorted((one, other) => one.files.data.sizeBytes - other.files.data.sizeBytes)
    .slice(0, count)
    .map(({ name }) => name);
}

export interface BundlePaths {
  readonly data: string;
  readonly survey: string;
  readonly banner?: string;
}

/** Absolute paths of a bundle's files. Whether they exist is `verifyBundle`'s question. */
export function bundleFiles(item: Pick<SurveyBundle | BadBundle, 'files'>, folder = datasetsFolder): BundlePaths {
  const absolute = ({ path }: { path: string }): string => resolve(folder, 'files', path);
  const { data, survey, banner } = item.files;
  return { data: absolute(data), survey: absolute(survey), ...(banner ? { banner: absolute(banner) } : {}) };
}

/** Compares a bundle's files with their checksums. Throws `CatalogError` that names each file that is absent or altered. */
export async function verifyBundle(
  item: Pick<Bundle | BadBundle, 'name' | 'files'>,
  folder = datasetsFolder,
): Promise<void> {
  const problems: string[] = [];
  for (const file of [item.files.data, item.files.survey, item.files.banner]) {
    if (!file) continue;
    const actual = await checksum(resolve(folder, 'files', file.path)).catch((error: NodeJS.ErrnoException) => error);
    if (actual instanceof Error) problems.push(`${file.path} cannot be read (${actual.code ?? actual.message})`);
    else if (actual.sha256 !== file.sha256)
      problems.push(
        `${file.path} has SHA-256 ${actual.sha256} and ${actual.sizeBytes} bytes, the catalog says ${file.sha256} and ${file.sizeBytes}`,
      );
  }
  if (problems.length > 0) {
    throw new CatalogError(
      `Bundle "${item.name}" is not what the catalog describes: ${problems.join('; ')}. Restore the files (git checkout) or rebuild them with: npm run datasets -- generate`,
    );
  }
}
