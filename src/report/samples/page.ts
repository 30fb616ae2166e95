/** Samples of what pages hold, and of the frames in which they could not answer. */
import type { MusterEvent } from '../../telemetry/events.ts';
import type { AnalystAccount } from '../analysts.ts';
import { growthOf } from '../pages.ts';
import { add, owe } from './measuring.ts';
import type { Measured } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/**
 * Expected are a reading, a growth and a count of long frames of everybody who started; of long frames as many as there were. All
 * events are of one analyst.
 */
export function addPages(
  measured: Measured,
  events: readonly MusterEvent[],
  account: AnalystAccount | undefined,
): void {
  const readings = events.filter((event): event is Of<'memory'> => event.type === 'memory');
  const frames = events.filter((event): event is Of<'long-frame'> => event.type === 'long-frame');
  for (const { analyst, page, heapBytes, nodes } of readings) {
    const reading = { tags: { page }, censored: false, analyst };
    add(measured, { ...reading, metric: 'page.heap', value: heapBytes / 1e6 });
    add(measured, { ...reading, metric: 'page.nodes', value: nodes });
  }
  for (const { analyst, page, startedAt: from, durationMs, blockingMs: value } of frames) {
    const span = { from, to: from + durationMs };
    add(measured, { metric: 'page.loaf.blocking', tags: { page }, value, censored: false, analyst, span });
  }
  if (account !== undefined) addAnalyst(measured, account, readings, frames.length);
}

function addAnalyst(
  measured: Measured,
  { analyst, startedAt, lastStepEndedAt }: AnalystAccount,
  readings: readonly Of<'memory'>[],
  frames: number,
): void {
  if (startedAt === undefined || lastStepEndedAt === undefined || lastStepEndedAt <= startedAt) return;
  if (readings.length === 0) for (const metric of ['page.heap', 'page.nodes']) owe(measured, metric, {});
  const growth = growthOf(readings);
  if (growth === undefined) owe(measured, 'page.memory-growth', {});
  else add(measured, { metric: 'page.memory-growth', tags: {}, value: growth.share, censored: false, analyst });
  const value = (frames * 60_000) / (lastStepEndedAt - startedAt);
  add(measured, { metric: 'page.loaf.count', tags: {}, value, censored: false, analyst });
}
