/** What a round of the report's bench measures, and what many rounds say. */
import { z } from 'zod';
import { duration } from '../src/report/format.ts';
import { median } from '../src/report/statistics/statistics.ts';
import { hostOf, type Cell, type Publication } from './published.ts';

export const roundSchema = z.object({
  /** Wall time, milliseconds. */
  foldMs: z.number(),
  summaryMs: z.number(),
  consoleMs: z.number(),
  markdownMs: z.number(),
  pageMs: z.number(),
  /** Processor time of the whole process, its start included. */
  cpuS: z.number(),
  /** The most memory of the process until the fold was done, and until the page was written. */
  foldPeakMiB: z.number(),
  peakMiB: z.number(),
  /** What is still held when the fold is done, the program's own included. */
  heldMiB: z.number(),
  pageKiB: z.number(),
});
export type ReportRound = z.infer<typeof roundSchema>;

export const keptRoundSchema = roundSchema.extend({
  at: z.iso.datetime(),
  /** As many as were asked for, and as there were. */
  size: z.int().positive(),
  events: z.int().positive(),
  hours: z.number(),
});
export type KeptRound = z.infer<typeof keptRoundSchema>;

const COLUMNS = [
  { key: 'foldS', title: 'fold', unit: 's', digits: 2, of: ({ foldMs }) => foldMs / 1000 },
  { key: 'pageS', title: 'report.html', unit: 's', digits: 2, of: ({ pageMs }) => pageMs / 1000 },
  { key: 'consoleMs', title: 'console', unit: 'ms', digits: 0, of: ({ consoleMs }) => consoleMs },
  { key: 'markdownMs', title: 'job summary', unit: 'ms', digits: 0, of: ({ markdownMs }) => markdownMs },
  { key: 'summaryMs', title: 'summary.json', unit: 'ms', digits: 0, of: ({ summaryMs }) => summaryMs },
  { key: 'cpuS', title: 'processor', unit: 's', digits: 1, of: ({ cpuS }) => cpuS },
  { key: 'heldMiB', title: 'held after the fold', unit: 'MiB', digits: 0, of: ({ heldMiB }) => heldMiB },
  { key: 'peakMiB', title: 'peak memory', unit: 'MiB', digits: 0, of: ({ peakMiB }) => peakMiB },
  { key: 'pageKiB', title: 'page', unit: 'KiB', digits: 0, of: ({ pageKiB }) => pageKiB },
] as const satisfies readonly {
  key: string;
  title: string;
  unit: string;
  digits: number;
  of: (round: ReportRound) => number;
}[];

/**
 * How something grows: the exponent of the events, from the slope of a line through the logarithms (least squares). 1 is in
 * proportion, less is better. Undefined for fewer than two sizes.
 */
export function growth(points: readonly (readonly [events: number, value: number])[]): number | undefined {
  const logs = points.map(([events, value]) => [Math.log(events), Math.log(Math.max(value, Number.EPSILON))] as const);
  const mean = (place: 0 | 1): number => logs.reduce((sum, each) => sum + each[place], 0) / logs.length;
  const [x, y] = [mean(0), mean(1)];
  const spread = logs.reduce((sum, [each]) => sum + (each - x) ** 2, 0);
  if (logs.length < 2 || spread === 0) return undefined;
  return logs.reduce((sum, [a, b]) => sum + (a - x) * (b - y), 0) / spread;
}

/** A row a size, and one that says how each figure grows. */
export function reportPublication(rounds: readonly KeptRound[], command: string): Publication {
  const sizes = [...new Set(rounds.map(({ size }) => size))].sort((one, other) => one - other);
  const bySize = sizes.map((size) => rounds.filter((round) => round.size === size));
  const rows = bySize.map((of) => ({
    events: `${(of[0]?.events ?? 0).toLocaleString('en-GB')} (${duration((of[0]?.hours ?? 0) * 3_600_000)})`,
    ...Object.fromEntries(COLUMNS.map((column) => [column.key, estimate(of.map(column.of))])),
  }));
  const exponents = COLUMNS.map((column): [string, Cell] => {
    const exponent = growth(bySize.map((of) => [of[0]?.events ?? 0, median(of.map(column.of))]));
    return [column.key, exponent === undefined ? null : exponent.toFixed(2)];
  });
  const least = Math.min(...bySize.map((of) => of.length));
  return {
    bench: 'report',
    measuredAt:
      rounds
        .map(({ at }) => at)
        .sort()
        .at(-1)
        ?.slice(0, 10) ?? '',
    host: hostOf('no browser'),
    often: `${least} ${least === 1 ? 'time' : 'times'} each in turns, medians and ranges, every time in a new process`,
    command,
    columns: [
      { key: 'events', title: 'events' },
      ...COLUMNS.map(({ key, title, unit, digits }) => ({ key, title, unit, digits })),
    ],
    rows: [...rows, { events: 'grows with the events to the power of', ...Object.fromEntries(exponents) }],
  };
}

function estimate(values: readonly number[]): Cell {
  return { value: median(values), low: Math.min(...values), high: Math.max(...values) };
}
