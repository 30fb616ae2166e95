/** From events to samples: which metric an event is a sample of, whose it is and when it was taken; and how many there should be. */
import type { RunFile } from '../../run/run-file.ts';
import type { MusterEvent } from '../../telemetry/events.ts';
import type { AnalystAccount } from '../analysts.ts';
import { asksForCompletion, sizeOf } from '../asked.ts';
import { lastWords } from '../projects.ts';
import { addCards } from './cards.ts';
import { addPages } from './page.ts';
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

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;
/**
 * All samples of a run. Expected are: LCP, CLS, FCP and TTFB once a measured page load, and once for an analyst
 * without any; LCP and CLS once a measured soft navigation; INP, which only exists where somebody interacted, once
 * wherever it was reported and once for an analyst without any; a step as often as it was recorded; each time of a
 * card as often as a change of a card was recorded, and once for a launched project whose owner saw it never change;
 * the completion of every launched project, where journeys go so far; the others as the functions that add them say.
 */
export function measure(
  events: readonly MusterEvent[],
  analysts: readonly AnalystAccount[],
  run: Pick<RunFile, 'settings' | 'bundles' | 'target'>,
): Measured {
  const measured: Measured = { samples: [], expectations: [] };
  const bundles = new Map(analysts.map(({ analyst, bundle }) => [analyst, bundle]));
  addVitals(measured, events, analysts);
  const tagsOf = (analyst: string): Tags => bundleTags(bundles.get(analyst), run);
  addSteps(measured, events, tagsOf);
  addUploads(measured, events, tagsOf);
  addStages(measured, events, run, tagsOf);
  addReviews(measured, events, tagsOf);
  addCards(measured, events, analysts, run);
  addErrors(measured, events);
  addProjects(measured, events, analysts, asksForCompletion(run));
  addTraffic(measured, events, analysts);
  addPages(measured, events, analysts);
  return measured;
}

function bundleTags(bundle: string | undefined, run: Pick<RunFile, 'bundles'>): Tags {
  if (bundle === undefined) return {};
  const size = sizeOf(bundle, run);
  return size === undefined ? { bundle } : { bundle, size };
}

function expect({ expectations }: Measured, metric: string, tags: Tags, count = 1): void {
  expectations.push({ metric, tags, count });
}

/** What counts as an error of a step; the console repeats these or speaks of nobody's. */
const ERRORS: readonly Of<'error'>['source'][] = ['page', 'request', 'toast'];

function addErrors(measured: Measured, events: readonly MusterEvent[]): void {
  const steps = events.filter((event): event is Of<'step'> => event.type === 'step');
  const errors = events.filter(
    (event): event is Of<'error'> => event.type === 'error' && ERRORS.includes(event.source),
  );
  const met = new Set<Of<'step'>>();
  const between = errors.filter((error) => {
    const step = steps.find(
      ({ analyst, attempt, name, startedAt, endedAt }) =>
        analyst === error.analyst &&
        attempt === error.attempt &&
        name === error.step &&
        // The record is written a moment after the error, and perhaps after the step.
        error.at >= startedAt &&
        error.at <= endedAt + 1_000,
    );
    if (step) met.add(step);
    return step === undefined;
  });
  const add = (analyst: string, tags: Tags, wrong: boolean) => {
    expect(measured, 'rate.errors', tags);
    measured.samples.push({ metric: 'rate.errors', tags, value: wrong ? 1 : 0, censored: false, analyst });
  };
  for (const step of steps) add(step.analyst, { step: step.name }, step.outcome !== 'ok' || met.has(step));
  for (const error of between) add(error.analyst, {}, true);
}

function addProjects(
  measured: Measured,
  events: readonly MusterEvent[],
  analysts: readonly AnalystAccount[],
  asked: boolean,
): void {
  const completedOf = new Map<string, number>();
  for (const { analyst, bundle, end, projectId } of lastWords(events)) {
    if (end === 'completed') completedOf.set(analyst, (completedOf.get(analyst) ?? 0) + 1);
    if (!asked || projectId === undefined) continue;
    expect(measured, 'rate.completion', { bundle });
    const value = end === 'completed' ? 1 : 0;
    measured.samples.push({ metric: 'rate.completion', tags: { bundle }, value, censored: false, analyst });
  }
  if (!asked) return;
  for (const { analyst, startedAt, lastStepEndedAt } of analysts) {
    if (startedAt === undefined || lastStepEndedAt === undefined || lastStepEndedAt <= startedAt) continue;
    const value = ((completedOf.get(analyst) ?? 0) * 60_000) / (lastStepEndedAt - startedAt);
    expect(measured, 'throughput.projects', {});
    measured.samples.push({ metric: 'throughput.projects', tags: {}, value, censored: false, analyst });
  }
}
