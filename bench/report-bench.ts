/** `npm run bench:report`: made-up runs of growing length, folded and rendered in turns, and how time and memory grow with them. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { run } from '../scripts/lib/run.mjs';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { parseOptions, readSitting, sittingOptions, text, wholeNumber, type Sitting } from './options.ts';
import { publish, publishedTable } from './published.ts';
import { keptRoundSchema, reportPublication, roundSchema, type KeptRound } from './report-round.ts';
import { makeRun, type MadeRun } from './report-run.ts';
import { keepRound, readRounds, stoppable } from './rounds.ts';

const usage =
  'Usage: npm run bench:report [-- --quick] [--sizes 10000,100000,1000000] [--rounds 5] [--seconds N] [--folder DIR] [--report] [--publish]';
const LIMIT_MS = 15 * 60_000;

/** @returns the exit status: 0; 1 when something went wrong; 2 for arguments that cannot be used. */
export async function reportBench(argv: readonly string[]): Promise<number> {
  try {
    const options = readArguments(argv);
    const file = path.join(options.folder, 'rounds.jsonl');
    if (!options.report) await stoppable((signal) => measureMissing(options, file, signal));
    const rounds = (await readRounds(file, keptRoundSchema)).filter(({ size }) => options.sizes.includes(size));
    if (rounds.length === 0) throw new ConfigurationError(`Nothing has been measured yet in ${options.folder}.`);
    const publication = reportPublication(rounds, 'npm run bench:report');
    console.log(`\n${publishedTable(publication)}\n`);
    if (options.publish) {
      publish(publication);
      console.log('Published: npm run papers puts it into the README.');
    }
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof ConfigurationError ? 2 : 1;
  }
}

/** Takes turns over the sizes, so that a machine that changes favours none, until each has its rounds or the time is up. */
async function measureMissing({ sizes, rounds, seconds }: Options, file: string, signal: AbortSignal): Promise<void> {
  const done = await readRounds(file, keptRoundSchema);
  const todo = Array.from({ length: rounds }, (_, round) =>
    sizes.filter((size) => done.filter((each) => each.size === size).length <= round),
  ).flat();
  if (todo.length === 0) return;
  const deadline = Date.now() + seconds * 1000;
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-bench-report-'));
  try {
    const made = new Map<number, MadeRun>();
    for (const size of new Set(todo)) made.set(size, await makeRun(path.join(folder, String(size)), size));
    for (const [place, size] of todo.entries()) {
      signal.throwIfAborted();
      if (Date.now() > deadline) {
        console.log(`The time is up: ${todo.length - place} rounds are still missing; the same command takes them.`);
        return;
      }
      const { events = 0, hours = 0 } = made.get(size) ?? {};
      const round: KeptRound = {
        at: new Date().toISOString(),
        size,
        events,
        hours,
        ...(await measureOne(path.join(folder, String(size)))),
      };
      await keepRound(file, round);
      const { foldMs, pageMs, peakMiB } = round;
      console.log(
        `${place + 1} of ${todo.length}  ${events} events: fold ${(foldMs / 1000).toFixed(2)} s, page ${(pageMs / 1000).toFixed(2)} s, peak ${Math.round(peakMiB)} MiB`,
      );
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** @throws Error with what the process said when it did not come to its end. */
async function measureOne(folder: string) {
  const child = path.join(import.meta.dirname, 'report-child.ts');
  const { code, output } = await run(process.execPath, ['--expose-gc', '--import', 'tsx', child, folder], {
    cwd: path.join(import.meta.dirname, '..'),
    limitMs: LIMIT_MS,
  });
  if (code !== 0)
    throw new Error(`A round did not come to its end: ${output.trimEnd().split('\n').slice(-5).join('\n')}`);
  return roundSchema.parse(JSON.parse(output.trim().split('\n').at(-1) ?? ''));
}

interface Options extends Sitting {
  /** Of the runs, in events. */
  readonly sizes: readonly number[];
  /** Of each size, in all. */
  readonly rounds: number;
}

const optionsKnown = {
  ...sittingOptions,
  sizes: text,
  rounds: text,
};

/** @throws ConfigurationError for what cannot be understood. */
export function readArguments(argv: readonly string[]): Options {
  const values = parseOptions(argv, optionsKnown, usage);
  const whole = (option: string, value: string): number => wholeNumber(option, value, usage);
  return {
    sizes: (values.sizes ?? (values.quick ? '10000,50000' : '10000,100000,1000000')).split(',').map(sizeOf),
    rounds: whole('rounds', values.rounds ?? (values.quick ? '1' : '5')),
    ...readSitting('report', values, usage),
  };
}

function sizeOf(given: string): number {
  if (/^\d{4,8}$/.test(given) && Number(given) >= 1_000) return Number(given);
  throw new ConfigurationError(`--sizes has "${given}": each must be a whole number of events from 1000 on.\n${usage}`);
}
