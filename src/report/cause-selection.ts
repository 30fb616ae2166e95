/** Of all vitals of a run as many as their causes are told by, and the steps that may have brought them about. */
import { drawsFor } from '../run/random.ts';
import type { MusterEvent } from '../telemetry/events.ts';
import { causeOf, WATCHING, type Cause, type Visit } from './causes.ts';
import { vitalsOf, type VitalSample } from './samples/vitals.ts';
import { isInDoubt } from './sections.ts';
import { countUpTo } from './statistics/ordered.ts';
import type { MetricRow } from './summary.ts';

type Step = Extract<MusterEvent, { type: 'step' }>;

/** So many of each vital, kind of navigation and page; of more, as many are drawn, each with the same chance. */
export const MOST_OF_A_KIND = 1_000;

interface Kind {
  readonly metric: string;
  readonly page: string;
  /** Those that count, and all. */
  readonly kept: Drawn;
  readonly all: Drawn;
}

/** Takes one analyst's events after another. */
export class CauseSelection {
  readonly #kinds = new Map<string, Kind>();
  readonly #draw = drawsFor(1, 'causes');
  readonly #isExcluded: (sample: Pick<VitalSample, 'span'>) => boolean;

  /** What `isExcluded` says so of was taken while the generator was past a guard. */
  constructor(isExcluded: (sample: Pick<VitalSample, 'span'>) => boolean) {
    this.#isExcluded = isExcluded;
  }

  /** Adds all events of one analyst. */
  add(events: readonly MusterEvent[]): void {
    const doings = new Doings(events);
    for (const { metric, page, vital, span } of vitalsOf(events)) {
      if (vital.name !== 'LCP' && vital.name !== 'INP') continue;
      const kind = this.#kindOf(metric, page);
      const visit = (): Visit => ({ vital, step: doings.meanwhile(vital) });
      kind.all.add(visit);
      if (!this.#isExcluded({ span })) kind.kept.add(visit);
    }
  }

  /** One for each of LCP and INP, kind of navigation and page, of the same samples as the figures that the rows show. */
  causes(metrics: readonly MetricRow[]): Cause[] {
    const inDoubt = new Set(
      metrics.filter(isInDoubt).map(({ name, tags }) => [name, ...Object.entries(tags).flat()].join(' ')),
    );
    return [...this.#kinds.values()].flatMap(({ metric, page, kept, all }) => {
      const { visits, count } = inDoubt.has(`${metric} page ${page}`) ? all : kept;
      if (visits.length === 0) return [];
      const cause = causeOf(metric, page, visits);
      return [count > visits.length ? { ...cause, of: count } : cause];
    });
  }

  #kindOf(metric: string, page: string): Kind {
    const key = `${metric} ${page}`;
    const known = this.#kinds.get(key);
    if (known) return known;
    const made = { metric, page, kept: new Drawn(this.#draw), all: new Drawn(this.#draw) };
    this.#kinds.set(key, made);
    return made;
  }
}

/** Reservoir sampling (Vitter’s algorithm R). */
class Drawn {
  readonly visits: Visit[] = [];
  readonly #draw: () => number;
  count = 0;

  constructor(draw: () => number) {
    this.#draw = draw;
  }

  add(visit: () => Visit): void {
    this.count += 1;
    const place = this.visits.length < MOST_OF_A_KIND ? this.visits.length : Math.floor(this.#draw() * this.count);
    if (place < MOST_OF_A_KIND) this.visits[place] = visit();
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
  meanwhile({ takenAt, value }: VitalSample['vital']): string | undefined {
    if (takenAt === undefined) return undefined;
    const began = this.#steps.slice(countUpTo(this.#begun, takenAt - value), countUpTo(this.#begun, takenAt));
    return began.sort((one, other) => one.place - other.place)[0]?.step.name;
  }
}
