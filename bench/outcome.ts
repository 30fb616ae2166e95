/** What became of the journeys of a measurement, from what its arm left in its folder. */
import path from 'node:path';
import { readRecords } from '../src/report/records.ts';
import { readSummary } from '../src/report/results.ts';
import { median } from '../src/report/statistics/statistics.ts';
import type { Summary } from '../src/report/summary.ts';
import { analystId } from '../src/run/identity.ts';
import { readStart } from '../src/run/start-line.ts';
import type { MusterEvent } from '../src/telemetry/events.ts';
import type { Condition } from './conditions.ts';
import type { Measurement } from './measurement.ts';
import { readMarks } from './unwatched.ts';

export interface Outcome extends Pick<Measurement, 'finished' | 'inp' | 'cls' | 'guards'> {
  /** When everybody was ready, milliseconds since 1970. */
  readonly readyAt: number | null;
  readonly runP50Ms: number | null;
}

export async function readOutcome({ arm, analysts }: Condition, folder: string): Promise<Outcome> {
  if (arm === 'plain' || arm === 'bare') {
    const names = Array.from({ length: analysts }, (_, index) => analystId(index, analysts));
    const ready = await readMarks(folder, 'ready', names);
    const finished = await readMarks(folder, 'finished', names);
    return {
      readyAt: ready.length === analysts ? Math.max(...ready) : null,
      finished: finished.length,
      runP50Ms: null,
      inp: null,
      cls: null,
      guards: null,
    };
  }
  const { events } = await readRecords(folder);
  const start = await readStart(path.join(folder, 'start'));
  const summary = arm === 'silent' ? undefined : await readSummary(folder);
  const runs = events.flatMap((event) =>
    event.type === 'project' && event.end === 'completed' && event.durationMs !== undefined ? [event.durationMs] : [],
  );
  return {
    readyAt: start?.openedBy === 'all' ? start.epoch : null,
    finished: events.filter((event) => event.type === 'analyst' && event.outcome === 'ok').length,
    runP50Ms: runs.length > 0 ? median(runs) : null,
    inp: summary ? keptOf(events, 'INP', analysts) : null,
    cls: summary ? keptOf(events, 'CLS', analysts) : null,
    guards: summary ? guardsOf(summary) : null,
  };
}

/** How many of the analysts have a vital of a page that was loaded after the start line: each of them clicked there. */
export function keptOf(
  events: readonly MusterEvent[],
  vital: 'INP' | 'CLS',
  analysts: number,
): { kept: number; expected: number } {
  const kept = new Set(
    events.flatMap((event) =>
      event.type === 'vital' && event.name === vital && event.kind === 'hard' && event.measured ? [event.analyst] : [],
    ),
  );
  return { kept: kept.size, expected: analysts };
}

function guardsOf({ generator }: Summary): Measurement['guards'] {
  const { invalidSeconds, judgedSeconds } = generator;
  return invalidSeconds === null || judgedSeconds === null || judgedSeconds === undefined
    ? null
    : { past: invalidSeconds, judged: judgedSeconds };
}
