/** Samples of steps: by the worker's clock, from their schedule, and in the page's own time where they lead to a page. */
import type { MusterEvent } from '../../telemetry/events.ts';
import { countUpTo } from '../statistics/ordered.ts';
import { addBetween, owe } from './measuring.ts';
import type { Measured, Tags } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;
type Prompted = Of<'arrival'> & { promptedAt: number };

/** The page's clock and the worker's are of one machine, and read one after the other; milliseconds. */
const CLOCKS_APART_MS = 50;

/**
 * Expected is a step as often as it was recorded, and a page as often as one was gone to within a step. All events are of one
 * analyst.
 */
export function addSteps(measured: Measured, events: readonly MusterEvent[], tags: Tags): void {
  const arrivals = events
    .filter((event): event is Prompted => event.type === 'arrival' && event.promptedAt !== undefined)
    .sort((one, other) => one.promptedAt - other.promptedAt);
  const promptedAt = Float64Array.from(arrivals, (arrival) => arrival.promptedAt);
  for (const step of events) {
    if (step.type !== 'step') continue;
    addStep(measured, step, tags);
    const [from, to] = [step.startedAt - CLOCKS_APART_MS, step.endedAt + CLOCKS_APART_MS];
    for (const arrival of arrivals.slice(countUpTo(promptedAt, from - 1), countUpTo(promptedAt, to)))
      if (isWithin(arrival, step)) addArrival(measured, arrival, step, tags);
  }
}

function addStep(measured: Measured, step: Of<'step'>, tags: Tags): void {
  const { analyst, name, scheduledAt, startedAt, endedAt: to } = step;
  const censored = step.outcome !== 'ok';
  addBetween(measured, { metric: `step.${name}`, tags, analyst, from: startedAt, to, censored });
  if (scheduledAt !== undefined)
    addBetween(measured, { metric: `from-schedule.${name}`, tags: {}, analyst, from: scheduledAt, to, censored });
}

/** Whether the step holds all of it: what was asked of the page, and what came of that. */
function isWithin(arrival: Of<'arrival'>, step: Of<'step'>): boolean {
  const { analyst, attempt, promptedAt, routedAt, paintedAt } = arrival;
  return (
    analyst === step.analyst &&
    attempt === step.attempt &&
    promptedAt !== undefined &&
    promptedAt >= step.startedAt - CLOCKS_APART_MS &&
    (paintedAt ?? routedAt) <= step.endedAt + CLOCKS_APART_MS
  );
}

function addArrival(
  measured: Measured,
  { analyst, promptedAt: from, paintedAt }: Of<'arrival'>,
  { name, outcome, endedAt }: Of<'step'>,
  tags: Tags,
): void {
  const metric = `shown.${name}`;
  if (paintedAt !== undefined) addBetween(measured, { metric, tags, analyst, from, to: paintedAt });
  else if (outcome !== 'ok') addBetween(measured, { metric, tags, analyst, from, to: endedAt, censored: true });
  else owe(measured, metric, tags, 'the page that was gone to never showed a heading of its own');
}
