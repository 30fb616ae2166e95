/** Who did what when: the run as lanes over one axis of time, for every view that shows it. Pure. */
import type { HealthEvent, MusterEvent } from '../telemetry/events.ts';
import type { AnalystAccount } from './analysts.ts';
import { groupBy } from '../run/group-by.ts';
import { secondsOf } from './verdict/health.ts';

/** Milliseconds since 1970, both. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** In the queue, computing, waiting for a person to review, or lost to a connection. */
export type Phase = 'queued' | 'running' | 'review' | 'reconnecting';

/** How many steps and phases there were besides, and how long they took together, milliseconds. */
export interface LeftOut extends Readonly<Record<Phase, number>> {
  readonly count: number;
  readonly steps: number;
}

export interface Lane {
  readonly analyst: string;
  readonly bundle: string | undefined;
  readonly outcome: AnalystAccount['outcome'];
  readonly steps: readonly (Span & { readonly name: string; readonly outcome: 'ok' | 'failed' | 'timeout' })[];
  /** What became of the project meanwhile, in order; connections that were lost besides. */
  readonly phases: readonly (Span & { readonly phase: Phase })[];
  /** The shortest, which are not among them, where there were too many. */
  readonly leftOut?: LeftOut;
}

/** How many runs were where from that moment on. */
export interface QueueDepth {
  readonly at: number;
  readonly queued: number;
  readonly running: number;
  readonly review: number;
}

export interface MachineSecond {
  /** When it began. */
  readonly at: number;
  /** Shares of all cores, 0 to 1. */
  readonly generator: number | undefined;
  readonly product: number | undefined;
  readonly rest: number | undefined;
  /** The latest of all workers' event loops, milliseconds at the 95th percentile of the second. */
  readonly loopLagMs: number | undefined;
}

export interface Timeline extends Span {
  /** When the start line opened, where it did. */
  readonly startedAt: number | undefined;
  readonly lanes: readonly Lane[];
  readonly depths: readonly QueueDepth[];
  readonly machine: readonly MachineSecond[];
  /** When the generator was past a guard. */
  readonly suspect: readonly Span[];
}

/** The timeline of events in memory; undefined where nobody did anything. `suspectSeconds` are seconds since 1970. */
export function timelineOf(
  events: readonly MusterEvent[],
  analysts: readonly AnalystAccount[],
  suspectSeconds: readonly number[],
): Timeline | undefined {
  const own = groupBy(events, ({ analyst }) => analyst);
  const lanes = new Lanes(analysts);
  for (const account of analysts) lanes.add(account, own.get(account.analyst) ?? []);
  return lanes.timeline(
    events.filter((event) => event.type === 'health'),
    suspectSeconds,
  );
}

/** Of a lane so many steps are kept, and so many phases of each kind: beyond that the shortest are left out, and counted. */
export const MOST_IN_LANE = 1_000;

/** Takes one analyst's events after another, and keeps no more of them than a timeline shows. */
export class Lanes {
  readonly #analysts: readonly AnalystAccount[];
  readonly #lanes = new Map<string, Lane>();
  readonly #changes: Change[] = [];
  #from = Infinity;
  #to = -Infinity;

  constructor(analysts: readonly AnalystAccount[]) {
    this.#analysts = analysts;
  }

