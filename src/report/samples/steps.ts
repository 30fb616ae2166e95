/** Samples of steps: by the worker's clock, from their schedule, and in the page's own time where they lead to a page. */
import type { MusterEvent } from '../../telemetry/events.ts';
import { addBetween, owe } from './measuring.ts';
import type { Measured, Tags } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** The page's clock and the worker's are of one machine, and read one after the other; milliseconds. */
const CLOCKS_APART_MS = 50;

/** Expected is a step as often as it was recorded, and a page as often as one was gone to within a step. */
export function addSteps(measured: Measured, events: readonly MusterEvent[], tagsOf: (analyst: string) => Tags): void {
  const arrivals = events.filter((event): event is Of<'arrival'> => event.type === 'arrival');
  for (const step of events) {
    if (step.type !== 'step') continue;
    const tags = tagsOf(step.analyst);
    addStep(measured, step, tags);
    for (const arrival of arrivals) if (isWithin(arrival, step)) addArrival(measured, arrival, step, tags);
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
