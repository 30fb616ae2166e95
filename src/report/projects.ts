/** What became of each project, by its owner's last word. */
import type { MusterEvent, ProjectEvent } from '../telemetry/events.ts';

type Word = Extract<MusterEvent, { type: 'project' }> & ProjectEvent;

/** One record a project: the last. */
export function lastWords(events: readonly MusterEvent[]): Word[] {
  const words = events.filter((event): event is Word => event.type === 'project').sort((a, b) => a.at - b.at);
  return [...new Map(words.map((event) => [event.name, event])).values()];
}
