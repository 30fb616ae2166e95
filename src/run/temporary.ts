/** A folder for what browsers of a run leave on the way: profiles, downloads. They do not take it away when they are killed. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { tidyTemporary } from '../../scripts/lib/temporary.mjs';
import { handOn, received } from './settings.ts';

/**
 * Makes the folder and hands it on to all who open a browser; takes away those of runs and sandboxes that were killed.
 * @returns takes the folder away again, and hands on what was handed on before.
 */
export async function openTemporary(): Promise<() => Promise<void>> {
  tidyTemporary();
  const before = received('temporary') ?? '';
  const folder = await mkdtemp(path.join(os.tmpdir(), `muster-run-${process.pid}-`));
  handOn('temporary', folder);
  return async () => {
    handOn('temporary', before);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
    tidyTemporary();
  };
}
