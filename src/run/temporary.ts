/** A folder for what browsers of a run leave on the way: profiles, downloads. They do not take it away when they are killed. */
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { tidyTemporary } from '../../scripts/lib/temporary.mjs';
import { handOn, received } from './settings.ts';

/** Makes the folder and hands it on to all who open a browser; takes away those of runs and sandboxes that were killed. */
export async function openTemporary(): Promise<void> {
  tidyTemporary();
  handOn('temporary', await mkdtemp(path.join(os.tmpdir(), `muster-run-${process.pid}-`)));
}

/** Takes this run's folder away, if there is one, and those of processes that were killed. */
export async function closeTemporary(): Promise<void> {
  const folder = received('temporary');
  if (folder !== undefined) await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  tidyTemporary();
}
