/**
 * The first look through a run's events: of all of them together, what has to be known before any one analyst can be measured.
 * Kept are what the ledger and the findings need, which must be exact; of the rest no more than there are analysts, seconds
 * and kinds of things.
 */
import type { HealthEvent, MusterEvent } from '../telemetry/events.ts';
import { Complaints, type Complaint } from './complaints.ts';
import { Sentences } from './sentences.ts';
import { SocketCount } from './sockets.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** What the ledger, the findings and whatever asks of several analysts at once go by: all of these are kept. */
const KEPT: ReadonlySet<MusterEvent['type']> = new Set([
  'analyst',
  'project',
  'sighting',
  'card',
  'marker',
  'search',
  'result',
  'finding',
  'probe',
  'watcher',
] as const);

/** Failures of the capture that are named. */
const NAMED_FAILURES = 200;

export class Survey {
  readonly sockets = new SocketCount();
  /** The routes that were asked for once the start line was open. */
  readonly routes = new Set<string>();
  readonly #complaints = new Complaints();
  readonly #failures = new Sentences(NAMED_FAILURES, (more) => `The capture failed ${more} more times.`);
  readonly #kept: MusterEvent[] = [];
  readonly #texts = new Map<string, string>();
  readonly #outlines = new Map<string, Outline>();
  readonly #pages = new Map<string, Of<'health'>>();
  readonly #machine: Of<'health'>[] = [];

  add(event: MusterEvent): void {
    this.#outline(event);
    if (KEPT.has(event.type)) this.#kept.push(this.#shared(event));
    else if (event.type === 'health') this.#health(event);
    else if (event.type === 'socket' || event.type === 'gap') this.sockets.add(event);
    else if (event.type === 'error') {
      if (event.source === 'telemetry') this.#failures.add(`${event.analyst}: ${event.message}`);
      else this.#complaints.add(event);
    } else if (event.type === 'http' && event.measured) this.routes.add(event.route);
  }

  /**
   * The events that were kept, as they came, and those that outline each analyst's journey: of every attempt the first, the step
   * that was recorded last and the one that ended last, and a measured vital of each name.
   */
  get events(): MusterEvent[] {
    return [...[...this.#outlines.values()].flatMap(eventsOf), ...this.#kept];
  }

  /** A second's timers of all pages are one record; how late each worker was stays. */
  get health(): (HealthEvent & MusterEvent)[] {
    return [...this.#pages.values(), ...this.#machine];
  }

  /** Failures of the capture itself, a sentence each. */
  get failures(): string[] {
    return this.#failures.all();
  }

  get complaints(): Complaint[] {
    return this.#complaints.all();
  }

  #outline(event: MusterEvent): void {
    const key = `${event.analyst} ${event.attempt}`;
    const outline = this.#outlines.get(key) ?? { first: event, vitals: new Map<string, MusterEvent>() };
    this.#outlines.set(key, outline);
    if (event.type === 'step') {
      if (!outline.lastStep || event.at >= outline.lastStep.at) outline.lastStep = event;
      if (!outline.latestStep || event.endedAt > outline.latestStep.endedAt) outline.latestStep = event;
    } else if (event.type === 'vital' && event.measured) {
      const name = `${event.kind} ${event.name}`;
      if (!outline.vitals.has(name)) outline.vitals.set(name, event);
    }
  }

  #health(event: Of<'health'>): void {
    if (event.source !== 'page') {
      this.#machine.push(this.#shared(event));
      return;
    }
    const key = `${event.from} ${event.to}`;
    const known = this.#pages.get(key);
    if (known === undefined) this.#pages.set(key, { ...event });
    else
      for (const count of ['driftSamples', 'driftOver50Ms', 'driftOwnOver50Ms'] as const)
        if (event[count] !== undefined) known[count] = (known[count] ?? 0) + event[count];
  }

  /** The same with texts that are one in memory however often they come: names and ids come again and again. */
  #shared<T extends MusterEvent>(event: T): T {
    const entries = Object.entries(event).map(([name, value]: [string, unknown]) => {
      if (typeof value !== 'string') return [name, value];
      const known = this.#texts.get(value);
      if (known === undefined) this.#texts.set(value, value);
      return [name, known ?? value];
    });
    return Object.fromEntries(entries) as T;
  }
}

interface Outline {
  readonly first: MusterEvent;
  lastStep?: Of<'step'>;
  latestStep?: Of<'step'>;
  readonly vitals: Map<string, MusterEvent>;
}

/** Each once; what is kept anyway is not among them. */
function eventsOf({ first, lastStep, latestStep, vitals }: Outline): MusterEvent[] {
  const events = new Set([first, latestStep, lastStep, ...vitals.values()]);
  return [...events].filter((event) => event !== undefined && !KEPT.has(event.type)) as MusterEvent[];
}
