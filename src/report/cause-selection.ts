/** Of all vitals of a run as many as their causes are told by, and the steps that may have brought them about. */
import { drawsFor } from '../run/random.ts';
import type { MusterEvent } from '../telemetry/events.ts';
import { countUpTo } from './statistics/ordered.ts';
import { causesOf, WATCHING, type Cause } from './causes.ts';

type Vital = Extract<MusterEvent, { type: 'vital' }>;
type Step = Extract<MusterEvent, { type: 'step' }>;

/** So many of each vital, kind of navigation and page; of more, as many are drawn, each with the same chance. */
export const MOST_OF_A_KIND = 1_000;

interface Chosen {
  readonly vital: Vital;
  readonly step: Step | undefined;
}

export class CauseSelection {
  readonly #kinds = new Map<string, { count: number; readonly chosen: Chosen[] }>();
  readonly #draw = drawsFor(1, 'causes');

  /** Adds all events of one analyst. */
  add(events: readonly MusterEvent[]): void {
    const last = new Map<string, Vital>();
    for (const event of [...events].sort((one, other) => one.at - other.at))
      if (event.type === 'vital' && event.measured && (event.name === 'LCP' || event.name === 'INP'))
        last.set(`${event.attempt} ${event.kind} ${event.navigationId} ${event.name}`, event);
    const doings = new Doings(events);
    for (const vital of last.values()) this.#choose(vital, doings);
  }

  causes(): Cause[] {
    const chosen = [...this.#kinds.values()].flatMap((kind) => kind.chosen);
    const steps = new Set(chosen.flatMap(({ step }) => step ?? []));
    const causes = causesOf([
      ...chosen.map(({ vital }) => vital),
      ...[...steps].sort((one, other) => one.at - other.at),
    ]);
    return causes.map((cause) => {
      const { count } = this.#kinds.get(`${cause.metric} ${cause.page}`) ?? { count: cause.samples };
      return count > cause.samples ? { ...cause, of: count } : cause;
    });
  }

  /** Reservoir sampling (Vitter’s algorithm R). */
  #choose(vital: Vital, doings: Doings): void {
    const key = `${vital.kind === 'hard' ? 'web' : 'soft'}.${vital.name.toLowerCase()} ${vital.page}`;
    const kind = this.#kinds.get(key) ?? { count: 0, chosen: [] };
    this.#kinds.set(key, kind);
    kind.count += 1;
    const place = kind.chosen.length < MOST_OF_A_KIND ? kind.chosen.length : Math.floor(this.#draw() * kind.count);
    if (place >= MOST_OF_A_KIND) return;
    kind.chosen[place] = { vital, step: doings.meanwhile(vital) };
  }
}

/** The steps of one analyst, by when they began. */
class Doings {
  readonly #steps: readonly { readonly step: Step; readonly place: number }[];
  readonly #begun: Float64Array;

  constructor(events: readonly MusterEvent[]) {
    this.#steps = events
      .flatMap((step, place) => (step.type === 'step' && !WATCHING.test(step.name) ? [{ step, place }] : []))
      .sort((one, other) => one.step.startedAt - other.step.startedAt);
    this.#begun = Float64Array.from(this.#steps, ({ step }) => step.startedAt);
  }

  /** The one recorded first of those that began between the navigation and the moment at which the vital was taken. */
  meanwhile({ takenAt, value }: Vital): Step | undefined {
    if (takenAt === undefined) return undefined;
    const began = this.#steps.slice(countUpTo(this.#begun, takenAt - value), countUpTo(this.#begun, takenAt));
    return began.sort((one, other) => one.place - other.place)[0]?.step;
  }
}
