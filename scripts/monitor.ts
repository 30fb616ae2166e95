/** `npm run monitor [-- RUN] [--port N]`: a page that shows a run, while it lasts or afterwards. */
import { realpath, stat } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openMonitor } from '../src/monitor/server.ts';
import { readSummary } from '../src/report/results.ts';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { standingOf } from '../src/run/processes.ts';
import { readSettings } from '../src/run/settings.ts';
import { openRecorder } from '../src/telemetry/recorder.ts';

const USAGE =
  'Usage: npm run monitor [-- RUN] [--port N]   RUN is a run in the results folder, or the path of its folder; the last one without.';

function readArguments(): { run: string; port: number; attended: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { port: { type: 'string', default: '0' }, attended: { type: 'boolean', default: false } },
    });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65_535)
      throw new Error(`--port must be a whole number from 0 to 65535, not "${values.port}".`);
    if (positionals.length > 1) throw new Error('Name one run.');
    return { run: positionals[0] ?? 'latest', port, attended: values.attended };
  } catch (cause) {
    throw new ConfigurationError(`${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}`, { cause });
  }
}

/** In the results folder or elsewhere; one that begins just now may not be there yet. */
async function folderOf(run: string, attended: boolean): Promise<string> {
  if (attended) return resolve(run);
  const results = resolve(readSettings().RESULTS_DIR);
  const found =
    (await realpath(join(results, run)).catch(() => undefined)) ?? (await realpath(run).catch(() => undefined));
  if (found === undefined)
    throw new ConfigurationError(
      run === 'latest'
        ? 'There are no results yet: run `npm start` first.'
        : `There is no run "${run}" in ${results}.\n${USAGE}`,
    );
  if (!(await isRun(found)))
    throw new ConfigurationError(`${found} is no folder of a run: it has neither run.json nor events.\n${USAGE}`);
  return found;
}

/** It is there from a run's first moments on, one or the other. */
async function isRun(folder: string): Promise<boolean> {
  const parts = ['run.json', 'events', 'processes'].map((part) => stat(join(folder, part)));
  return (await Promise.allSettled(parts)).some(({ status }) => status === 'fulfilled');
}

async function main(): Promise<void> {
  const { run, port, attended } = readArguments();
  const folder = await folderOf(run, attended);
  const isLasting =
    (await readSummary(folder)) === undefined && (attended || (await standingOf(folder)).state !== 'dead');
  // Who watches a run that lasts is load on its machine, and its records say so.
  const recorder = isLasting
    ? openRecorder({
        file: join(folder, 'events', `monitor-${process.pid}.jsonl`),
        runId: basename(folder),
        analyst: 'monitor',
        attempt: 1,
      })
    : undefined;
  const watched = (looking: boolean): void => recorder?.record({ type: 'watcher', looking });
  const monitor = await openMonitor({ folder, port, watched }).catch((cause: unknown) => {
    throw new ConfigurationError(
      `The monitor cannot be opened on port ${port}: leave --port out, or name a free one.`,
      {
        cause,
      },
    );
  });
  console.log(`Monitor   ${monitor.url}${attended ? '' : '   (Ctrl-C ends it)'}`);
  let ending = false;
  const end = async (): Promise<void> => {
    if (ending) return;
    ending = true;
    await monitor.close();
    recorder?.close();
    process.exit(0);
  };
  for (const signal of ['SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
  // One Ctrl-C ends the run, and the run ends what attends it.
  process.on('SIGINT', () => void (attended ? undefined : end()));
  if (attended) {
    process.stdout.on('error', () => undefined);
    process.stdin.on('end', () => void end()).on('error', () => void end());
    process.stdin.resume();
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof ConfigurationError ? 2 : 1;
}
