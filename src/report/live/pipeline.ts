/**
 * The product's pipeline while a run lasts, as far as it has been told of this run's projects: who computes in which slot, who
 * waits for one, and how many of each there were.
 *
 * A run's stages are told by its owner's page, exactly and some seconds late; that it stands otherwise than before (it waits
 * for review, it has ended) by every page that sees it, at once. So the last seconds are provisional: what comes late is put
 * where it belongs.
 */
import type { JournalRecord } from '../../run/journal-schema.ts';
import type { MusterEvent, StageEvent } from '../../telemetry/events.ts';
import { phaseOf, type Phase } from '../timeline.ts';

type Stage = MusterEvent & StageEvent;
type Sighting = Extract<MusterEvent, { type: 'sighting' }>;
type Standing = StageEvent['standing'];
export type LivePhase = Exclude<Phase, 'reconnecting'>;

/** A time in which a run was in one phase; without an end as long as it lasts. Milliseconds since 1970. */
export interface PhaseSpan {
  readonly phase: LivePhase;
  readonly from: number;
  readonly to?: number;
}

/** A run as it stands. */
export interface RunNow {
  readonly analyst: string;
  readonly project: string;
  /** Absent once it is over. */
  readonly phase?: LivePhase;
  /** Since when it is in its phase, or over. */
  readonly since: number;
  /** How it ended. */
  readonly end?: 'completed' | 'failed' | 'cancelled';
  /** The product's own word, and how far it says that the run is: 0–100. */
  readonly stage?: string;
  readonly progress?: number;
  readonly phases: readonly PhaseSpan[];
}

/** How many runs were where from that moment on; milliseconds since 1970. */
export interface Depth {
  readonly at: number;
  readonly queued: number;
  readonly running: number;
  readonly review: number;
}

export interface Pipeline {
  /** Who computes, by slot; undefined where nobody is known to. More than `known` where more compute than there are slots. */
  readonly slots: readonly (RunNow | undefined)[];
  /** How many slots there are, where the run's settings say so; else there are as many as were ever seen in use at once. */
  readonly known: number | undefined;
  /** Who waits for a slot, the longest first; so those who wait for a person's review. */
  readonly queue: readonly RunNow[];
  readonly review: readonly RunNow[];
  readonly depths: readonly Depth[];
}

/** What was told of a run: by the product's clock where it is known, else by ours. */
interface Mark {
  readonly committedAt?: number;
  readonly heardAt: number;
  readonly standing: Standing;
  readonly stage?: string;
  readonly progress?: number;
}

interface Run {
  readonly analyst: string;
  readonly project: string;
  launchedAt?: number;
  /** By teardown; whoever still waited then waits no more. */
  deletedAt?: number;
  readonly stages: Mark[];
  readonly sightings: Mark[];
  /** As it stands, until more is told. */
  now?: RunNow | undefined;
}

interface Drawn {
  readonly from: number;
  readonly runs: ReadonlyMap<Run, RunNow>;
  readonly pipeline: Pipeline;
}

export class LivePipeline {
  readonly #known: number | undefined;
  readonly #runs = new Map<string, Run>();
  /** What the product's words mean, as far as stages have told both. */
  readonly #standings = new Map<string, Standing>();
  /** Who is in which slot. */
  readonly #slots: (Run | undefined)[] = [];
  /** How far our clock is ahead of the product's, and what the shortest way took, milliseconds. */
  #ahead: number | undefined;
  #drawn: Drawn | undefined;

  /** `known`: how many slots the product has, where somebody says so. */
  constructor(known: number | undefined) {
    this.#known = known;
  }

