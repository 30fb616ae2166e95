/** The turnstile before the start line: analysts of all workers sign in one after another, a fixed time apart. */
import { mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOnce } from './claims.ts';

/**
 * Takes the next turn and waits for it. Turns are files that only one process can create.
 * @returns when the turn was scheduled, milliseconds since 1970.
 */
export async function takeTurn(folder: string, staggerMs: number): Promise<number> {
  await mkdir(folder, { recursive: true });
  let previous = -Infinity;
  for (let number = 1; ; number += 1) {
    const file = path.join(folder, `turn-${number}`);
    const taken = await scheduledAt(file);
    if (taken === undefined) {
      const mine = Math.max(Date.now(), previous + staggerMs);
      if (await createOnce(file, String(mine))) {
        await sleep(Math.max(0, mine - Date.now()));
        return mine;
      }
    }
    previous = taken ?? (await scheduledAt(file)) ?? previous;
  }
}

async function scheduledAt(file: string): Promise<number | undefined> {
  try {
    return Number(await readFile(file, 'utf8'));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
