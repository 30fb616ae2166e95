/**
 * What the runner does when it is told to end. Playwright tears a run down after one Ctrl-C alone; a SIGTERM or SIGHUP
 * (a cancelled CI job, a closed terminal) would end it on the spot and leave its projects to the reaper, so they become one.
 */
import process from 'node:process';

/** Playwright takes what follows this closely for the same Ctrl-C: terminals and npm deliver it twice. Milliseconds. */
const sameKeystrokeMs = 1000;

/** `leftovers`: a sentence on what becomes of the run's projects when the teardown is cut off. */
export function heedSignals(leftovers: string): void {
  let interruptedAt: number | undefined;
  process.on('SIGINT', () => {
    const now = performance.now();
    interruptedAt ??= now;
    if (now - interruptedAt <= sameKeystrokeMs) return;
    process.stderr.write(`\nEnded at once. ${leftovers}\n`);
    process.exit(130);
  });
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (interruptedAt === undefined) interruptRun(signal);
      else process.kill(process.pid, 'SIGINT');
    });
  }
}

/** Ends the run as one Ctrl-C does. `why` is told. */
export function interruptRun(why: string): void {
  process.stderr.write(`\n${why}: the run ends, after deleting what it made.\n`);
  process.kill(process.pid, 'SIGINT');
}
