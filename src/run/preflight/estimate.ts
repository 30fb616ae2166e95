/** What a run on an attached product will ask of it: launches against its limit, time in its queue, cost. Pure. */
import { z } from 'zod';
import type { Settings } from '../settings.ts';

export const estimateSchema = z.object({
  /** How many analysts take part. */
  analysts: z.int().nonnegative(),
  /** Projects that they launch, at most; what hazard probes launch is not among them. */
  launches: z.int().nonnegative(),
  /** In the currency of COST_PER_RUN; an upper bound. */
  cost: z.number().nonnegative(),
  /** Minutes from the first launch until the last run has ended, or until the last launch where runs are cancelled then. */
  durationMin: z.number().nonnegative(),
  /** Whether runs are cancelled before they have cost all of that. */
  cutShort: z.boolean(),
  organizations: z.array(
    z.object({
      organization: z.string(),
      launches: z.int().nonnegative(),
      /** Launches that the product's limit still remembers of earlier runs. */
      remembered: z.int().nonnegative(),
      /** How many are answered with 429 at first. */
      refused: z.int().nonnegative(),
      /** Minutes that the last of them would have to wait. */
      longestWaitMin: z.number().nonnegative(),
      /** How many of them would have to wait longer than RATE_LIMIT_WAIT_S allows, and end without a project. */
      givingUp: z.int().nonnegative(),
    }),
  ),
  /** How many runs take longer than RUN_DEADLINE_MIN, their time in the queue included. */
  late: z.int().nonnegative(),
  /** Minutes that the slowest of them takes from its launch to its end. */
  slowestMin: z.number().nonnegative(),
});
export type Estimate = z.infer<typeof estimateSchema>;

export interface Load {
  /** How many of the analysts that take part belong to each organisation. */
  readonly analysts: ReadonlyMap<string, number>;
  /** Launches of earlier runs: when, in minutes before now. */
  readonly earlier?: ReadonlyMap<string, readonly number[]>;
}

type Bounds = Pick<
  Settings,
  | 'JOURNEY'
  | 'UNTIL'
  | 'COST_PER_RUN'
  | 'PRODUCT_SLOTS'
  | 'PRODUCT_RUN_MIN'
  | 'LAUNCH_LIMIT'
  | 'RATE_LIMIT_WAIT_S'
  | 'RUN_DEADLINE_MIN'
>;

/** Journeys that launch nothing; any other may launch one project an analyst. */
const withoutLaunch: readonly string[] = ['browse', 'onboard'];

/** Whether analysts of these settings may create projects. */
export function creates({ JOURNEY }: Pick<Settings, 'JOURNEY'>): boolean {
  return !withoutLaunch.includes(JOURNEY);
}

/**
 * Estimates a run whose analysts all launch at once: a ramp only makes it gentler. Who is refused tries again the moment
 * that it may, unless that is longer than RATE_LIMIT_WAIT_S; pipelines wait for PRODUCT_SLOTS in the order of their launches.
 */
export function estimate(settings: Bounds, { analysts, earlier = new Map() }: Load): Estimate {
  const limit = limitOf(settings);
  const patienceMin = settings.RATE_LIMIT_WAIT_S / 60;
  const perAnalyst = creates(settings) ? 1 : 0;
  const acceptedAt: number[] = [];
  const organizations = [...analysts].map(([organization, count]) => {
    const launches = count * perAnalyst;
    const past = limit ? (earlier.get(organization) ?? []).filter((ago) => ago < limit.minutes) : [];
    const waits = waitsOf(launches, past, limit);
    acceptedAt.push(...waits.filter((wait) => wait <= patienceMin));
    return {
      organization,
      launches,
      remembered: past.length,
      refused: waits.filter((wait) => wait > 0).length,
      longestWaitMin: Math.max(0, ...waits),
      givingUp: waits.filter((wait) => wait > patienceMin).length,
    };
  });
  const launches = organizations.reduce((sum, each) => sum + each.launches, 0);
  const cutShort = settings.UNTIL !== 'done';
  // Runs that end with their launch hold no slot for long.
  const runMin = settings.UNTIL === 'launched' ? 0 : settings.PRODUCT_RUN_MIN;
  const ends = endsOf(acceptedAt, settings.PRODUCT_SLOTS, runMin);
  const takes = ends.map(({ from, to }) => to - from);
  return {
    analysts: [...analysts.values()].reduce((sum, count) => sum + count, 0),
    launches,
    cost: launches * settings.COST_PER_RUN,
    durationMin: Math.max(0, ...ends.map(({ to }) => to)),
    cutShort,
    organizations,
    late: takes.filter((minutes) => minutes > settings.RUN_DEADLINE_MIN).length,
    slowestMin: Math.max(0, ...takes),
  };
}

interface Limit {
  readonly launches: number;
  readonly minutes: number;
}

/** The product's limit; undefined where it does not limit launches. */
export function limitOf({ LAUNCH_LIMIT }: Pick<Settings, 'LAUNCH_LIMIT'>): Limit | undefined {
  const [launches, minutes] = LAUNCH_LIMIT.split('/').map(Number);
  return launches === undefined || minutes === undefined ? undefined : { launches, minutes };
}

/** Minutes until each of so many launches is allowed: a sliding window forgets a launch when it is `minutes` old. */
function waitsOf(count: number, past: readonly number[], limit: Limit | undefined): number[] {
  if (!limit) return Array.from({ length: count }, () => 0);
  const times = past.map((ago) => -ago).sort((a, b) => a - b);
  const before = times.length;
  for (let launch = 0; launch < count; launch += 1) {
    const pushedOut = times[times.length - limit.launches];
    times.push(Math.max(0, pushedOut === undefined ? 0 : pushedOut + limit.minutes));
  }
  return times.slice(before);
}

/** When each pipeline begins to wait and when it ends, first come, first served. */
function endsOf(launchedAt: readonly number[], slots: number, runMin: number): { from: number; to: number }[] {
  const freeAt = Array.from({ length: slots }, () => 0);
  return [...launchedAt]
    .sort((a, b) => a - b)
    .map((from) => {
      const slot = freeAt.indexOf(Math.min(...freeAt));
      const to = Math.max(from, freeAt[slot] ?? 0) + runMin;
      freeAt[slot] = to;
      return { from, to };
    });
}
