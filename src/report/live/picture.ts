/** The state of a run at this moment, kept up record by record: for the console and the monitor. What it becomes in the end, the fold says. */
import type { RunFile } from '../../run/run-file.ts';
import type { MusterEvent } from '../../telemetry/events.ts';
import { SocketCount } from '../sockets.ts';
import { mean } from '../statistics/statistics.ts';
import { LiveFigures, type Figures } from './figures.ts';
import { LivePipeline, type PhaseSpan, type Pipeline, type RunNow } from './pipeline.ts';
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
  /** When the analyst left the start line, and when the journey was over. */
  startedAt?: number;
  finishedAt?: number;
  project?: ProjectState;
  stage?: string;
  /** 0–100, as the product counts. */
  progress?: number;
  /** Where the analyst's projects were, within the window. */
  phases: readonly PhaseSpan[];
  reconnects: number;
  /** Whether a connection is open now. */
  connected: boolean;
}

export interface Trouble {
  readonly at: number;
  readonly analyst: string;
  readonly text: string;
}

export interface LiveFinding {
  readonly at: number;
  readonly id: string;
  readonly title: string;
  readonly severity: string;
}

export interface LiveSockets {
  readonly opened: number;
  /** Now. */
  readonly open: number;
  readonly reconnects: number;
  readonly abnormalCloses: number;
  /** The last one that was closed with a code. */
  readonly lastClose?: { readonly at: number; readonly analyst: string; readonly code: number };
}

export interface Picture {
  readonly analysts: readonly LiveAnalyst[];
  readonly counts: Readonly<Record<'signedIn' | 'atWork' | 'finished' | 'failed' | 'launched', number>>;
  readonly projects: Readonly<Record<ProjectState, number>>;
  /** Of the completed ones, from the accepted launch on; milliseconds. Undefined where there is none. */
  readonly meanDurationMs: number | undefined;
  readonly lcpP75Ms: number | undefined;
  readonly inpP75Ms: number | undefined;
  /** Committed → painted. */
  readonly freshnessP95Ms: number | undefined;
  /** The same with how many samples they are made of, and the others that are shown. */
  readonly figures: Figures['figures'];
  readonly sockets: LiveSockets;
  readonly generator: Figures['generator'];
  readonly trouble: readonly Trouble[];
  readonly findings: readonly LiveFinding[];
  /** What is shown of the past begins here: milliseconds since 1970. */
  readonly from: number;
  readonly pipeline: Pipeline;
}

/** How much of the past is shown. The report has the whole. */
const WINDOW_MS = 15 * 60_000;
/** How many troubles are kept. */
const TROUBLES = 20;

export class LivePicture {
  readonly #begunAt: number;
  readonly #analysts = new Map<string, Omit<LiveAnalyst, 'phases' | 'connected'>>();
  readonly #launched = new Set<string>();
  readonly #rateLimited = new Set<string>();
  readonly #durations: number[] = [];
  readonly #sockets = new SocketCount();
  /** Of each analyst, which are open. */
  readonly #open = new Map<string, Set<string>>();
  readonly #findings = new Map<string, LiveFinding>();
  readonly #figures: LiveFigures;
  readonly #pipeline: LivePipeline;
  #lastClose: LiveSockets['lastClose'];
  #trouble: Trouble[] = [];
  #lastHeardAt: number | undefined;

  constructor(run: RunFile) {
    this.#begunAt = Date.parse(run.startedAt);
    this.#figures = new LiveFigures(run);
    // What the embedded product was started with stands nowhere.
    const slots = Number(run.settings['PRODUCT_SLOTS']);
    this.#pipeline = new LivePipeline(run.target.kind === 'attached' && slots > 0 ? slots : undefined);
  }

  /** Takes what is new, in any order of files. */
  add({ events, journal }: News): void {
    for (const record of journal) {
      if (record.type === 'acknowledged') this.#launched.add(record.project);
      this.#pipeline.note(record);
    }
    const when = (event: MusterEvent): number => (event.type === 'stage' ? (event.arrivedAt ?? event.at) : event.at);
    for (const event of [...events].sort((one, other) => when(one) - when(other))) {
      this.#lastHeardAt = Math.max(this.#lastHeardAt ?? 0, event.at);
      this.#figures.add(event);
      this.#take(event);
    }
  }

  /** When anybody was heard of last, milliseconds since 1970. */
  get lastHeardAt(): number | undefined {
    return this.#lastHeardAt;
  }

