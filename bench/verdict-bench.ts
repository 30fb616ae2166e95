/** `npm run bench:verdict`: plain and slowed runs of the main job, gathered in a folder, and how often a comparison of two is right. */
import { readdir, rm } from 'node:fs/promises';
import path from 'node:path';
import { smallestBundles } from '../datasets/catalog.ts';
import { run } from '../scripts/lib/run.mjs';
import { compareRuns, readRun, type ReadRun } from '../src/report/compare/compare-runs.ts';
import { readSummary } from '../src/report/results.ts';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { openBrowser } from './browser.ts';
import { flag, parseOptions, readSitting, sittingOptions, text, wholeNumber, type Sitting } from './options.ts';
import { hostOf, publish, publishedTable } from './published.ts';
import { stoppable } from './rounds.ts';
import { pairsOf, pendingRuns, tally, verdictPublication, type Kind, type Outcome } from './verdict.ts';

const usage =
  'Usage: npm run bench:verdict [-- --quick] [--pairs 10] [--analysts 5] [--delay 100] [--seconds N] [--folder DIR] [--anyway] [--report] [--publish]';
const root = path.resolve(import.meta.dirname, '..');
const limitMs = 300_000;

/** @returns the exit status: 0; 1 when something went wrong; 2 for arguments that cannot be used. */
export async function verdictBench(argv: readonly string[]): Promise<number> {
  try {
    const options = readArguments(argv);
    if (!options.report) await runMissing(options);
    const { alike, unlike } = pairsOf({
      plain: await readKept(options, 'plain'),
      slowed: await readKept(options, 'slowed'),
    });
    const judged = { alike: outcomes(alike, options.anyway), unlike: outcomes(unlike, options.anyway) };
    const refused = alike.length + unlike.length - judged.alike.length - judged.unlike.length;
    if (refused > 0)
      console.log(
        `${refused} of ${alike.length + unlike.length} pairs are left out, because a comparison refuses them; --anyway takes them in.`,
      );
    const rows = tally(judged.alike, judged.unlike);
    if (rows.length === 0) {
      console.log('There is no pair of each sort yet: the same command goes on.');
      return 0;
    }
    const { browser, name } = await openBrowser();
    await browser.close();
    const publication = verdictPublication(rows, {
      measuredAt: new Date().toISOString().slice(0, 10),
      host: hostOf(name),
      command: `npm run bench:verdict -- --pairs ${options.pairs} --analysts ${options.analysts} --delay ${options.delayMs}`,
    });
    console.log(`\n${publishedTable(publication)}\n`);
    if (options.publish) {
      const told = rows.filter(({ alarms, detections }) => alarms.value > 0 || detections.value >= 0.5);
      publish({
        ...publication,
        rows: publication.rows.filter(({ metric }) => told.some((row) => row.metric === metric)),
      });
      console.log('Published, with the metrics of which anything was said: npm run papers puts it into the README.');
    }
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof ConfigurationError ? 2 : 1;
  }
}

/** What a comparison says of pairs it does not refuse, or of all of them. */
function outcomes(pairs: readonly (readonly [ReadRun, ReadRun])[], anyway: boolean): Outcome[] {
  return pairs.flatMap(([a, b]) => {
    const { unlike, rows } = compareRuns(a, b);
    return unlike.length > 0 && !anyway ? [] : [new Map(rows.map((row) => [row.metric, row]))];
  });
}

/** Runs what is missing for so many pairs, until the time is up. */
async function runMissing(options: Options): Promise<void> {
  const done = { plain: (await kept(options, 'plain')).length, slowed: (await kept(options, 'slowed')).length };
  const todo = pendingRuns(options.pairs, done);
  if (todo.length === 0) return;
  console.log(`${done.plain} plain and ${done.slowed} slowed runs are there, ${todo.length} are still to be done.`);
  const bundles = (await smallestBundles(3)).join(',');
  const deadline = Date.now() + options.seconds * 1000;
  await stoppable(async (signal) => {
    for (const [place, kind] of todo.entries()) {
      if (Date.now() > deadline) {
        console.log(`The time is up: ${todo.length - place} runs are still missing; the same command takes them.`);
        return;
      }
      const began = Date.now();
      const told = await oneRun(kind, bundles, options, signal);
      console.log(`${place + 1} of ${todo.length}  ${kind}: ${told}, ${Math.round((Date.now() - began) / 1000)} s`);
    }
  });
}

