import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';

/** Uploads on their way in; emptied at each start. */
export const incomingFolder = (folder: string): string => join(folder, 'incoming');
/** Files of projects, one folder each. */
export const filesFolder = (folder: string): string => join(folder, 'files');

/** Takes away what a killed process left half-made: unfinished uploads, and files of projects that never came to be. */
export async function tidyFolders(folder: string, projectIds: readonly string[]): Promise<void> {
  await rm(incomingFolder(folder), { recursive: true, force: true });
  await mkdir(incomingFolder(folder), { recursive: true });
  await mkdir(filesFolder(folder), { recursive: true });
  const known = new Set(projectIds);
  for (const name of await readdir(filesFolder(folder))) {
    if (!known.has(name)) await rm(join(filesFolder(folder), name), { recursive: true, force: true });
  }
}
