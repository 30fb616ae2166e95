/** The state of a run at this moment, kept up record by record: for the console and the monitor. What it becomes in the end, the fold says. */
import type { RunFile } from '../../run/run-file.ts';
import type { HealthEvent, MusterEvent, StageEvent } from '../../telemetry/events.ts';
import { judgeHealth } from '../verdict/health.ts';
import { mean, percentile, sorted } from '../statistics/statistics.ts';
import type { News } from './tail.ts';

/** Where an analyst's project is. */
export type ProjectState = 'queued' | 'running' | 'review' | 'completed' | 'failed' | 'cancelled' | 'rate-limited';

export interface LiveAnalyst {
  readonly analyst: string;
  organization?: string;
  bundle?: string;
  /** What is being done, and since when (milliseconds since 1970); the last step once it is over. */
  step?: string;
  since?: number;
  signedIn: boolean;
  started: boolean;
  outcome?: 'ok' | 'failed';
  project?: ProjectState;
  stage?: string;
  /** 0–100, as the product counts. */
  progress?: number;
  reconnects: number;
}

/** How many runs were where from that moment on; milliseconds since 1970. */
export interface Depth {
  readonly at: number;
  readonly queued: number;
  readonly running: number;
  readonly review: number;
}

export interface Trouble {
  readonly at: number;
  readonly analyst: string;
  readonly text: string;
}

export interface Picture {
  readonly analysts: readonly LiveAnalyst[];
  readonly counts: Readonly<Record<'signedIn' | 'atWork' | 'finished' | 'failed' | 'launched', number>>;
  readonly projects: Readonly<Record<ProjectState, number>>;
  /** Of the completed ones, from the accepted launch on; milliseconds. Undefined where there is none. */
  readonly meanDurationMs: number | undefined;
  readonly lcpP75Ms: number | undefined;
  readonly inpP75Ms: number | undefined;
  /** Committed → painted, by the two clocks as they stand. */
  readonly freshnessP95Ms: number | undefined;
  readonly sockets: { readonly opened: number; readonly reconnects: number; readonly abnormalCloses: number };
  /** Of the last half minute. */
  readonly generator: { readonly lateSeconds: number; readonly seconds: number; readonly cpu: number | undefined };
  readonly trouble: readonly Trouble[];
  readonly depths: readonly Depth[];
}

/** How far back the generator's health is looked at. */
const RECENT_MS = 30_000;
/** How many troubles and changes of the queue are kept; of older changes every second one goes. */
const TROUBLES = 20;
const DEPTHS = 600;
/** The codes by which a page and a server part in peace. */
const PEACEFUL = new Set([1000, 1001]);

export class LivePicture {
  readonly #run: Pick<RunFile, 'settings' | 'target'>;
  readonly #analysts = new Map<string, LiveAnalyst>();
  readonly #launched = new Set<string>();
  readonly #durations: number[] = [];
  /** The last value of each vital and navigation. */
  readonly #vitals = { LCP: new Map<string, number>(), INP: new Map<string, number>() };
  readonly #freshness: number[] = [];
  readonly #sockets = { opened: 0, reconnects: 0, abnormalCloses: 0 };
  readonly #runs = new Set<string>();
  #health: HealthEvent[] = [];
  #trouble: Trouble[] = [];
  #depths: Depth[] = [];

  constructor(run: Pick<RunFile, 'settings' | 'target'>) {
    this.#run = run;
  }

  /** Takes what is new, in any order of files. */
  add({ events, journal }: News): void {
    for (const record of journal) if (record.type === 'acknowledged') this.#launched.add(record.project);
    const when = (event: MusterEvent): number => (event.type === 'stage' ? (event.arrivedAt ?? event.at) : event.at);
    for (const event of [...events].sort((one, other) => when(one) - when(other))) this.#take(event);
  }

