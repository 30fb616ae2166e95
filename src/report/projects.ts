/** What became of each project, by its owner's last word. */
import type { MusterEvent, ProjectEvent } from '../telemetry/events.ts';
import { mean } from './statistics/statistics.ts';
import type { Summary } from './summary.ts';

type Word = Extract<MusterEvent, { type: 'project' }> & ProjectEvent;

/** One record a project: the last. */
export function lastWords(events: readonly MusterEvent[]): Word[] {
  const words = events.filter((event): event is Word => event.type === 'project').sort((a, b) => a.at - b.at);
  return [...new Map(words.map((event) => [event.name, event])).values()];
}

/** A project that was accepted and of which no end is known is still in progress; `launched`: how many were accepted. */
export function countProjects(events: readonly MusterEvent[], launched: number): Summary['projects'] {
  const last = lastWords(events);
  const ends = (end: Word['end']) => last.filter((event) => event.end === end);
  const completed = ends('completed');
  const counted = {
    completed: completed.length,
    failed: ends('failed').length,
    cancelled: ends('cancelled').length,
    pendingReview: ends('pending-review').length,
  };
  const known = counted.completed + counted.failed + counted.cancelled + counted.pendingReview;
  const durations = completed.flatMap(({ durationMs }) => (durationMs === undefined ? [] : [durationMs]));
  return {
    launched,
    ...counted,
    inProgress: Math.max(ends('in-progress').length, launched - known, 0),
    rateLimited: ends('rate-limited').length,
    meanDurationMs: durations.length === 0 ? null : mean(durations),
  };
}
