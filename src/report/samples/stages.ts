/** Samples of a run's stages, as its owner's page was told of them: how long each lasted, and how soon it was seen. */
import type { RunFile } from '../../run/run-file.ts';
import type { MusterEvent } from '../../telemetry/events.ts';
import { groupBy } from '../../run/group-by.ts';
import { add, addBetween, owe } from './measuring.ts';
import { offsetOf } from './cards.ts';
import type { Measured, Tags } from './index.ts';

type Stage = Extract<MusterEvent, { type: 'stage' }>;

/**
 * Expected is each stage's duration as often as a run was in it and left it, or was in it to the end of its owner's
 * journey; its sight once a change of stage, and its paint as often as a page that shows stages was open and showed it. All events
 * are of one analyst.
 */
export function addStages(
  measured: Measured,
  events: readonly MusterEvent[],
  run: Pick<RunFile, 'target'>,
  tags: Tags,
): void {
  const runs = groupBy(
    events.filter((event): event is Stage => event.type === 'stage'),
    ({ productRunId }) => productRunId,
  );
  const offsetMs = offsetOf(events, run);
  const endedAt = events.reduce((last, { at }) => Math.max(last, at), -Infinity);
  for (const told of runs.values()) {
    const visits = visitsOf(told);
    for (const visit of visits) addSight(measured, visit, offsetMs);
    addDurations(measured, visits, tags, offsetMs === undefined ? undefined : endedAt - offsetMs);
  }
}

/** The first record of each visit to a stage; one may be visited again, and a run's end is a visit of its own. */
function visitsOf(told: readonly Stage[]): Stage[] {
  return told.filter((event, place) => {
    const before = told[place - 1];
    return before === undefined || before.stage !== event.stage || isEnd(before) !== isEnd(event);
  });
}

function isEnd({ standing }: Stage): boolean {
  return standing === 'completed' || standing === 'failed' || standing === 'cancelled';
}

/** By the product's clock alone. `journeyEndedAt`, by that clock: a run that is in a stage then was there for so long at least. */
function addDurations(
  measured: Measured,
  visits: readonly Stage[],
  tags: Tags,
  journeyEndedAt: number | undefined,
): void {
  for (const [place, visit] of visits.entries()) {
    if (isEnd(visit)) continue;
    const metric = `stage.${visit.stage}`;
    const next = visits[place + 1];
    const from = visit.committedAt;
    const to = next ? next.committedAt : journeyEndedAt;
    if (from === undefined || to === undefined)
      owe(measured, metric, tags, 'the page was told late, after a gap, so that the time of the change is not known');
    else
      add(measured, {
        metric,
        tags,
        value: Math.max(0, to - from),
        censored: next === undefined,
        analyst: visit.analyst,
      });
  }
}

function addSight(measured: Measured, { analyst, committedAt, arrivedAt, paintedAt }: Stage, offsetMs?: number): void {
  const from = committedAt === undefined || offsetMs === undefined ? undefined : committedAt + offsetMs;
  addBetween(measured, { metric: 'stage.seen', tags: {}, analyst, from, to: arrivedAt });
  if (paintedAt !== undefined) addBetween(measured, { metric: 'stage.shown', tags: {}, analyst, from, to: paintedAt });
}
