/** From events to samples: which metric an event is a sample of, whose it is and when it was taken; and how many there should be. */
import type { RunFile } from '../../run/run-file.ts';
import type { MusterEvent } from '../../telemetry/events.ts';
import { activityOf } from '../activity.ts';
import type { AnalystAccount } from '../analysts.ts';
import { asksForCompletion, sizeOf } from '../asked.ts';
import { groupBy } from '../../run/group-by.ts';
import { addCards } from './cards.ts';
import { addErrors } from './errors.ts';
import { Launches } from './launches.ts';
import { addPages } from './page.ts';
import { addProjects } from './projects.ts';
import { addReviews } from './reviews.ts';
import { addStages } from './stages.ts';
import { addSteps } from './steps.ts';
import { addTraffic } from './traffic.ts';
import { addUploads } from './uploads.ts';
import { addVitals } from './vitals.ts';

export type Tags = Record<string, string>;

export interface Sample {
  metric: string;
  /** Every tag of the sample; the registry says by which of them there are rows. */
  tags: Tags;
  value: number;
  /** The true value is at least this. */
  censored: boolean;
  analyst: string;
  /** What the generator did in this time can have changed the value; milliseconds since 1970. Absent: nothing can have. */
  span?: { from: number; to: number };
}

/** So many samples should be there. */
export interface Expectation {
  metric: string;
  tags: Tags;
  count: number;
  /** Why it is not there, where that is known. */
  why?: string;
}

export interface Measured {
  samples: Sample[];
  expectations: Expectation[];
}

type MeasuredRun = Pick<RunFile, 'settings' | 'bundles' | 'target'>;

/** What an analyst is measured against: what others did meanwhile, and what the run is. */
export interface Surroundings {
  readonly run: MeasuredRun;
  /** The class of how many of the product's runs were active at a moment, milliseconds since 1970. */
  readonly activeAt: (at: number) => string;
  readonly launches: Launches;
  /** The routes that anybody asked for once the start line was open. */
  readonly routes: ReadonlySet<string>;
}

/** `events` hold at least those of all analysts, projects and cards. */
export function surroundingsOf(
  events: readonly MusterEvent[],
  routes: ReadonlySet<string>,
  analysts: readonly AnalystAccount[],
  run: MeasuredRun,
): Surroundings {
  return { run, routes, activeAt: activityOf(events), launches: new Launches(events, analysts) };
}

/**
 * The samples of one analyst, or of somebody else who left records, from all of their events. Expected are: LCP, CLS, FCP and
 * TTFB once a measured page load, and once for an analyst without any; LCP and CLS once a measured soft navigation; INP, which
 * only exists where somebody interacted, once wherever it was reported and once for an analyst without any; a step as often as
 * it was recorded; each time of a card as often as a change of a card was recorded, and once for a launched project whose owner
 * saw it never change; the completion of every launched project, where journeys go so far; the others as the functions that add
 * them say.
 */
export function measureOne(
  events: readonly MusterEvent[],
  account: AnalystAccount | undefined,
  { run, activeAt, launches, routes }: Surroundings,
): Measured {
  const measured: Measured = { samples: [], expectations: [] };
  const tags = bundleTags(account?.bundle, run);
  addVitals(measured, events, account, activeAt);
  addSteps(measured, events, tags);
  addUploads(measured, events, tags);
  addStages(measured, events, run, tags);
  addReviews(measured, events, tags);
  addCards(measured, events, account, { run, activeAt, launches });
  addErrors(measured, events);
  addProjects(measured, events, account, asksForCompletion(run));
  addTraffic(measured, events, account, routes);
  addPages(measured, events, account);
  return measured;
}

/** All samples of a run whose events are in memory. */
export function measure(
  events: readonly MusterEvent[],
  analysts: readonly AnalystAccount[],
  run: MeasuredRun,
): Measured {
  const routes = new Set(events.flatMap((event) => (event.type === 'http' && event.measured ? [event.route] : [])));
  const surroundings = surroundingsOf(events, routes, analysts, run);
  const own = groupBy(events, ({ analyst }) => analyst);
  const accounts = new Map(analysts.map((account) => [account.analyst, account]));
  const parts = [...new Set([...own.keys(), ...accounts.keys()])].map((analyst) =>
    measureOne(own.get(analyst) ?? [], accounts.get(analyst), surroundings),
  );
  return {
    samples: parts.flatMap(({ samples }) => samples),
    expectations: parts.flatMap(({ expectations }) => expectations),
  };
}

function bundleTags(bundle: string | undefined, run: Pick<RunFile, 'bundles'>): Tags {
  if (bundle === undefined) return {};
  const size = sizeOf(bundle, run);
  return size === undefined ? { bundle } : { bundle, size };
}