/** One main job. @returns what became of it. @throws when it did not come to a summary; nothing of it is kept then. */
async function oneRun(kind: Kind, bundles: string, options: Options, signal: AbortSignal): Promise<string> {
  const runId = `v${Date.now().toString(36)}`;
  const results = path.join(options.folder, kind);
  const { output } = await run(
    process.execPath,
    ['node_modules/@playwright/test/cli.js', 'test', '--config', 'bench/verdict.config.ts'],
    {
      cwd: root,
      limitMs,
      // Empty ones too, so that a .env does not lead elsewhere.
      env: {
        BASE_URL: '',
        ACCOUNTS_FILE: '',
        JOURNEY: '',
        UNTIL: '',
        REVIEW: '',
        BASELINE: '',
        PROBES: 'none',
        SLO_FILE: 'none',
        HOLD_TO: 'work',
        RUN_ID: runId,
        ANALYSTS: String(options.analysts),
        PER_WORKER: String(options.analysts),
        BUNDLES: bundles,
        RESULTS_DIR: results,
        ALLURE_RESULTS_DIR: path.join(results, '.allure'),
        SANDBOX_LIMITS: 'none',
        // A run of half a minute.
        SANDBOX_PACE: '0.3',
        RAMP_S: '4',
        THINK_S: '1',
        BENCH_DELAY_MS: kind === 'slowed' ? String(options.delayMs) : '0',
      },
    },
  );
  const summary = await readSummary(path.join(results, runId)).catch(() => undefined);
  if (signal.aborted || !summary || summary.projects.completed !== options.analysts) {
    await rm(path.join(results, runId), { recursive: true, force: true });
    signal.throwIfAborted();
    throw new Error(
      `A ${kind} run did not complete its projects:\n${output.trimEnd().split('\n').slice(-12).join('\n')}`,
    );
  }
  const { invalidSeconds, judgedSeconds } = summary.generator;
  return `${summary.verdict}, ${invalidSeconds ?? '–'} of ${judgedSeconds ?? '–'} s past a guard`;
}

/** Folders of finished runs, oldest first: their ids begin with the time. */
async function kept({ folder }: Options, kind: Kind): Promise<string[]> {
  const names = await readdir(path.join(folder, kind)).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return [];
    throw error;
  });
  const runs = names.filter((name) => /^v[a-z0-9]+$/.test(name)).sort();
  const whole = await Promise.all(
    runs.map(async (name) => (await readSummary(path.join(folder, kind, name)).catch(() => undefined)) !== undefined),
  );
  return runs.filter((_, at) => whole[at]).map((name) => path.join(folder, kind, name));
}

async function readKept(options: Options, kind: Kind): Promise<ReadRun[]> {
  const runs: ReadRun[] = [];
  for (const folder of await kept(options, kind)) runs.push(await readRun(folder));
  return runs;
}

interface Options extends Sitting {
  /** Of each sort, in all. */
  readonly pairs: number;
  readonly analysts: number;
  /** By which everything that a slowed product says comes later. */
  readonly delayMs: number;
  /** Pairs count that a comparison would refuse. */
  readonly anyway: boolean;
}

const optionsKnown = {
  ...sittingOptions,
  pairs: text,
  analysts: text,
  delay: text,
  anyway: flag,
};

/** @throws ConfigurationError for what cannot be understood. */
export function readArguments(argv: readonly string[]): Options {
  const values = parseOptions(argv, optionsKnown, usage);
  const whole = (option: string, value: string): number => wholeNumber(option, value, usage);
  return {
    pairs: whole('pairs', values.pairs ?? (values.quick ? '1' : '10')),
    analysts: whole('analysts', values.analysts ?? '5'),
    delayMs: whole('delay', values.delay ?? '100'),
    anyway: values.anyway,
    ...readSitting('verdict', values, usage),
  };
}
