/** The audit: every project that a run meant to create reached exactly one permitted end, or here is how it did not. */
import type { MusterEvent } from '../../telemetry/events.ts';
import { openBooks, type Books } from './books.ts';
import type { Breach } from './breach.ts';
import { endedTwice, foreignResults, leaked, stuck } from './conduct.ts';
import { duplicated, isEnd, lost, orphaned } from './existence.ts';
import { homesOf, withoutStrangers } from './homes.ts';
import type { JournalRecord } from '../journal-schema.ts';
import { sightingsOf, streamsOf } from './observations.ts';
import { breachesOfPaths, withoutFlickers } from './paths.ts';

export interface Audit {
  readonly books: Books;
  /** Names of the projects that somebody saw end. */
  readonly ended: ReadonlySet<string>;
  /** One a kind and project. */
  readonly breaches: readonly Breach[];
}

export interface AuditOptions {
  /** How long the product may take over a run, milliseconds; without it nothing is ever stuck. */
  readonly deadlineMs?: number | undefined;
  /** Whether the product may show a cancelled run at work until the work notices: nobody here can repair an attached one. */
  readonly flickers?: boolean | undefined;
}

/** Audits a run, also one that was cut off: what nobody recorded is not held against the product. */
export function auditRun(
  journal: readonly JournalRecord[],
  events: readonly MusterEvent[],
  { deadlineMs, flickers = false }: AuditOptions = {},
): Audit {
  const books = openBooks(journal);
  const homes = homesOf(events);
  const native = withoutStrangers(books, homes, events);
  const sightings = sightingsOf(native);
  // Whoever failed before the launch was accepted has no project that could have ended.
  const projects = events.filter(
    (event): event is Extract<MusterEvent, { type: 'project' }> =>
      event.type === 'project' && event.projectId !== undefined,
  );
  const ended = new Set([
    ...[...books.projects.values()].flatMap((book) => (book.ended.some(({ end }) => isEnd(end)) ? [book.project] : [])),
    ...projects.filter(({ end }) => isEnd(end)).map(({ name }) => name),
  ]);
  const wanted = new Set([...books.projects.values()].filter((book) => book.wanted).map(({ project }) => project));
  const streams = streamsOf(native, wanted);
  const found = [
    ...orphaned(books, sightings),
    ...lost(books, sightings),
    ...duplicated(books, sightings),
    ...leaked(books, homes, events),
    ...breachesOfPaths(flickers ? withoutFlickers(streams) : streams),
    ...endedTwice(sightings, projects),
    ...foreignResults(events),
    ...stuck(books, events, sightings, deadlineMs),
  ];
  const known = new Set<string>();
  const breaches = found.filter(({ kind, project, what }) => {
    // One breach may show in several ways; which of them matters only where they are different things.
    const key = kind === 'orphaned' || kind === 'foreign-result' ? `${kind} ${project} ${what}` : `${kind} ${project}`;
    return !known.has(key) && known.add(key);
  });
  return { books, ended, breaches };
}
