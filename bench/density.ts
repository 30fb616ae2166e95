/** What the density bench makes of its measurements: a row for each arm and number of analysts. */
import { median } from '../src/report/statistics/statistics.ts';
import { nameOf, type Arm, type Plan } from './conditions.ts';
import { sum } from './footprint.ts';
import type { Measurement } from './measurement.ts';
import { hostOf, type Cell, type Publication } from './published.ts';

const armNames: Readonly<Record<Arm, string>> = {
  muster: 'Muster',
  silent: 'Muster without telemetry',
  plain: 'plain Playwright Test',
  bare: 'one process, no telemetry',
};

/** Medians of the repetitions, with their range; memory in MB and processor time in seconds, both an analyst. */
export function densityPublication(measurements: readonly Measurement[], plan: Plan, command: string): Publication {
  const latest = measurements.at(-1);
  if (!latest) throw new Error('Nothing has been measured yet.');
  return {
    bench: plan.journey === 'dwell' ? 'density' : 'density-whole',
    measuredAt: latest.at.slice(0, 10),
    host: hostOf(latest.browser),
    often: oftenEach(measurements),
    command,
    columns: [
      { key: 'analysts', title: 'analysts' },
      { key: 'arm', title: 'driven by' },
      { key: 'memory', title: 'memory, MB each' },
      { key: 'cpu', title: 'CPU-seconds each', digits: 2 },
      { key: 'startLine', title: 'all ready after, s', digits: 1 },
      { key: 'guards', title: 'seconds past a guard' },
      { key: 'finished', title: 'journeys done' },
      { key: 'vitals', title: 'INP and CLS kept' },
    ],
    rows: plan.levels.flatMap((analysts) =>
      plan.arms.flatMap((arm) => {
        const own = measurements.filter((each) => each.arm === arm && each.analysts === analysts);
        return own.length === 0 ? [] : [{ analysts: String(analysts), arm: armNames[arm], ...cells(own) }];
      }),
    ),
  };
}

function cells(own: readonly Measurement[]): Record<string, Cell> {
  return {
    memory: spread(own.map(({ peakBytes, analysts }) => peakBytes / 1e6 / analysts)),
    cpu: spread(own.map(({ cpuSeconds, analysts }) => sum(cpuSeconds) / analysts)),
    startLine: spread(own.flatMap(({ startLineSeconds }) => startLineSeconds ?? [])),
    guards: outOf(own.flatMap(({ guards }) => (guards ? [{ part: guards.past, whole: guards.judged }] : []))),
    finished: outOf(own.map(({ finished, analysts }) => ({ part: finished, whole: analysts }))),
    vitals: outOf(
      own.flatMap(({ inp, cls }) =>
        [inp, cls].flatMap((vital) => (vital ? [{ part: vital.kept, whole: vital.expected }] : [])),
      ),
    ),
  };
}

/** How often each arm was measured with each number of analysts. */
function oftenEach(measurements: readonly Measurement[]): string {
  const times = new Map<string, number>();
  for (const each of measurements) times.set(nameOf(each), (times.get(nameOf(each)) ?? 0) + 1);
  const [fewest, most] = [Math.min(...times.values()), Math.max(...times.values())];
  return most === 1 ? 'once each' : `${fewest === most ? most : `${fewest} to ${most}`} times each`;
}

/** The median of the repetitions and their range; nothing when there is none. */
function spread(values: readonly number[]): Cell {
  return values.length === 0 ? null : { value: median(values), low: Math.min(...values), high: Math.max(...values) };
}

/** Of all repetitions together. */
function outOf(shares: readonly { readonly part: number; readonly whole: number }[]): Cell {
  if (shares.length === 0) return null;
  const total = (take: (share: { part: number; whole: number }) => number): number =>
    shares.reduce((all, share) => all + take(share), 0);
  return `${total(({ part }) => part)} of ${total(({ whole }) => whole)}`;
}
