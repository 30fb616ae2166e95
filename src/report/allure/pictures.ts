/** How many of a run's failures can be looked at: there are pictures of the first ones only. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';

export interface Pictures {
  readonly taken: number;
  /** Journeys that failed after there were enough of them. */
  readonly leftOut: number;
}

/** Counts what the run's folder keeps of failures. */
export async function countPictures(runFolder: string): Promise<Pictures> {
  const names = await readdir(join(runFolder, 'failures')).catch(() => []);
  const ending = (end: string): number => names.filter((name) => name.endsWith(end)).length;
  return { taken: ending('.jpg'), leftOut: ending('.left-out') };
}