  /** The picture as it is now; `now` in milliseconds since 1970. */
  at(now: number): Picture {
    const analysts = [...this.#analysts.values()].sort((one, other) => (one.analyst < other.analyst ? -1 : 1));
    const many = (is: (each: LiveAnalyst) => boolean): number => analysts.filter(is).length;
    const state = (wanted: ProjectState): number => many(({ project }) => project === wanted);
    return {
      analysts,
      counts: {
        signedIn: many(({ signedIn }) => signedIn),
        atWork: many(({ started, outcome }) => started && outcome === undefined),
        finished: many(({ outcome }) => outcome === 'ok'),
        failed: many(({ outcome }) => outcome === 'failed'),
        launched: this.#launched.size,
      },
      projects: {
        queued: state('queued'),
        running: state('running'),
        review: state('review'),
        completed: state('completed'),
        failed: state('failed'),
        cancelled: state('cancelled'),
        'rate-limited': state('rate-limited'),
      },
      meanDurationMs: this.#durations.length === 0 ? undefined : mean(this.#durations),
      lcpP75Ms: percentileOf([...this.#vitals.LCP.values()], 75),
      inpP75Ms: percentileOf([...this.#vitals.INP.values()], 75),
      freshnessP95Ms: percentileOf(this.#freshness, 95),
      sockets: this.#sockets,
      generator: this.#generator(now),
      trouble: this.#trouble,
      depths: this.#depths,
    };
  }

  #take(event: MusterEvent): void {
    switch (event.type) {
      case 'health':
        this.#health.push(event);
        return;
      case 'analyst':
        return this.#phase(event);
      case 'step-begun':
        return this.#set(event.analyst, { step: event.name, since: event.at });
      case 'step':
        if (event.outcome !== 'ok') this.#tell(event, `${event.name}: ${event.error ?? event.outcome}`);
        return;
      case 'stage':
        return this.#stage(event);
      case 'project':
        return this.#project(event);
      case 'vital':
        if (event.measured && (event.name === 'INP' || (event.name === 'LCP' && event.kind === 'hard')))
          this.#vitals[event.name].set(`${event.analyst} ${event.kind} ${event.navigationId}`, event.value);
        return;
      case 'card':
        if (event.paintedAt !== undefined && event.committedAt !== undefined)
          this.#freshness.push(event.paintedAt - event.committedAt);
        return;
      case 'socket':
        return this.#socket(event);
      case 'error':
        return this.#tell(event, event.message);
      default:
        return;
    }
  }

  #phase(event: Extract<MusterEvent, { type: 'analyst' }>): void {
    const { phase, organization, bundle, outcome, error } = event;
    this.#set(event.analyst, {
      ...(organization === undefined ? {} : { organization }),
      ...(bundle === undefined ? {} : { bundle }),
      ...(phase === 'signed-in' ? { signedIn: true } : {}),
      ...(phase === 'started' ? { started: true } : {}),
      ...(phase === 'finished' ? { outcome: outcome ?? 'failed' } : {}),
    });
    if (phase === 'finished' && outcome !== 'ok') this.#tell(event, error ?? 'did not finish');
  }

  #stage(event: StageEvent & MusterEvent): void {
    const first = !this.#runs.has(event.productRunId);
    this.#runs.add(event.productRunId);
    const { standing, stage, progress } = event;
    const states = {
      active: first && (progress ?? 0) === 0 ? 'queued' : 'running',
      waiting: 'review',
      completed: 'completed',
      failed: 'failed',
      cancelled: 'cancelled',
    } as const;
    this.#set(event.analyst, { project: states[standing], stage, ...(progress === undefined ? {} : { progress }) });
    this.#measureDepth(event.arrivedAt ?? event.at);
  }

  #project(event: Extract<MusterEvent, { type: 'project' }>): void {
    const { end, durationMs } = event;
    if (end === 'completed' && durationMs !== undefined) this.#durations.push(durationMs);
    if (end !== 'in-progress') this.#set(event.analyst, { project: end === 'pending-review' ? 'review' : end });
    this.#measureDepth(event.at);
  }

  #socket({ analyst, phase, closeCode }: Extract<MusterEvent, { type: 'socket' }>): void {
    if (phase === 'closed') {
      if (closeCode !== undefined && !PEACEFUL.has(closeCode)) this.#sockets.abnormalCloses += 1;
      return;
    }
    this.#sockets.opened += 1;
    if (phase !== 'reconnected') return;
    this.#sockets.reconnects += 1;
    this.#set(analyst, { reconnects: (this.#analysts.get(analyst)?.reconnects ?? 0) + 1 });
  }

  #set(analyst: string, changes: Partial<LiveAnalyst>): void {
    const known = this.#analysts.get(analyst) ?? { analyst, signedIn: false, started: false, reconnects: 0 };
    this.#analysts.set(analyst, { ...known, ...changes });
  }

  #tell({ at, analyst }: MusterEvent, text: string): void {
    this.#trouble = [{ at, analyst, text: text.split('\n', 1)[0] ?? text }, ...this.#trouble].slice(0, TROUBLES);
  }

  #measureDepth(at: number): void {
    const of = (wanted: ProjectState): number =>
      [...this.#analysts.values()].filter(({ project }) => project === wanted).length;
    this.#depths.push({ at, queued: of('queued'), running: of('running'), review: of('review') });
    if (this.#depths.length > DEPTHS) this.#depths = this.#depths.filter((_, place) => place % 2 === 0);
  }

  #generator(now: number): Picture['generator'] {
    const from = now - RECENT_MS;
    this.#health = this.#health.filter(({ to }) => to >= from);
    const machine = this.#health.filter(({ source }) => source === 'machine');
    if (this.#health.length === 0) return { lateSeconds: 0, seconds: 0, cpu: undefined };
    const { generator } = judgeHealth({
      run: { ...this.#run, health: true },
      events: this.#health,
      measured: { from, to: now },
    });
    const last = machine.at(-1);
    return {
      lateSeconds: generator.invalidSeconds ?? 0,
      seconds: Math.min(RECENT_MS / 1000, new Set(this.#health.map(({ to }) => Math.floor(to / 1000))).size),
      cpu: last === undefined ? undefined : (last.cpuGenerator ?? 0) + (last.cpuProduct ?? 0) + (last.cpuRest ?? 0),
    };
  }
}

function percentileOf(values: readonly number[], percent: number): number | undefined {
  return values.length === 0 ? undefined : percentile(sorted(values), percent);
}
