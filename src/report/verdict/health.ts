/**
 * The generator under suspicion: in which seconds of a run it was past its guards, from its own signals alone and never
 * from a sample's slowness.
 */
import { z } from 'zod';
import type { RunFile } from '../../run/run-file.ts';
import type { HealthEvent } from '../../telemetry/events.ts';
import { duration, percent, share } from '../format.ts';
import { percentile, sorted } from '../statistics/statistics.ts';
import type { Sample } from '../samples/index.ts';
import type { Summary } from '../summary.ts';

const guardsSchema = z.object({
  /** Milliseconds: the 95th percentile of a worker's event-loop delay within a second. */
  GUARD_LOOP_LAG_MS: z.number().default(10),
  /** The share of page timers that came more than 50 ms late. */
  GUARD_DRIFT_SHARE: z.number().default(0.005),
  /** The share of all cores that generator and rest of the machine use; only attached, where the product is elsewhere. */
  GUARD_CPU: z.number().default(0.65),
  /** The share of seconds past a guard from which on the run says nothing about the product. */
  GUARD_INVALID_SHARE: z.number().default(0.25),
});

/** Timer drift is judged over the seven seconds around each, and two timers at least: one late timer is no verdict. */
const DRIFT_SECONDS_AROUND = 3;
const DRIFT_LEAST_LATE = 2;
/** The share of all cores above which a page's script may have been slow because it had to wait for one. */
const CORES_TO_SPARE_UP_TO = 0.9;

export interface HealthInput {
  run: Pick<RunFile, 'settings' | 'target' | 'health'> & Partial<Pick<RunFile, 'analysts'>>;
  /** How many analysts this machine carried when it was calibrated; absent where it was not, or for another load. */
  carries?: number | undefined;
  events: readonly HealthEvent[];
  /** From the start line to the last step, milliseconds since 1970; absent when nobody started. */
  measured?: { from: number; to: number };
}

export interface Health {
  generator: Summary['generator'];
  /** The seconds since 1970 in which the generator was past a guard. */
  suspectSeconds: readonly number[];
  /** Whether the generator was past a guard when a sample was taken. */
  isSuspect: (sample: Pick<Sample, 'span'>) => boolean;
  /** Why the run says nothing about the product, a sentence a guard; empty when it does. */
  broken: string[];
  /** What should have been recorded and was not, as sentences. */
  problems: string[];
}

interface Breach {
  guard: string;
  worst: number;
  seconds: Set<number>;
  describe: (worst: number) => string;
  remedy: string;
  /** With one analyst it is none. */
  isOfMany?: true;
}

/** The guards that a run was held to. */
export function guardsOf(settings: RunFile['settings']): z.infer<typeof guardsSchema> {
  return guardsSchema.parse(settings);
}

/** Judges the generator's health. */
export function judgeHealth({ run, events, measured, carries }: HealthInput): Health {
  const guards = guardsOf(run.settings);
  const seconds = measured ? secondsOf(measured) : [];
  const inside = new Set(seconds);
  const judged = events.flatMap((event) => coveredBy(event, inside).map((second) => ({ second, event })));
  const of = (source: HealthEvent['source']) => judged.filter(({ event }) => event.source === source);
  const breaches = [
    loopLag(of('worker'), guards.GUARD_LOOP_LAG_MS),
    drift(of('page'), withCoresToSpare(of('machine')), seconds, guards.GUARD_DRIFT_SHARE),
    ...(run.target.kind === 'attached' ? [cpu(of('machine'), guards.GUARD_CPU)] : []),
  ];
  const bad: ReadonlySet<number> = new Set(breaches.flatMap((breach) => [...breach.seconds]));
  const tooMuch = seconds.length > 0 && bad.size > guards.GUARD_INVALID_SHARE * seconds.length;
  return {
    generator: figures(
      judged.map(({ event }) => event),
      judged.length === 0 ? null : bad.size,
      seconds.length,
    ),
    suspectSeconds: [...bad],
    isSuspect: ({ span }) => span !== undefined && isTouched(span, bad),
    broken: tooMuch
      ? [
          ...whatWasBroken(breaches, bad.size, seconds.length, guards.GUARD_INVALID_SHARE),
          whatToDo(breaches, run.analysts, carries),
        ]
      : [],
    problems: run.health === true && seconds.length >= leastSeconds ? missing(judged.map(({ event }) => event)) : [],
  };
}

