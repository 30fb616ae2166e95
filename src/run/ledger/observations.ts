/** What the witnesses of a run's projects said, each in its own words, translated into states. */
import type { CardEvent, EventBody, MusterEvent } from '../../telemetry/events.ts';
import type { SightingEvent } from '../../telemetry/events-ledger.ts';
import { groupBy } from '../group-by.ts';
import type { StateName, Witness } from './states.ts';

/** Somebody saw a project in some state. */
export interface Observation {
  readonly project: string;
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly analyst: string;
  readonly witness: Witness;
  /** The product's word. */
  readonly saw: string;
  /** The states that the word can stand for. */
  readonly states: readonly StateName[];
}

type Recorded<T extends EventBody['type']> = Extract<MusterEvent, { type: T }>;
export type Sighting = Recorded<'sighting'> & SightingEvent;
/** By project, each one's in the order of time. */
export type Sightings = ReadonlyMap<string, readonly Sighting[]>;
type Card = Recorded<'card'> & CardEvent;

/** The product's statuses (PRODUCT.md section 3). */
const ofStatus: Readonly<Record<string, StateName>> = {
  'no-run': 'accepted',
  in_progress: 'running',
  pending_review: 'reviewing',
  resuming: 'resuming',
  success: 'completed',
  partial: 'completed',
  error: 'failed',
  cancelled: 'cancelled',
};

/** What a card's badge leaves open (PRODUCT.md section 1): a project without a run has no more of a badge than an ended one. */
const ofBadge: Readonly<Record<string, readonly StateName[]>> = {
  Processing: ['running', 'resuming'],
  'Review Required': ['reviewing'],
  Cancelled: ['cancelled'],
  Finished: ['accepted', 'completed', 'failed'],
};

/** A subscription's word. `wanted`: this run deletes the project itself. Undefined for a word that the product does not have. */
export function fromSighting(sighting: Sighting, wanted: boolean): Observation | undefined {
  const state = sighting.status === 'gone' ? (wanted ? 'deleted' : 'vanished') : ofStatus[sighting.status];
  if (state === undefined) return undefined;
  const { project, at, analyst, status: saw } = sighting;
  return { project, at, analyst, witness: 'subscription', saw, states: [state] };
}

/** A screen's word; undefined when it was not painted or, without a frame that explains it, may be a page still loading. */
export function fromCard({ project, analyst, own, status, paintedAt, arrivedAt }: Card): Observation | undefined {
  const possible = ofBadge[status];
  if (paintedAt === undefined || possible === undefined) return undefined;
  if (status === 'Finished' && arrivedAt === undefined) return undefined;
  return { project, at: paintedAt, analyst, witness: own ? 'owner' : 'colleague', saw: status, states: possible };
}

/** What the subscriptions told of each project. */
export function sightingsOf(events: readonly MusterEvent[]): Sightings {
  const sightings = events
    .filter((event): event is Sighting => event.type === 'sighting')
    .sort((one, other) => one.at - other.at);
  const projects = new Map<string, Sighting[]>();
  for (const sighting of sightings) {
    const own = projects.get(sighting.project);
    if (own) own.push(sighting);
    else projects.set(sighting.project, [sighting]);
  }
  return projects;
}

/** Sightings as they came to one page, of one project: streams in which time runs forwards. One at a time, for there are many. */
export function* streamsOf(events: readonly MusterEvent[], wanted: ReadonlySet<string>): Generator<Observation[]> {
  const sightings = events.filter((event): event is Sighting => event.type === 'sighting');
  const told = (stream: readonly Sighting[]): Observation[] =>
    stream.flatMap((sighting) => fromSighting(sighting, wanted.has(sighting.project)) ?? []);
  for (const page of groupBy(sightings, ({ analyst, view, projectId }) => `${analyst} ${view} ${projectId}`).values())
    yield told(page);
  // The versions of the product's state follow each other, whoever was told of them.
  for (const all of groupBy(sightings, ({ projectId }) => projectId).values())
    yield told(all.sort((one, other) => one.versionAt - other.versionAt || one.at - other.at));
  // The screens of an analyst with several pages cannot be told apart.
  const several = new Set(sightings.flatMap(({ analyst, view }) => (view > 1 ? [analyst] : [])));
  const cards = events.filter(
    (event): event is Card => event.type === 'card' && !several.has(event.analyst) && !wanted.has(event.project),
  );
  for (const shown of groupBy(cards, ({ analyst, project }) => `${analyst} ${project}`).values())
    yield shown.flatMap((card) => fromCard(card) ?? []).sort((one, other) => one.at - other.at);
}
