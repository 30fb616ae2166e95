/** Starts the process that outlives the runner and finishes the run's cleanup when the runner cannot (`scripts/lib/reaper.mjs`). */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { ConfigurationError } from './configuration-error.ts';
import { signOn } from './processes.ts';
import { childEnvironment, type Settings } from './settings.ts';

/** What is left to the reaper of the run's sweep beyond the deadline of a teardown: its start, sign-ins, a last look. Seconds. */
const marginS = 90;
const program = fileURLToPath(new URL('../../scripts/lib/reaper.mjs', import.meta.url));

export interface Reaper {
  /** Tells it that nothing is left to do, and waits until it has ended. */
  release(): Promise<void>;
}

/**
 * Starts the reaper of this run. It learns by its standard input that the runner is gone, and by its environment what it needs
 * to sign in: nothing secret stands in its arguments or in a file.
 * @param folder of the run, which is there.
 * @throws ConfigurationError when it cannot be started: nothing is begun that nobody would clean up.
 */
export async function startReaper(folder: string, settings: Settings): Promise<Reaper> {
  const reaper = spawn(process.execPath, [program, folder, String(settings.CLEANUP_DEADLINE_S + marginS)], {
    env: childEnvironment({
      // Paths may be relative to where the runner was started.
      RESULTS_DIR: path.dirname(folder),
      ...(settings.ACCOUNTS_FILE === undefined ? {} : { ACCOUNTS_FILE: path.resolve(settings.ACCOUNTS_FILE) }),
      // By this GitHub's runner finds what a job has left running, and ends it.
      RUNNER_TRACKING_ID: '',
    }),
    stdio: ['pipe', 'ignore', 'inherit'],
    // In a session of its own, out of the reach of the terminal and of whoever ends the runner's group of processes.
    detached: true,
  });
  try {
    await once(reaper, 'spawn');
  } catch (cause) {
    throw new ConfigurationError(
      `The process that cleans up when the runner is killed cannot be started (${cause instanceof Error ? cause.message : String(cause)}): nothing is begun without it.`,
      { cause },
    );
  }
  // It must not keep the runner from ending: that it ends is what the reaper waits for.
  reaper.unref();
  const { stdin } = reaper;
  if (stdin instanceof Socket) stdin.unref();
  stdin.on('error', () => undefined); // It was killed; then there is nobody to tell.
  if (reaper.pid !== undefined) await signOn(folder, 'reaper', reaper.pid);
  return {
    async release() {
      if (reaper.exitCode !== null || reaper.signalCode !== null) return;
      reaper.ref();
      const ended = once(reaper, 'exit');
      stdin.end('done\n');
      await ended;
    },
  };
}
