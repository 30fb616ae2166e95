/** What became of projects on the way: shown to strangers, standing still, ended in two ways, or with another's result. */
import type { MusterEvent } from '../../telemetry/events.ts';
import { organizationOf, type Books } from './books.ts';
import { evidenceOf, type Breach } from './breach.ts';
import { lastWords } from './existence.ts';
import type { Homes } from './homes.ts';
import { fromSighting, type Sighting, type Sightings } from './observations.ts';
import { states, type StateName } from './states.ts';

type Recorded<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** What somebody of another organisation received of a project, or of the data in it. */
export function leaked(books: Books, homes: Homes, events: readonly MusterEvent[]): Breach[] {
  const projects = new Map([...books.projects.values()].map((book) => [book.intended[0]?.analyst, book.project]));
  const found = new Map<string, Map<string, Breach['evidence'][number]>>();
  // Of each stranger the first that they saw in each way: what they were shown again and again proves no more.
  const add = (project: string, piece: Breach['evidence'][number]): void => {
    const known = found.get(project) ?? new Map<string, Breach['evidence'][number]>();
    found.set(project, known);
    const way = `${piece.analyst} ${piece.witness}`;
    if (piece.at < (known.get(way)?.at ?? Infinity)) known.set(way, piece);
  };
  for (const event of events) {
    const { at, analyst } = event;
    if (event.type === 'sighting' && homes.isForeign(analyst, organizationOf(books.projects.get(event.project))))
      add(event.project, {
        at,
        analyst,
        witness: 'subscription',
        saw: `${event.status}, in ${homes.of(analyst) ?? ''}`,
      });
    if (event.type === 'marker' && homes.isForeign(analyst, homes.of(event.owner)))
      add(projects.get(event.owner) ?? event.owner, {
        at,
        analyst,
        witness: event.place === 'workbook' ? 'workbook' : event.place === 'frame' ? 'subscription' : 'colleague',
        saw: `${event.owner}'s marker in a ${event.place}, ${event.where}: ${event.excerpt}`,
      });
  }
  for (const { at, analyst, organization, foreign: strange = [] } of books.sweeps)
    for (const project of strange)
      add(project, { at, analyst, witness: 'list', saw: `in the list of ${organization}` });
  return [...found].map(([project, evidence]) => ({
    kind: 'leaked',
    project,
    what: 'was shown to another organisation',
    evidence: evidenceOf([...evidence.values()]),
  }));
}

/** In a state that is no end, for as long as a run may take, while somebody watched; or cancelled, and still at work. */
export function stuck(
  books: Books,
  events: readonly MusterEvent[],
  sightings: Sightings,
  deadlineMs: number | undefined,
): Breach[] {
  const watchedUntil = new Map<string, number>();
  for (const { type, analyst, at } of events)
    if (type === 'step' || type === 'sighting' || type === 'project')
      watchedUntil.set(analyst, Math.max(watchedUntil.get(analyst) ?? 0, at));
  const standing = [...books.projects.values()].flatMap((book): Breach[] => {
    const own = sightings.get(book.project) ?? [];
    const [accepted] = book.acknowledged;
    const newest = own.reduce<Sighting | undefined>(
      (last, sighting) => (last && last.versionAt > sighting.versionAt ? last : sighting),
      undefined,
    );
    const state: StateName | undefined = newest ? fromSighting(newest, book.wanted)?.states[0] : 'accepted';
    if (!accepted || deadlineMs === undefined || state === undefined || states[state].end !== 'stuck') return [];
    // The first who saw that state says since when.
    const since = own.find(({ versionAt }) => versionAt === newest?.versionAt)?.at ?? accepted.at;
    const until = Math.max(
      ...[accepted.analyst, ...own.map(({ analyst }) => analyst)].map((analyst) => watchedUntil.get(analyst) ?? 0),
    );
    const owner = book.ended.some(({ end }) => end === 'in-progress') || book.ended.length === 0;
    if (!owner || until - since < deadlineMs) return [];
    return [
      {
        kind: 'stuck',
        project: book.project,
        what: `did not move for ${Math.round((until - since) / 1000)} s and had not ended`,
        evidence: evidenceOf([
          { at: accepted.at, analyst: accepted.analyst, witness: 'answer', saw: 'accepted' },
          ...lastWords(own),
        ]),
      },
    ];
  });
  const deaf = books.sweeps.flatMap(({ at, analyst, stuck: names = [] }) =>
    names.map((project): Breach => ({
      kind: 'stuck',
      project,
      what: 'was cancelled at the end of the run and did not stop',
      evidence: [{ at, analyst, witness: 'list', saw: 'still at work long after it was cancelled' }],
    })),
  );
  return [...standing, ...deaf];
}

/** Its owner saw one end, and the subscriptions tell of another. */
export function endedTwice(sightings: Sightings, projects: readonly Recorded<'project'>[]): Breach[] {
  return projects.flatMap(({ name, end, projectId, at, analyst }): Breach[] => {
    if (projectId === undefined || (end !== 'completed' && end !== 'failed')) return [];
    const others = (sightings.get(name) ?? []).filter((sighting) => {
      if (sighting.projectId !== projectId) return false;
      const state = fromSighting(sighting, true)?.states[0];
      return state !== undefined && state !== end && states[end].otherwise[state] === 'overwritten';
    });
    if (others.length === 0) return [];
    return [
      {
        kind: 'overwritten',
        project: name,
        what: 'had a state replaced by one that cannot follow it',
        evidence: evidenceOf([{ at, analyst, witness: 'owner', saw: end }, ...lastWords(others)]),
      },
    ];
  });
}

/** A workbook that is not the one its choices make, or another project's. */
export function foreignResults(events: readonly MusterEvent[]): Breach[] {
  return events.flatMap((event): Breach[] => {
    if (event.type !== 'result') return [];
    const { project, file, says, golden, differences, at, analyst } = event;
    const other = says !== undefined && says !== project;
    if (!other && golden !== 'different') return [];
    return [
      {
        kind: 'foreign-result',
        project,
        what: other ? `yielded the workbook of “${says}”` : 'yielded another workbook than the one made alone',
        evidence: [{ at, analyst, witness: 'workbook', saw: [file, ...differences].join('; ') }],
      },
    ];
  });
}
