/** Samples of whether a step met an error, and of errors between steps. */
import type { MusterEvent } from '../../telemetry/events.ts';
import { groupBy } from '../../run/group-by.ts';
import { add } from './measuring.ts';
import type { Measured, Tags } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** What counts as an error of a step; the console repeats these or speaks of nobody's. */
const ERRORS: readonly Of<'error'>['source'][] = ['page', 'request', 'toast'];

/** Expected is a value once a step, and one for each error that no step holds. All events are of one analyst. */
export function addErrors(measured: Measured, events: readonly MusterEvent[]): void {
  const steps = events.filter((event): event is Of<'step'> => event.type === 'step');
  const errors = events.filter(
    (event): event is Of<'error'> => event.type === 'error' && ERRORS.includes(event.source),
  );
  const named = groupBy(errors.length === 0 ? [] : steps, ({ attempt, name }) => `${attempt} ${name}`);
  const met = new Set<Of<'step'>>();
  const between = errors.filter((error) => {
    const step = (named.get(`${error.attempt} ${error.step}`) ?? []).find(
      ({ startedAt, endedAt }) =>
        // The record is written a moment after the error, and perhaps after the step.
        error.at >= startedAt && error.at <= endedAt + 1_000,
    );
    if (step) met.add(step);
    return step === undefined;
  });
  const put = (analyst: string, tags: Tags, wrong: boolean): void =>
    add(measured, { metric: 'rate.errors', tags, value: wrong ? 1 : 0, censored: false, analyst });
  for (const step of steps) put(step.analyst, { step: step.name }, step.outcome !== 'ok' || met.has(step));
  for (const error of between) put(error.analyst, {}, true);
}
