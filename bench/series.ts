/** Measurements one after the other, as the plan has them, until it is done, the time is up or somebody stops it. */
import { openBrowser } from './browser.ts';
import { nameOf, pending, schedule, type Plan } from './conditions.ts';
import { parts, sum } from './footprint.ts';
import { measure } from './measure.ts';
import { keepMeasurement, readMeasurements, type Measurement } from './measurement.ts';

export interface SeriesOptions {
  readonly plan: Plan;
  /** Where measurements are gathered; those that are there already are not taken again. */
  readonly folder: string;
  /** After so many seconds no further measurement is begun. */
  readonly seconds: number;
  readonly say: (line: string) => void;
}

/** What other programs may use of all cores before a measurement is called disturbed. */
export const quietShare = 0.1;

/**
 * @returns all measurements of the plan so far, and how many are still missing.
 * @throws ConfigurationError when there is no browser; the error of a measurement that could not be made.
 */
export async function measureSeries({
  plan,
  folder,
  seconds,
  say,
}: SeriesOptions): Promise<{ measurements: Measurement[]; missing: number }> {
  const planned = schedule(plan);
  const todo = pending(planned, await readMeasurements(folder));
  if (todo.length > 0) {
    say(`${planned.length - todo.length} of ${planned.length} measurements are there.`);
    await takeThem(todo, { folder, seconds, say });
  }
  const measurements = await measurementsOf(plan, folder);
  return { measurements, missing: pending(planned, measurements).length };
}

/** Those in the folder that belong to the plan. */
export async function measurementsOf(plan: Plan, folder: string): Promise<Measurement[]> {
  const names = new Set(schedule(plan).map(nameOf));
  return (await readMeasurements(folder)).filter((measurement) => names.has(nameOf(measurement)));
}

async function takeThem(
  todo: ReturnType<typeof schedule>,
  { folder, seconds, say }: Omit<SeriesOptions, 'plan'>,
): Promise<void> {
  const { browser, name } = await openBrowser();
  await browser.close();
  const deadline = Date.now() + seconds * 1000;
  const stop = new AbortController();
  const onSignal = (): void =>
    stop.abort(new Error('Stopped: what was measured before is kept, and goes on from there.'));
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.once(signal, onSignal);
  try {
    for (const [place, condition] of todo.entries()) {
      if (Date.now() > deadline) break;
      const measurement = await measure(condition, name, stop.signal);
      await keepMeasurement(folder, measurement);
      say(`${String(place + 1).padStart(3)} of ${todo.length}  ${progress(measurement)}`);
    }
  } finally {
    for (const signal of signals) process.off(signal, onSignal);
  }
}

/** One measurement in a line. */
function progress(measurement: Measurement): string {
  const { analysts, finished, cpuSeconds, peakBytes, startLineSeconds, guards, restShare } = measurement;
  const facts = [
    `${(peakBytes / 1e6 / analysts).toFixed(0)} MB and ${(sum(cpuSeconds) / analysts).toFixed(2)} CPU-s an analyst`,
    `(${parts.map((part) => `${part} ${(cpuSeconds[part] / analysts).toFixed(2)}`).join(', ')})`,
    startLineSeconds === null ? 'not all at the start line' : `start line after ${startLineSeconds.toFixed(1)} s`,
    ...(guards === null ? [] : [`${guards.past} of ${guards.judged} s past a guard`]),
    ...(finished === analysts ? [] : [`only ${finished} of ${analysts} finished`]),
    ...(restShare > quietShare ? [`disturbed: other programs used ${(100 * restShare).toFixed(0)} %`] : []),
  ];
  return `${nameOf(measurement).padEnd(18)}  ${facts.join('; ')}`;
}
