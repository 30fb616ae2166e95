/** The stop file: whoever can write to the disk can end a run, without knowing its process. */
import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigurationError } from './configuration-error.ts';
import type { Settings } from './settings.ts';

/** How often it is looked for, in milliseconds. */
const everyMs = 500;

/** Absolute path of the stop file. */
export function stopFileOf({ STOP_FILE, RESULTS_DIR }: Settings): string {
  return path.resolve(STOP_FILE ?? path.join(RESULTS_DIR, 'stop'));
}

/** @throws ConfigurationError when the stop file is there already. */
export function refuseStopFile(file: string): void {
  if (existsSync(file))
    throw new ConfigurationError(`The stop file ${file} is there, so nothing is begun: delete it, then start again.`);
}

/**
 * Calls `stop` once when the file appears.
 * @returns a function that ends the watch.
 */
export function watchStopFile(file: string, stop: () => void): () => void {
  const timer = setInterval(() => {
    if (!existsSync(file)) return;
    clearInterval(timer);
    stop();
  }, everyMs);
  timer.unref();
  return () => clearInterval(timer);
}