/** The whole seconds of the clock whose middle lies in the window. */
export function secondsOf({ from, to }: { from: number; to: number }): number[] {
  const first = Math.ceil(from / 1000 - 0.5);
  const last = Math.ceil(to / 1000 - 0.5) - 1;
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => first + at);
}

function coveredBy(event: HealthEvent, inside: ReadonlySet<number>): number[] {
  return secondsOf(event).filter((second) => inside.has(second));
}

/** A sample is suspect when it was completed in a bad second, or when half of its time or more lies in such. */
function isTouched({ from, to }: { from: number; to: number }, bad: ReadonlySet<number>): boolean {
  if (bad.has(Math.floor(to / 1000))) return true;
  let inBad = 0;
  for (let second = Math.floor(from / 1000); second <= Math.floor(to / 1000); second += 1)
    if (bad.has(second)) inBad += Math.min(to, (second + 1) * 1000) - Math.max(from, second * 1000);
  return inBad > 0 && inBad * 2 >= to - from;
}

type Judged = readonly { second: number; event: HealthEvent }[];

function loopLag(records: Judged, limit: number): Breach {
  const past = records.filter(({ event }) => (event.loopLagP95Ms ?? 0) > limit);
  return {
    guard: `GUARD_LOOP_LAG_MS=${limit}`,
    worst: past.reduce((most, { event }) => Math.max(most, event.loopLagP95Ms ?? 0), 0),
    seconds: new Set(past.map(({ second }) => second)),
    describe: (worst) =>
      `Muster’s own processes came late by up to ${duration(worst)} (a worker’s event loop, 95th percentile of a second)`,
    remedy: 'fewer workers or fewer analysts in each (PER_WORKER=auto chooses both)',
    isOfMany: true,
  };
}

/** Seconds in which nobody had to wait for a core, as far as is known. */
function withCoresToSpare(machine: Judged): ReadonlySet<number> {
  const known = machine.filter(({ event }) => event.cpuGenerator !== undefined || event.cpuRest !== undefined);
  return new Set(known.filter(({ event }) => coresUsed(event) <= CORES_TO_SPARE_UP_TO).map(({ second }) => second));
}

function coresUsed({ cpuGenerator = 0, cpuProduct = 0, cpuRest = 0 }: HealthEvent): number {
  return cpuGenerator + cpuProduct + cpuRest;
}

/**
 * A timer that waited for the page's own scripts is no sign of the generator, unless the cores were all in use: a script
 * that is slow by itself and one that had to wait look alike then.
 */
function drift(records: Judged, spared: ReadonlySet<number>, seconds: readonly number[], limit: number): Breach {
  const sums = new Map<number, { samples: number; late: number }>();
  for (const { second, event } of records) {
    const sum = sums.get(second) ?? { samples: 0, late: 0 };
    sum.samples += event.driftSamples ?? 0;
    sum.late += (event.driftOver50Ms ?? 0) + (spared.has(second) ? 0 : (event.driftOwnOver50Ms ?? 0));
    sums.set(second, sum);
  }
  const past = new Set<number>();
  let worst = 0;
  for (const second of seconds) {
    let samples = 0;
    let late = 0;
    for (let near = second - DRIFT_SECONDS_AROUND; near <= second + DRIFT_SECONDS_AROUND; near += 1) {
      samples += sums.get(near)?.samples ?? 0;
      late += sums.get(near)?.late ?? 0;
    }
    if (late < DRIFT_LEAST_LATE || late <= limit * samples) continue;
    past.add(second);
    worst = Math.max(worst, late / samples);
  }
  return {
    guard: `GUARD_DRIFT_SHARE=${limit}`,
    worst,
    seconds: past,
    describe: (late) => `up to ${percent(late)} of the pages’ timers came more than 50 ms late`,
    remedy: 'fewer analysts (ANALYSTS)',
    isOfMany: true,
  };
}