  /** The product accepted a launch, or teardown deleted projects. */
  note(record: JournalRecord): void {
    if (record.type === 'acknowledged') {
      const run = this.#runOf(record.productRunId, record);
      run.launchedAt ??= record.at;
      this.#changed(run);
    }
    if (record.type !== 'swept') return;
    const gone = new Set(record.deleted);
    for (const run of this.#runs.values())
      if (gone.has(run.project)) {
        run.deletedAt = record.at;
        this.#changed(run);
      }
  }

  stage(event: Stage): void {
    const { standing, status, stage, progress, committedAt, arrivedAt, at } = event;
    this.#standings.set(status, standing);
    const heardAt = arrivedAt ?? at;
    if (committedAt !== undefined && arrivedAt !== undefined) {
      const ahead = arrivedAt - committedAt;
      if (this.#ahead === undefined || ahead < this.#ahead) {
        this.#ahead = ahead;
        for (const run of this.#runs.values()) run.now = undefined;
      }
    }
    const run = this.#runOf(event.productRunId, event);
    run.stages.push({
      heardAt,
      standing,
      stage,
      ...(progress === undefined ? {} : { progress }),
      ...(committedAt === undefined ? {} : { committedAt }),
    });
    this.#changed(run);
  }

  /** Counts only of a run whose launch or stage is known: others are somebody else's. */
  sighting({ productRunId, status, versionAt, at }: Sighting): void {
    const run = productRunId === undefined ? undefined : this.#runs.get(productRunId);
    const standing = this.#standings.get(status);
    if (run === undefined || standing === undefined || run.sightings.at(-1)?.standing === standing) return;
    this.#see(run, { committedAt: versionAt, heardAt: at, standing });
  }

  /** The owner's last word. */
  project({ productRunId, end, at }: Extract<MusterEvent, { type: 'project' }>): void {
    const run = productRunId === undefined ? undefined : this.#runs.get(productRunId);
    if (run === undefined || (end !== 'completed' && end !== 'failed' && end !== 'cancelled')) return;
    this.#see(run, { heardAt: at, standing: end });
  }

  /** The run that each analyst launched last. */
  latest(from: number): ReadonlyMap<string, RunNow> {
    return new Map([...this.#at(from).runs.values()].map((run) => [run.analyst, run]));
  }

  /** All that was going on at `from` or later, by analyst. */
  spans(from: number): ReadonlyMap<string, readonly PhaseSpan[]> {
    const spans = new Map<string, PhaseSpan[]>();
    for (const { analyst, phases } of this.#at(from).runs.values())
      spans.set(analyst, [...(spans.get(analyst) ?? []), ...phases.filter(({ to = Infinity }) => to > from)]);
    return spans;
  }

  /** The pipeline as it stands; depths from `from` on. */
  at(from: number): Pipeline {
    return this.#at(from).pipeline;
  }

  #runOf(id: string, { analyst, project }: { analyst: string; project: string }): Run {
    const found = this.#runs.get(id) ?? { analyst, project, stages: [], sightings: [] };
    this.#runs.set(id, found);
    return found;
  }

  #see(run: Run, mark: Mark): void {
    run.sightings.push(mark);
    this.#changed(run);
  }

  #changed(run: Run): void {
    run.now = undefined;
    this.#drawn = undefined;
  }

  #at(from: number): Drawn {
    // Only what is new, or a window that has moved on by much, is worth drawing anew.
    if (this.#drawn !== undefined && from >= this.#drawn.from && from - this.#drawn.from < WINDOW_STEP_MS)
      return this.#drawn;
    const runs = new Map([...this.#runs.values()].map((run) => [run, this.#stateOf(run)]));
    const open = [...runs.values()].sort((one, other) => one.since - other.since);
    const depths = depthsOf(
      [...runs.values()].flatMap(({ phases }) => phases).filter(({ to = Infinity }) => to > from),
    );
    const pipeline = {
      slots: this.#assign(runs, this.#known ?? depths.reduce((most, { running }) => Math.max(most, running), 0)),
      known: this.#known,
      queue: open.filter(({ phase }) => phase === 'queued'),
      review: open.filter(({ phase }) => phase === 'review'),
      depths,
    };
    this.#drawn = { from, runs, pipeline };
    return this.#drawn;
  }

  /** Each stays in its slot; who comes takes the first that is free. */
  #assign(runs: ReadonlyMap<Run, RunNow>, atLeast: number): Pipeline['slots'] {
    for (const [place, run] of this.#slots.entries())
      if (run !== undefined && runs.get(run)?.phase !== 'running') this.#slots[place] = undefined;
    const fresh = [...runs]
      .filter(([run, { phase }]) => phase === 'running' && !this.#slots.includes(run))
      .sort(([, one], [, other]) => one.since - other.since);
    for (const [run] of fresh) {
      const free = this.#slots.indexOf(undefined);
      if (free === -1) this.#slots.push(run);
      else this.#slots[free] = run;
    }
    while (this.#slots.length < atLeast) this.#slots.push(undefined);
    while (this.#slots.length > atLeast && this.#slots.at(-1) === undefined) this.#slots.pop();
    return this.#slots.map((run) => (run === undefined ? undefined : runs.get(run)));
  }

  #stateOf(run: Run): RunNow {
    run.now ??= stateOf(run, this.#ahead ?? 0);
    return run.now;
  }
}

/** The window may lag by so much before the depths are cut anew. */
const WINDOW_STEP_MS = 30_000;

function stateOf({ analyst, project, launchedAt, deletedAt, stages, sightings }: Run, aheadMs: number): RunNow {
  const time = ({ committedAt, heardAt }: Mark): number =>
    committedAt === undefined ? heardAt : committedAt + aheadMs;
  const phases: { phase: LivePhase; from: number; to?: number }[] = [];
  if (launchedAt !== undefined) phases.push({ phase: 'queued', from: launchedAt });
  let before: Mark | undefined;
  let since = launchedAt ?? 0;
  const goOn = (phase: LivePhase | undefined, at: number): void => {
    const last = phases.at(-1);
    const lasting = last?.to === undefined ? last : undefined;
    if (lasting?.phase === phase) return;
    since = Math.max(at, last?.to ?? last?.from ?? 0);
    if (lasting !== undefined) lasting.to = since;
    if (phase !== undefined) phases.push({ phase, from: since });
  };
  for (const mark of [...stages, ...sightings].sort((one, other) => time(one) - time(other))) {
    // A sighting says nothing of stages: only that a run stands otherwise than before.
    if (mark.stage === undefined && mark.standing === (before?.standing ?? 'active')) continue;
    goOn(phaseOf(mark, before), time(mark));
    before = mark;
  }
  const end = before !== undefined && isEnd(before.standing) ? before.standing : undefined;
  if (end === undefined && deletedAt !== undefined) goOn(undefined, deletedAt);
  const now = phases.at(-1);
  return {
    analyst,
    project,
    since,
    ...(now !== undefined && now.to === undefined ? { phase: now.phase } : {}),
    ...(end !== undefined ? { end } : deletedAt !== undefined ? { end: 'cancelled' } : {}),
    ...(before?.stage === undefined ? {} : { stage: before.stage }),
    ...(before?.progress === undefined ? {} : { progress: before.progress }),
    phases,
  };
}

function isEnd(standing: Standing): standing is 'completed' | 'failed' | 'cancelled' {
  return standing === 'completed' || standing === 'failed' || standing === 'cancelled';
}

function depthsOf(spans: readonly PhaseSpan[]): Depth[] {
  const changes = spans
    .flatMap(({ phase, from, to }) => [
      { phase, at: from, by: 1 },
      ...(to === undefined ? [] : [{ phase, at: to, by: -1 }]),
    ])
    .sort((one, other) => one.at - other.at);
  const depth = { queued: 0, running: 0, review: 0 };
  const depths: Depth[] = [];
  for (const { phase, at, by } of changes) {
    depth[phase] += by;
    if (depths.at(-1)?.at === at) depths.pop();
    depths.push({ at, ...depth });
  }
  return depths;
}
