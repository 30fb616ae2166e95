/** Records of a small run, made up for the tests of the ledger: two analysts of one organisation, and one of another. */
import type { EventBody, MusterEvent } from '../../telemetry/events.ts';
import type { JournalRecord } from '../journal-schema.ts';

export const prefix = 'Muster 2026-03-01 abc12345';
export const begin = Date.parse('2026-03-01T10:00:00.000Z');
export const own = `${prefix} — analyst-01 coffee`;
export const organization = 'Meridian Research';

type Body<R> = R extends unknown ? Omit<R, 'v' | 'at' | 'runId' | 'analyst'> : never;

export function journal(analyst: string, atS: number, body: Body<JournalRecord>): JournalRecord {
  return { v: 1, at: begin + atS * 1000, runId: 'abc12345', analyst, ...body };
}

export function event(analyst: string, atS: number, body: EventBody): MusterEvent {
  return { v: 1, at: begin + atS * 1000, runId: 'abc12345', analyst, attempt: 1, ...body };
}

/** Somebody's subscription said so at that second; the version is of half a second before. */
export function sighting(
  analyst: string,
  atS: number,
  status: string,
  more: { project?: string; projectId?: string; productRunId?: string; versionS?: number; view?: number } = {},
): MusterEvent {
  const { project = own, projectId = 'p1', productRunId = 'r1', versionS = atS - 0.5, view = 1 } = more;
  return event(analyst, atS, {
    type: 'sighting',
    project,
    projectId,
    ...(status === 'no-run' ? {} : { productRunId }),
    status,
    versionAt: begin + versionS * 1000,
    view,
  });
}

/** A card was painted with that badge. */
export function card(analyst: string, atS: number, status: string, more: { explained?: boolean } = {}): MusterEvent {
  const at = begin + atS * 1000;
  return event(analyst, atS + 1, {
    type: 'card',
    project: own,
    own: analyst === 'analyst-01',
    status,
    paintedAt: at,
    ...(more.explained === false ? {} : { arrivedAt: at - 10, end: 'painted' }),
  });
}

export const begun: readonly MusterEvent[] = [
  event('analyst-01', 0, { type: 'analyst', phase: 'begun', organization, bundle: 'coffee' }),
  event('analyst-02', 0, { type: 'analyst', phase: 'begun', organization, bundle: 'coffee' }),
  event('analyst-03', 0, { type: 'analyst', phase: 'begun', organization: 'Northwind Insights', bundle: 'coffee' }),
];

export const intended = journal('analyst-01', 1, { type: 'intended', project: own, bundle: 'coffee', organization });
export const accepted = journal('analyst-01', 2, {
  type: 'acknowledged',
  project: own,
  projectId: 'p1',
  productRunId: 'r1',
});
export const refused = journal('analyst-01', 2, { type: 'refused', project: own, status: 429, message: 'Too many.' });
export const ended = journal('analyst-01', 60, { type: 'ended', project: own, end: 'completed' });

type Swept = Extract<JournalRecord, { type: 'swept' }>;

/** Teardown's record of the organisation. */
export function swept(
  listed: string[],
  deleted = listed,
  remaining: string[] = [],
  more: Partial<Pick<Swept, 'stuck' | 'looked' | 'foreign' | 'organization'>> = {},
): JournalRecord {
  return journal('teardown', 90, { type: 'swept', organization, listed, deleted, remaining, ...more });
}

/** What teardown writes when it could not open the list: all that was accepted may remain. */
export const blind = swept([own], [], [own], { looked: false });

/** A journal that balances, and what everybody saw of the run. */
export const goodJournal = [intended, accepted, ended, swept([own])];
export const goodSightings = ['analyst-01', 'analyst-02'].flatMap((analyst) => [
  sighting(analyst, 3, 'no-run'),
  sighting(analyst, 4, 'in_progress'),
  sighting(analyst, 20, 'pending_review'),
  sighting(analyst, 30, 'resuming'),
  sighting(analyst, 50, 'success'),
]);
