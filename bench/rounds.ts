/** Rounds of a bench, one line each in a file: what was stopped goes on where it was, and more rounds may be added later. */
import { setMaxListeners } from 'node:events';
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { z } from 'zod';

/** All rounds in a file, oldest first; none when there is no such file. @throws for a line that does not fit. */
export async function readRounds<T>(file: string, schema: z.ZodType<T>): Promise<T[]> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const lines = text.split('\n').filter((line) => line !== '');
  return lines.map((line, index) => {
    const parsed = schema.safeParse(parse(line));
    if (parsed.success) return parsed.data;
    throw new Error(`Line ${index + 1} of ${file} is no round of this bench: name another --folder, or delete it.`, {
      cause: parsed.error,
    });
  });
}

/** Adds a round. */
export async function keepRound(file: string, round: unknown): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await appendFile(file, `${JSON.stringify(round)}\n`);
}

/** Calls the action with a signal that Ctrl-C and its like abort with a sentence. */
export async function stoppable<T>(action: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const stop = new AbortController();
  // One for each analyst who waits.
  setMaxListeners(0, stop.signal);
  const onSignal = (): void =>
    stop.abort(new Error('Stopped: what was measured before is kept, and goes on from there.'));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, onSignal);
  try {
    return await action(stop.signal);
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
