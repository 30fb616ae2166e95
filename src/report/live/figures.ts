/**
 * The figures of a run while it lasts: the fold's own, over what was told so far. Folding costs the more the longer a run
 * lasts, so it is done as often as a small share of a core allows.
 */
import type { RunFile } from '../../run/run-file.ts';
import type { MusterEvent } from '../../telemetry/events.ts';
import { accountAnalysts } from '../analysts.ts';
import { tabulate } from '../metrics.ts';
import { measure } from '../samples/index.ts';
import type { MetricRow, Summary } from '../summary.ts';
import { judgeHealth } from '../verdict/health.ts';

/** What is shown of a metric while it changes: as the objectives speak of it. */
const SHOWN = [
  ['lcp', 'web.lcp', 'p75'],
  ['inp', 'web.inp', 'p75'],
  ['freshness', 'card.freshness', 'p95'],
  ['upload', 'upload.whole', 'p95'],
] as const;
export type FigureName = (typeof SHOWN)[number][0];

export interface LiveFigure {
  /** As in the summary. */
  readonly metric: string;
  readonly statistic: 'p75' | 'p95';
  /** Milliseconds; undefined without a sample. */
  readonly ms: number | undefined;
  /** How many samples it is made of. */
  readonly count: number;
}

/** The generator's health; what nobody told of is left out. */
export interface LiveHealth {
  /** Of the last half minute: seconds past a guard, and how many there were. */
  readonly lateSeconds: number;
  readonly seconds: number;
  /** The same of the whole run, from the start line on. */
  readonly lateInAll: number;
  readonly secondsInAll: number;
  /** Shares of all cores, in the last second: everything, the generator, the product. Of a run that is over: p95 of its seconds. */
  readonly cpu: number | undefined;
  readonly cpuGenerator?: number;
  readonly cpuProduct?: number;
  /** Of the last half minute: the workers' event loops, milliseconds, and the share of page timers that came late. */
  readonly loopLagP95Ms?: number;
  readonly driftShare?: number;
  /** As they were told last; of a run that is over: the most. */
  readonly memoryBytes?: number;
  readonly productMemoryBytes?: number;
}

export interface Figures {
  readonly figures: Readonly<Record<FigureName, LiveFigure>>;
  readonly generator: LiveHealth;
}

type Health = Extract<MusterEvent, { type: 'health' }>;

/** How far back the generator's present health is looked at. */
const RECENT_MS = 30_000;
/** The share of a core that figures may take, and how long one that is new may have to wait. */
const SHARE = 0.003;
const AT_MOST_MS = 60_000;
/** What the figures shown are made of. */
const MADE_OF: ReadonlySet<MusterEvent['type']> = new Set([
  'navigation',
  'vital',
  'card',
  'clock',
  'project',
  'analyst',
]);

export class LiveFigures {
  readonly #run: RunFile;
  readonly #events: MusterEvent[] = [];
  readonly #health: Health[] = [];
  #startedAt = Infinity;
  #toldUpTo = -Infinity;
  #lastStepAt = -Infinity;
  readonly #working = new Set<string>();
  #isNew = true;
  #nextAt = -Infinity;
  #figures: Figures | undefined;

  constructor(run: RunFile) {
    this.#run = run;
  }

  add(event: MusterEvent): void {
    if (event.type === 'step') this.#lastStepAt = Math.max(this.#lastStepAt, event.endedAt);
    if (event.type === 'health') {
      this.#health.push(event);
      this.#toldUpTo = Math.max(this.#toldUpTo, event.to);
    } else if (event.type === 'vital') this.#events.push(withoutAttribution(event));
    else if (MADE_OF.has(event.type) || (event.type === 'http' && event.fileBytes !== undefined))
      this.#events.push(event);
    else return;
    if (event.type === 'analyst') this.#atWork(event);
    this.#isNew = true;
  }

  /** As they were when they were last folded; anew where something was told since and the time has come. `now`: ms since 1970. */
  at(now: number): Figures {
    if (this.#figures !== undefined && (!this.#isNew || now < this.#nextAt)) return this.#figures;
    const before = process.cpuUsage();
    this.#figures = this.#fold(now);
    this.#isNew = false;
    const { user, system } = process.cpuUsage(before);
    this.#nextAt = now + Math.min(AT_MOST_MS, (user + system) / 1000 / SHARE);
    return this.#figures;
  }

  #atWork({ analyst, phase, at }: Extract<MusterEvent, { type: 'analyst' }>): void {
    if (phase === 'finished') this.#working.delete(analyst);
    if (phase !== 'started') return;
    this.#working.add(analyst);
    this.#startedAt = Math.min(this.#startedAt, at);
  }

