/** How samples and what is owed are put down: a sample is always one of those that should be there. */
import type { Measured, Sample, Tags } from './index.ts';

/** Puts down a sample that there is. */
export function add({ samples, expectations }: Measured, sample: Sample): void {
  expectations.push({ metric: sample.metric, tags: sample.tags, count: 1 });
  samples.push(sample);
}

/** Puts down that a sample should be there and is not; `why`, where that is known, is published. */
export function owe({ expectations }: Measured, metric: string, tags: Tags, why?: string): void {
  expectations.push({ metric, tags, count: 1, ...(why === undefined ? {} : { why }) });
}

export interface Between {
  metric: string;
  tags: Tags;
  analyst: string;
  /** Milliseconds since 1970. */
  from: number | undefined;
  to: number | undefined;
  censored?: boolean;
  why?: string;
}

/** The time between two moments, which the generator can have changed; owed when one of them is not known. */
export function addBetween(measured: Measured, { from, to, why, censored = false, ...whose }: Between): void {
  if (from === undefined || to === undefined) owe(measured, whose.metric, whose.tags, why);
  else add(measured, { ...whose, censored, value: Math.max(0, to - from), span: { from, to } });
}