  /** All events of the analyst. */
  add(account: AnalystAccount, events: readonly MusterEvent[]): void {
    const { steps, phases, ...lane } = laneOf(account, events);
    for (const { from, to } of [...steps, ...phases]) {
      this.#from = Math.min(this.#from, from);
      this.#to = Math.max(this.#to, to);
    }
    for (const change of changesOf(phases)) this.#changes.push(change);
    const kept = new Set<Span>([
      ...longest(steps),
      ...[...groupBy(phases, ({ phase }) => phase).values()].flatMap((alike) => longest(alike)),
    ]);
    const short = { steps: steps.filter((span) => !kept.has(span)), phases: phases.filter((span) => !kept.has(span)) };
    this.#lanes.set(account.analyst, {
      ...lane,
      steps: steps.filter((span) => kept.has(span)),
      phases: phases.filter((span) => kept.has(span)),
      ...(short.steps.length + short.phases.length === 0 ? {} : { leftOut: sumOf(short) }),
    });
  }

  /** Undefined where nobody did anything. */
  timeline(health: readonly HealthEvent[], suspectSeconds: readonly number[]): Timeline | undefined {
    const [from, to] = [this.#from, this.#to];
    if (from > to) return undefined;
    const starts = this.#analysts.flatMap(({ startedAt }) => startedAt ?? []);
    return {
      from,
      to,
      startedAt: starts.length === 0 ? undefined : starts.reduce((least, at) => Math.min(least, at), Infinity),
      lanes: this.#analysts.flatMap(({ analyst }) => this.#lanes.get(analyst) ?? []),
      depths: depthsOf(this.#changes),
      machine: machineOf(health).filter(({ at }) => at >= from && at <= to),
      suspect: joined(suspectSeconds),
    };
  }
}

function longest<T extends Span>(spans: readonly T[]): readonly T[] {
  if (spans.length <= MOST_IN_LANE) return spans;
  return [...spans].sort((one, other) => other.to - other.from - (one.to - one.from)).slice(0, MOST_IN_LANE);
}

function sumOf({ steps, phases }: Pick<Lane, 'steps' | 'phases'>): LeftOut {
  const msOf = (spans: readonly Span[]): number => spans.reduce((sum, { from, to }) => sum + to - from, 0);
  const phaseMs = (wanted: Phase): number => msOf(phases.filter(({ phase }) => phase === wanted));
  return {
    count: steps.length + phases.length,
    steps: msOf(steps),
    queued: phaseMs('queued'),
    running: phaseMs('running'),
    review: phaseMs('review'),
    reconnecting: phaseMs('reconnecting'),
  };
}

/** How long an analyst's projects were in a phase in all, milliseconds: with what is left out of the lane. */
export function totalIn({ phases, leftOut }: Pick<Lane, 'phases' | 'leftOut'>, wanted: Phase): number {
  return phases
    .filter(({ phase }) => phase === wanted)
    .reduce((sum, { from, to }) => sum + to - from, leftOut?.[wanted] ?? 0);
}

/** Whose projects were longest in a phase, in all; undefined where nobody's were. */
export function longestIn(
  lanes: Timeline['lanes'],
  phase: Phase,
): { readonly lane: Lane; readonly ms: number } | undefined {
  return lanes.reduce<{ lane: Lane; ms: number } | undefined>((most, lane) => {
    const ms = totalIn(lane, phase);
    return ms > (most?.ms ?? 0) ? { lane, ms } : most;
  }, undefined);
}

function laneOf({ analyst, bundle, outcome }: AnalystAccount, events: readonly MusterEvent[]): Lane {
  const steps = events.flatMap((event) =>
    event.type === 'step'
      ? [{ name: event.name, from: event.startedAt, to: event.endedAt, outcome: event.outcome }]
      : [],
  );
  const lastWord = events.reduce((most, { at }) => Math.max(most, at), 0);
  return { analyst, bundle, outcome, steps, phases: [...phasesOf(events, lastWord), ...gapsOf(events)] };
}

type Stage = Extract<MusterEvent, { type: 'stage' }>;

/** As the owner's page was told. What had not ended lasts to the owner's last word. */
function phasesOf(events: readonly MusterEvent[], lastWord: number): Lane['phases'] {
  const runs = groupBy(
    events.filter((event): event is Stage & MusterEvent => event.type === 'stage'),
    ({ productRunId }) => productRunId,
  );
  return [...runs.values()].flatMap((told) => {
    const heard = told
      .map((event) => ({ event, at: event.arrivedAt ?? event.at }))
      .sort((one, other) => one.at - other.at);
    const phases: { phase: Phase; from: number; to: number }[] = [];
    heard.forEach(({ event, at }, place) => {
      const phase = phaseOf(event, heard[place - 1]?.event);
      const to = heard[place + 1]?.at ?? lastWord;
      const last = phases.at(-1);
      if (last && last.phase === phase && last.to === at) last.to = to;
      else if (phase !== undefined && to > at) phases.push({ phase, from: at, to });
    });
    return phases;
  });
}

/**
 * A run that has just been launched and shows no progress waits for its turn, and so does one whose review has just been
 * saved, until it is told to be at a further stage: the product has no word for that.
 */
export function phaseOf(
  { standing, progress }: Pick<Stage, 'standing' | 'progress'>,
  before: Pick<Stage, 'standing'> | undefined,
): Exclude<Phase, 'reconnecting'> | undefined {
  if (standing === 'waiting') return 'review';
  if (standing !== 'active') return undefined;
  const queues = before === undefined ? (progress ?? 0) === 0 : before.standing === 'waiting';
  return queues ? 'queued' : 'running';
}

function gapsOf(events: readonly MusterEvent[]): Lane['phases'] {
  return events.flatMap((event) => {
    if (event.type !== 'gap' || event.closedAt === undefined) return [];
    const to = event.resyncedAt ?? event.openedAt;
    return to === undefined ? [] : [{ phase: 'reconnecting' as const, from: event.closedAt, to }];
  });
}

interface Change {
  readonly phase: Exclude<Phase, 'reconnecting'>;
  readonly at: number;
  readonly by: 1 | -1;
}

function changesOf(phases: Lane['phases']): Change[] {
  return phases.flatMap(({ phase, from, to }) =>
    phase === 'reconnecting' ? [] : [{ phase, at: from, by: 1 } as const, { phase, at: to, by: -1 } as const],
  );
}

function depthsOf(changes: readonly Change[]): QueueDepth[] {
  const depth = { queued: 0, running: 0, review: 0 };
  const depths: QueueDepth[] = [];
  for (const { phase, at, by } of [...changes].sort((one, other) => one.at - other.at)) {
    depth[phase] += by;
    if (depths.at(-1)?.at === at) depths.pop();
    depths.push({ at, ...depth });
  }
  return depths;
}

/** By the whole seconds of the clock, as the guards are judged: each measurement tells of the second whose middle it covers. */
function machineOf(events: readonly HealthEvent[]): MachineSecond[] {
  const lag = new Map<number, number>();
  const machine = new Map<number, HealthEvent>();
  for (const event of events)
    for (const second of secondsOf(event)) {
      if (event.source === 'machine') machine.set(second, event);
      if (event.source === 'worker' && event.loopLagP95Ms !== undefined)
        lag.set(second, Math.max(lag.get(second) ?? 0, event.loopLagP95Ms));
    }
  return [...machine]
    .sort(([one], [other]) => one - other)
    .map(([second, { cpuGenerator, cpuProduct, cpuRest }]) => ({
      at: second * 1000,
      generator: cpuGenerator,
      product: cpuProduct,
      rest: cpuRest,
      loopLagMs: lag.get(second),
    }));
}

/** Seconds that follow each other as one span. */
function joined(seconds: readonly number[]): Span[] {
  const spans: { from: number; to: number }[] = [];
  for (const second of [...new Set(seconds)].sort((one, other) => one - other)) {
    const last = spans.at(-1);
    if (last?.to === second * 1000) last.to += 1000;
    else spans.push({ from: second * 1000, to: (second + 1) * 1000 });
  }
  return spans;
}