  #fold(now: number): Figures {
    // Of what comes after the last word nobody can judge, and what comes after the last step does not count.
    const to = Math.min(now, this.#toldUpTo, this.#working.size > 0 ? Infinity : this.#lastStepAt);
    const health = judgeHealth({
      run: this.#run,
      events: this.#health,
      ...(this.#startedAt < to ? { measured: { from: this.#startedAt, to } } : {}),
    });
    const rows = tabulate(measure(this.#events, accountAnalysts(this.#events, []), this.#run), health.isSuspect);
    return { figures: shownOf(rows), generator: this.#recent(now, health.generator) };
  }

  #recent(now: number, whole: Summary['generator']): LiveHealth {
    const from = now - RECENT_MS;
    const recent = this.#health.filter(({ to }) => to >= from);
    const inAll = { lateInAll: whole.invalidSeconds ?? 0, secondsInAll: whole.judgedSeconds ?? 0 };
    if (recent.length === 0) return { lateSeconds: 0, seconds: 0, ...inAll, cpu: undefined };
    const { generator } = judgeHealth({ run: this.#run, events: recent, measured: { from, to: now } });
    const last = recent.findLast(({ source }) => source === 'machine');
    // Memory is not told every second.
    const weighed = recent.findLast(({ memoryGeneratorBytes }) => memoryGeneratorBytes !== undefined);
    return {
      lateSeconds: generator.invalidSeconds ?? 0,
      seconds: Math.min(RECENT_MS / 1000, new Set(recent.map(({ to }) => Math.floor(to / 1000))).size),
      ...inAll,
      cpu: last === undefined ? undefined : (last.cpuGenerator ?? 0) + (last.cpuProduct ?? 0) + (last.cpuRest ?? 0),
      ...known('cpuGenerator', last?.cpuGenerator),
      ...known('cpuProduct', last?.cpuProduct),
      ...known('loopLagP95Ms', generator.loopLagP95Ms),
      ...known('driftShare', generator.driftOver50msShare),
      ...known('memoryBytes', weighed?.memoryGeneratorBytes),
      ...known('productMemoryBytes', weighed?.memoryProductBytes),
    };
  }
}

/** Attributions are what most of a vital's record is. */
function withoutAttribution({ attribution: _, ...event }: Extract<MusterEvent, { type: 'vital' }>): MusterEvent {
  return event;
}

/** The figures of a run that is over, as its summary has them. */
export function figuresOfSummary({ metrics, generator }: Summary): Figures {
  const { invalidSeconds, judgedSeconds } = generator;
  const [late, all] = [invalidSeconds ?? 0, judgedSeconds ?? 0];
  return {
    figures: shownOf(metrics),
    generator: {
      lateSeconds: late,
      seconds: all,
      lateInAll: late,
      secondsInAll: all,
      cpu: undefined,
      ...known('cpuGenerator', generator.cpuP95),
      ...known('cpuProduct', generator.productCpuP95),
      ...known('loopLagP95Ms', generator.loopLagP95Ms),
      ...known('driftShare', generator.driftOver50msShare),
      ...known('memoryBytes', generator.memoryPeakBytes),
      ...known('productMemoryBytes', generator.productMemoryPeakBytes),
    },
  };
}

function shownOf(rows: readonly MetricRow[]): Figures['figures'] {
  const shown = SHOWN.map(([name, metric, statistic]): [FigureName, LiveFigure] => {
    const row = rows.find((each) => each.name === metric && Object.keys(each.tags).length === 0);
    return [name, { metric, statistic, ms: row?.[statistic] ?? undefined, count: row?.count ?? 0 }];
  });
  return Object.fromEntries(shown) as Record<FigureName, LiveFigure>;
}

function known<Name extends keyof LiveHealth>(name: Name, value: number | null | undefined): Partial<LiveHealth> {
  return value === null || value === undefined ? {} : { [name]: value };
}
