/** What the telemetry bench makes of its measurements: each figure with and without telemetry, and how sure the difference is. */
import { bootstrap } from '../src/report/statistics/bootstrap.ts';
import { median } from '../src/report/statistics/statistics.ts';
import type { Plan } from './conditions.ts';
import { sum } from './footprint.ts';
import type { Measurement } from './measurement.ts';
import { hostOf, type Cell, type Publication } from './published.ts';

interface Figure {
  readonly name: string;
  readonly digits: number;
  /** Null: a measurement does not have it. */
  readonly of: (measurement: Measurement) => number | null;
}

const figures: readonly Figure[] = [
  {
    name: "Chromium's CPU, s an analyst",
    digits: 2,
    of: ({ cpuSeconds: { browser, renderers, helpers }, analysts }) => (browser + renderers + helpers) / analysts,
  },
  {
    name: 'of it its renderers, s an analyst',
    digits: 2,
    of: ({ cpuSeconds, analysts }) => cpuSeconds.renderers / analysts,
  },
  {
    name: "Node's CPU, s an analyst",
    digits: 2,
    of: ({ cpuSeconds: { runner, workers }, analysts }) => (runner + workers) / analysts,
  },
  { name: 'CPU in all, s an analyst', digits: 2, of: ({ cpuSeconds, analysts }) => sum(cpuSeconds) / analysts },
  { name: 'memory, MB an analyst', digits: 0, of: ({ peakBytes, analysts }) => peakBytes / 1e6 / analysts },
  { name: 'wall time, s', digits: 1, of: ({ wallSeconds }) => wallSeconds },
  { name: "the product's CPU, s", digits: 2, of: ({ product }) => product.cpuSeconds },
  { name: 'its answers, median, ms', digits: 1, of: ({ product }) => product.requestP50Ms },
  { name: 'its answers, p95, ms', digits: 1, of: ({ product }) => product.requestP95Ms },
  { name: 'its runs, median, ms', digits: 0, of: ({ product }) => product.runP50Ms },
];

/** The seed of the intervals: the same measurements always give the same. */
const seed = 1;

export interface Effect {
  readonly name: string;
  readonly digits: number;
  /** Medians. */
  readonly with: number;
  readonly without: number;
  /** The ratio of the medians less one, with its 95 % interval; null where it cannot be had because the median without is 0. */
  readonly change: { readonly value: number; readonly low: number; readonly high: number } | null;
}

/** @throws Error before each side has two measurements. */
export function effects(measurements: readonly Measurement[]): Effect[] {
  const watched = measurements.filter(({ arm }) => arm === 'muster');
  const silent = measurements.filter(({ arm }) => arm === 'silent');
  if (Math.min(watched.length, silent.length) < 2)
    throw new Error(
      `There are ${watched.length} measurements with and ${silent.length} without telemetry: two of each are the least for an interval.`,
    );
  return figures.flatMap(({ name, digits, of }) => {
    const [a, b] = [silent, watched].map((side) => side.flatMap((each) => of(each) ?? []));
    if (!a || !b || a.length < 2 || b.length < 2) return [];
    const without = median(a);
    const least = Math.min(...a);
    return [
      {
        name,
        digits,
        with: median(b),
        without,
        change: least > 0 ? bootstrap(a, b, (first, second) => median(second) / median(first) - 1, seed) : null,
      },
    ];
  });
}

export function telemetryPublication(measurements: readonly Measurement[], plan: Plan, command: string): Publication {
  const latest = measurements.at(-1);
  if (!latest) throw new Error('Nothing has been measured yet.');
  return {
    bench: plan.journey === 'dwell' ? 'telemetry' : 'telemetry-whole',
    measuredAt: latest.at.slice(0, 10),
    host: hostOf(latest.browser),
    often: `${timesOf(measurements, 'silent')} times without and ${timesOf(measurements, 'muster')} times with telemetry, ${latest.analysts} analysts each time`,
    command,
    columns: [
      { key: 'figure', title: 'figure' },
      { key: 'without', title: 'without telemetry' },
      { key: 'with', title: 'with telemetry' },
      { key: 'change', title: 'change (95 % interval)', unit: '%', digits: 1 },
    ],
    rows: effects(measurements).map((effect) => ({
      figure: effect.name,
      without: effect.without.toFixed(effect.digits),
      with: effect.with.toFixed(effect.digits),
      change: percent(effect.change),
    })),
  };
}

function timesOf(measurements: readonly Measurement[], wanted: Measurement['arm']): number {
  return measurements.filter(({ arm }) => arm === wanted).length;
}

function percent(change: Effect['change']): Cell {
  return change && { value: 100 * change.value, low: 100 * change.low, high: 100 * change.high };
}