  /** The picture as it is now; `now` in milliseconds since 1970. */
  at(now: number): Picture {
    const from = Math.max(this.#begunAt, now - WINDOW_MS);
    const analysts = this.#lanes(from);
    const many = (is: (each: LiveAnalyst) => boolean): number => analysts.filter(is).length;
    const state = (wanted: ProjectState): number => many(({ project }) => project === wanted);
    const { figures, generator } = this.#figures.at(now);
    const { opened, reconnects, abnormalCloses } = this.#sockets.counted();
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
      lcpP75Ms: figures.lcp.ms,
      inpP75Ms: figures.inp.ms,
      freshnessP95Ms: figures.freshness.ms,
      figures,
      sockets: {
        opened,
        reconnects,
        abnormalCloses,
        open: [...this.#open.values()].reduce((sum, { size }) => sum + size, 0),
        ...(this.#lastClose === undefined ? {} : { lastClose: this.#lastClose }),
      },
      generator,
      trouble: this.#trouble,
      findings: [...this.#findings.values()],
      from,
      pipeline: this.#pipeline.at(from),
    };
  }

  #lanes(from: number): LiveAnalyst[] {
    const latest = this.#pipeline.latest(from);
    const spans = this.#pipeline.spans(from);
    return [...this.#analysts.values()]
      .sort((one, other) => (one.analyst < other.analyst ? -1 : 1))
      .map((analyst) => ({
        ...analyst,
        ...projectOf(latest.get(analyst.analyst)),
        ...(this.#rateLimited.has(analyst.analyst) ? { project: 'rate-limited' as const } : {}),
        phases: spans.get(analyst.analyst) ?? [],
        connected: (this.#open.get(analyst.analyst)?.size ?? 0) > 0,
      }));
  }

  #take(event: MusterEvent): void {
    switch (event.type) {
      case 'analyst':
        return this.#phase(event);
      case 'step-begun':
        return this.#set(event.analyst, { step: event.name, since: event.at });
      case 'step':
        if (event.outcome !== 'ok') this.#tell(event, `${event.name}: ${event.error ?? event.outcome}`);
        return;
      case 'stage':
        return this.#pipeline.stage(event);
      case 'sighting':
        return this.#pipeline.sighting(event);
      case 'project':
        return this.#project(event);
      case 'socket':
        return this.#socket(event);
      case 'error':
        return this.#tell(event, event.message);
      case 'finding':
        this.#findings.set(event.id, { at: event.at, id: event.id, title: event.title, severity: event.severity });
        return;
      default:
        return;
    }
  }

  #phase(event: Extract<MusterEvent, { type: 'analyst' }>): void {
    const { analyst, at, phase, organization, bundle, outcome, error } = event;
    this.#set(analyst, {
      ...(organization === undefined ? {} : { organization }),
      ...(bundle === undefined ? {} : { bundle }),
      ...(phase === 'signed-in' ? { signedIn: true } : {}),
      ...(phase === 'started' ? { started: true, startedAt: at } : {}),
      ...(phase === 'finished' ? { outcome: outcome ?? 'failed', finishedAt: at } : {}),
    });
    if (phase !== 'finished') return;
    // Whoever has left has no page any more, and nobody tells of its connections.
    this.#open.delete(analyst);
    if (outcome !== 'ok') this.#tell(event, error ?? 'did not finish');
  }

  #project(event: Extract<MusterEvent, { type: 'project' }>): void {
    const { analyst, end, durationMs } = event;
    if (end === 'completed' && durationMs !== undefined) this.#durations.push(durationMs);
    if (end === 'rate-limited') this.#rateLimited.add(analyst);
    else this.#rateLimited.delete(analyst);
    this.#pipeline.project(event);
  }

  #socket(event: Extract<MusterEvent, { type: 'socket' }>): void {
    this.#sockets.add(event);
    const { at, analyst, phase, socketId, closeCode } = event;
    const open = this.#open.get(analyst) ?? new Set<string>();
    this.#open.set(analyst, open);
    if (phase === 'closed') {
      open.delete(socketId);
      if (closeCode !== undefined) this.#lastClose = { at, analyst, code: closeCode };
      return;
    }
    open.add(socketId);
    if (phase === 'reconnected') this.#set(analyst, { reconnects: (this.#analysts.get(analyst)?.reconnects ?? 0) + 1 });
  }

  #set(analyst: string, changes: Partial<LiveAnalyst>): void {
    const known = this.#analysts.get(analyst) ?? { analyst, signedIn: false, started: false, reconnects: 0 };
    this.#analysts.set(analyst, { ...known, ...changes });
  }

  #tell({ at, analyst }: MusterEvent, text: string): void {
    this.#trouble = [{ at, analyst, text: text.split('\n', 1)[0] ?? text }, ...this.#trouble].slice(0, TROUBLES);
  }
}

function projectOf(run: RunNow | undefined): Partial<LiveAnalyst> {
  const project = run?.phase ?? run?.end;
  return {
    ...(project === undefined ? {} : { project }),
    ...(run?.stage === undefined ? {} : { stage: run.stage }),
    ...(run?.progress === undefined ? {} : { progress: run.progress }),
  };
}
