/** Samples of projects: whether each was completed, and how many an analyst completed in a minute. */
import type { MusterEvent } from '../../telemetry/events.ts';
import type { AnalystAccount } from '../analysts.ts';
import { lastWords } from '../projects.ts';
import { add } from './measuring.ts';
import type { Measured } from './index.ts';

/** Expected is a completion once a launched project, and a rate of everybody who worked; neither unless it was asked for. */
export function addProjects(
  measured: Measured,
  events: readonly MusterEvent[],
  account: AnalystAccount | undefined,
  asked: boolean,
): void {
  if (!asked) return;
  let completed = 0;
  for (const { analyst, bundle, end, projectId } of lastWords(events)) {
    if (end === 'completed') completed += 1;
    if (projectId === undefined) continue;
    const value = end === 'completed' ? 1 : 0;
    add(measured, { metric: 'rate.completion', tags: { bundle }, value, censored: false, analyst });
  }
  const { analyst, startedAt, lastStepEndedAt } = account ?? {};
  if (analyst === undefined || startedAt === undefined || lastStepEndedAt === undefined) return;
  if (lastStepEndedAt <= startedAt) return;
  const value = (completed * 60_000) / (lastStepEndedAt - startedAt);
  add(measured, { metric: 'throughput.projects', tags: {}, value, censored: false, analyst });
}
