/** Samples of what pages hold, and of the frames in which they could not answer. */
import type { MusterEvent } from '../../telemetry/events.ts';
import type { AnalystAccount } from '../analysts.ts';
import { growthOf } from '../pages.ts';
import type { Measured, Sample } from './index.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** Expected are a reading, a growth and a count of long frames of everybody who started; of long frames as many as there were. */
export function addPages(
  measured: Measured,
  events: readonly MusterEvent[],
  analysts: readonly AnalystAccount[],
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
  for (const account of analysts) addAnalyst(measured, account, readings, frames);
}

function addAnalyst(
  measured: Measured,
  { analyst, startedAt, lastStepEndedAt }: AnalystAccount,
  readings: readonly Of<'memory'>[],
  frames: readonly Of<'long-frame'>[],
): void {
  if (startedAt === undefined || lastStepEndedAt === undefined || lastStepEndedAt <= startedAt) return;
  const mine = readings.filter((reading) => reading.analyst === analyst);
  if (mine.length === 0) for (const metric of ['page.heap', 'page.nodes']) expect(measured, metric);
  const growth = growthOf(mine);
  if (growth === undefined) expect(measured, 'page.memory-growth');
  else add(measured, { metric: 'page.memory-growth', tags: {}, value: growth.share, censored: false, analyst });
  const count = frames.filter((frame) => frame.analyst === analyst).length;
  const value = (count * 60_000) / (lastStepEndedAt - startedAt);
  add(measured, { metric: 'page.loaf.count', tags: {}, value, censored: false, analyst });
}

function add(measured: Measured, sample: Sample): void {
  expect(measured, sample.metric, sample.tags);
  measured.samples.push(sample);
}

function expect({ expectations }: Measured, metric: string, tags: Sample['tags'] = {}): void {
  expectations.push({ metric, tags, count: 1 });
}