function cpu(records: Judged, limit: number): Breach {
  const used = records.map(({ second, event }) => ({
    second,
    used: (event.cpuGenerator ?? 0) + (event.cpuRest ?? 0),
  }));
  const past = used.filter((each) => each.used > limit);
  return {
    guard: `GUARD_CPU=${limit}`,
    worst: past.reduce((most, each) => Math.max(most, each.used), 0),
    seconds: new Set(past.map(({ second }) => second)),
    describe: (worst) => `up to ${share(worst)} of this machine’s cores were busy`,
    remedy: 'a machine with less to do or more cores',
  };
}

/** The guard that was broken for longest first. */
function brokenOf(breaches: readonly Breach[]): Breach[] {
  return breaches.filter(({ seconds }) => seconds.size > 0).sort((a, b) => b.seconds.size - a.seconds.size);
}

function whatWasBroken(breaches: readonly Breach[], bad: number, all: number, allowed: number): string[] {
  const what = brokenOf(breaches).map(
    ({ guard, seconds, worst, describe }) => `${describe(worst)} in ${seconds.size} of ${all} seconds, past ${guard}.`,
  );
  return [
    `The machine that ran the browsers, not the product, was the bottleneck in ${bad} of ${all} seconds (${share(bad / all)}; past ${share(allowed)} a run is INVALID), so the figures say nothing about the product.`,
    ...what.map((each) => `${each.charAt(0).toUpperCase()}${each.slice(1)}`),
  ];
}

function whatToDo(breaches: readonly Breach[], analysts: number | undefined, carries: number | undefined): string {
  const alone = analysts === 1;
  const remedies = brokenOf(breaches).flatMap(({ remedy, isOfMany }) => (alone && isOfMany ? [] : [remedy]));
  const quieter = remedies.some((each) => each.startsWith('a machine')) ? [] : ['a quieter machine'];
  const tried = `Try ${[...remedies, ...quieter].join(', or ')}.`;
  if (alone) return tried;
  const asked = analysts === undefined ? '' : `${analysts} analysts were asked of this machine`;
  if (carries !== undefined && asked !== '')
    return `${asked}; when it was calibrated it carried ${carries === 0 ? 'none' : carries}. ${tried}`;
  return `${asked === '' ? '' : `${asked}. `}${tried} npm run calibrate finds how many analysts this machine can carry.`;
}

/** A page speaks of whole seconds only, and the first and last of a run are never whole. */
const leastSeconds = 4;

function missing(events: readonly HealthEvent[]): string[] {
  return (['worker', 'page'] as const)
    .filter((wanted) => !events.some(({ source }) => source === wanted))
    .map((source) => `No ${source} recorded its own health, so nobody knows whether the generator was the bottleneck.`);
}

function figures(
  events: readonly HealthEvent[],
  invalidSeconds: number | null,
  judgedSeconds: number,
): Summary['generator'] {
  const p95 = (take: (event: HealthEvent) => number | undefined) => {
    const values = events.flatMap((event) => take(event) ?? []);
    return values.length === 0 ? null : percentile(sorted(values), 95);
  };
  const most = (take: (event: HealthEvent) => number | undefined) => {
    const values = events.flatMap((event) => take(event) ?? []);
    return values.length === 0 ? null : values.reduce((largest, value) => Math.max(largest, value), -Infinity);
  };
  // A record of several seconds stands for each of them above; its timers are counted once.
  const pages = [...new Set(events)].filter(({ source }) => source === 'page');
  const samples = pages.reduce((sum, { driftSamples }) => sum + (driftSamples ?? 0), 0);
  const late = pages.reduce((sum, { driftOver50Ms }) => sum + (driftOver50Ms ?? 0), 0);
  return {
    cpuP95: p95(({ cpuGenerator }) => cpuGenerator),
    productCpuP95: p95(({ cpuProduct }) => cpuProduct),
    restCpuP95: p95(({ cpuRest }) => cpuRest),
    psiP95: p95(({ psiCpuSome }) => psiCpuSome),
    loopLagP95Ms: p95(({ loopLagP95Ms }) => loopLagP95Ms),
    driftOver50msShare: samples === 0 ? null : late / samples,
    memoryPeakBytes: most(({ memoryGeneratorBytes }) => memoryGeneratorBytes),
    productMemoryPeakBytes: most(({ memoryProductBytes }) => memoryProductBytes),
    invalidSeconds,
    judgedSeconds: invalidSeconds === null ? null : judgedSeconds,
  };
}
