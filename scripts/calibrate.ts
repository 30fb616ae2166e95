/**
 * `npm run calibrate [-- --minutes 20]`: how many analysts this machine can honestly carry. The main job on the sandbox with
 * the three smallest bundles and the ramp and think times of the settings, with more and more analysts, until the generator
 * does not stay within its guards. What was found holds for that ramp and those think times, and longer ones.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { smallestBundles } from '../datasets/catalog.ts';
import { summarySchema, type Summary } from '../src/report/summary.ts';
import {
  carried,
  hostFingerprint,
  nextLevel,
  paceInWords,
  warningFor,
  writeCalibration,
  type Trial,
} from '../src/run/calibration.ts';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { readSettings, type Settings } from '../src/run/settings.ts';
import { run } from './lib/run.mjs';

const root = path.resolve(import.meta.dirname, '..');
const trialLimitMs = 4 * 60_000;
/** What other programs may use of all cores, at their 95th percentile, where a level that was too many counts. */
const quietShare = 0.25;

function minutesAllowed(): number {
  try {
    const { values } = parseArgs({ options: { minutes: { type: 'string', default: '20' } } });
    const minutes = Number(values.minutes);
    if (!(minutes > 0)) throw new Error(`--minutes is "${values.minutes}": it must be a number above 0.`);
    return minutes;
  } catch (cause) {
    throw new ConfigurationError(cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

/** One main job; undefined when it did not come to a summary within its time. */
async function tryLevel(
  analysts: number,
  { bundles, folder, settings }: { bundles: string; folder: string; settings: Settings },
): Promise<Summary | undefined> {
  const results = path.join(folder, `${analysts}-${Date.now()}`);
  const { output } = await run(process.execPath, ['node_modules/@playwright/test/cli.js', 'test'], {
    cwd: root,
    label: `${analysts} analysts`,
    limitMs: trialLimitMs,
    // Empty ones too, so that a .env does not lead elsewhere.
    env: {
      BASE_URL: '',
      ACCOUNTS_FILE: '',
      JOURNEY: '',
      UNTIL: '',
      REVIEW: '',
      PROBES: 'none',
      RUN_ID: '',
      BASELINE: '',
      SLO_FILE: 'none',
      ANALYSTS: String(analysts),
      PER_WORKER: '',
      RAMP_S: String(settings.RAMP_S),
      THINK_S: String(settings.THINK_S),
      BUNDLES: bundles,
      RESULTS_DIR: results,
      ALLURE_RESULTS_DIR: path.join(results, 'allure'),
    },
  });
  try {
    return summarySchema.parse(JSON.parse(await readFile(path.join(results, 'latest', 'summary.json'), 'utf8')));
  } catch {
    console.log(output.trimEnd().split('\n').slice(-5).join('\n'));
    return undefined;
  }
}

/** Whether everybody finished and few enough seconds were past a guard. */
function held(summary: Summary | undefined, analysts: number, mostBad: number): boolean {
  if (!summary) return false;
  const { invalidSeconds, judgedSeconds } = summary.generator;
  if (invalidSeconds === null || !judgedSeconds) return false;
  return summary.projects.completed === analysts && invalidSeconds <= mostBad * judgedSeconds;
}

const heading = 'analysts   past a guard   loop lag p95   drift   CPU p95: generator  product  rest   memory';

function line(analysts: number, summary: Summary | undefined, ok: boolean): string {
  const generator = summary?.generator;
  const share = (value: number | null | undefined, digits = 0): string =>
    value === null || value === undefined ? '–' : `${(100 * value).toFixed(digits)} %`;
  const memory = generator?.memoryPeakBytes;
  return [
    String(analysts).padStart(8),
    `${generator?.invalidSeconds ?? '–'} of ${generator?.judgedSeconds ?? '–'} s`.padStart(15),
    (typeof generator?.loopLagP95Ms === 'number' ? `${generator.loopLagP95Ms.toFixed(0)} ms` : '–').padStart(15),
    share(generator?.driftOver50msShare, 1).padStart(8),
    share(generator?.cpuP95).padStart(20),
    share(generator?.productCpuP95).padStart(9),
    share(generator?.restCpuP95).padStart(6),
    (memory ? `${(memory / 2 ** 30).toFixed(1)} GiB` : '–').padStart(9),
    ok ? '   held' : '   too many',
  ].join('');
}

async function main(): Promise<void> {
  const deadline = Date.now() + minutesAllowed() * 60_000;
  const settings = readSettings();
  const bundles = (await smallestBundles(3)).join(',');
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-calibrate-'));
  const trials: Trial[] = [];
  let stopped = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => (stopped = true));
  let disturbed = 0;
  const pace = { rampS: settings.RAMP_S, thinkS: settings.THINK_S };
  try {
    console.log(`Analysts ${paceInWords(pace)} (RAMP_S, THINK_S), with the bundles ${bundles.replaceAll(',', ', ')}.`);
    console.log(heading);
    for (let level = nextLevel(trials); level !== undefined; level = nextLevel(trials)) {
      const summary = await tryLevel(level, { bundles, folder, settings });
      if (stopped) throw new ConfigurationError('Stopped; nothing was kept.');
      const ok = held(summary, level, settings.GUARD_INVALID_SHARE);
      trials.push({ analysts: level, held: ok });
      if (!ok) disturbed = Math.max(disturbed, summary?.generator.restCpuP95 ?? 0);
      console.log(line(level, summary, ok));
      if (Date.now() > deadline && nextLevel(trials) !== undefined) {
        console.log('The time is over: higher levels were not tried. --minutes gives more.');
        break;
      }
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  if (disturbed > quietShare)
    throw new Error(
      `Other programs used up to ${Math.round(100 * disturbed)} % of this machine when a level was too many, so nothing is known and nothing was kept: try again when it is quiet.`,
    );
  const calibration = {
    schema: 2 as const,
    host: hostFingerprint(),
    at: new Date().toISOString(),
    ...pace,
    analysts: carried(trials),
    trials,
  };
  await writeCalibration(calibration);
  console.log(
    calibration.analysts > 0
      ? `\nThis machine carries ${calibration.analysts} analysts within the guards, where they ${paceInWords(pace)}.`
      : '\nThis machine did not stay within the guards at any level.',
  );
  const warning = warningFor(settings, calibration);
  if (warning !== undefined) console.log(`With these settings: ${warning}`);
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof ConfigurationError ? 2 : 1;
}
