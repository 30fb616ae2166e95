/** The fold: what all workers appended, in one picture. Pure; `readRecords` does the reading, `judge` the judging. */
import type { RunFile } from '../run/run-file.ts';
import { unproved } from '../run/unproved.ts';
import type { MusterEvent } from '../telemetry/events.ts';
import { accountAnalysts, type AnalystAccount } from './analysts.ts';
import { cardPartsOf, type CardPart } from './card-parts.ts';
import { causesOf, type Cause } from './causes.ts';
import { foldFindings, foldProbes } from './findings.ts';
import { judgeHealth } from './verdict/health.ts';
import { reconcile } from './ledger.ts';
import { tabulate } from './metrics.ts';
import { offsetOf } from './samples/cards.ts';
import { achievedOverlap } from './samples/overlap.ts';
import { accountPages } from './pages.ts';
import { lastWords } from './projects.ts';
import type { Records } from './records.ts';
import { measure, type Sample } from './samples/index.ts';
import { countSockets } from './sockets.ts';
import { holdAgainst, type Objective } from './verdict/slo.ts';
import { mean } from './statistics/statistics.ts';
import type { Summary } from './summary.ts';
import { timelineOf, type Timeline } from './timeline.ts';

export interface FoldInput {
  run: RunFile;
  records: Records;
  /** The analysts whose tests were selected; when not known, those who began. */
  expected?: readonly string[];
  /** None unless given. */
  objectives?: readonly Objective[];
  endedAt: Date;
}

/** Everything that the summary says before a verdict, and beside it what only people read. */
export interface Folded {
  facts: Omit<Summary, 'verdict' | 'reasons'>;
  analysts: AnalystAccount[];
  /** Ways in which the ledger does not balance; each a sentence. */
  breaches: string[];
  /** Why the figures say nothing about the product: guards of the generator that were broken, as sentences. */
  broken: string[];
  /** What LCP and INP consisted of, by page. */
  causes: Cause[];
  /** Where the time of card changes went. */
  cardParts: CardPart[];
  /** Who did what when; undefined where nobody did anything. */
  timeline: Timeline | undefined;
  /** The samples behind the metrics, those apart that were taken while the generator was past a guard. */
  samples: { kept: Sample[]; excluded: Sample[] };
  /** Failures of the capture itself, the harness's own. */
  telemetryProblems: string[];
  /** What pages, consoles, requests and toasts complained of; evidence, not a verdict. */
  complaints: Complaint[];
  torn: string[];
}

export interface Complaint {
  source: string;
  message: string;
  count: number;
  analysts: number;
}

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;

/** Folds a run's records into its facts. Throws a RangeError when a record holds a value that no statistic takes. */
export function fold({ run, records, expected, objectives, endedAt }: FoldInput): Folded {
  const { events, journal } = records;
  const of = <T extends MusterEvent['type']>(type: T) => events.filter((event): event is Of<T> => event.type === type);
  const analysts = accountAnalysts(events, expected ?? []);
  const projects = of('project');
  const { ledger, breaches } = reconcile(journal, events, {
    deadlineMs: runDeadlineMs(run),
    flickers: run.target.kind === 'attached',
  });
  const errors = of('error');
  const notProved = unproved(run.settings['AUTH_MODE']);
  const probes = foldProbes(events);
  const intervals = analysts.flatMap(({ startedAt, lastStepEndedAt }) =>
    startedAt === undefined || lastStepEndedAt === undefined ? [] : [{ from: startedAt, to: lastStepEndedAt }],
  );
  const measured = measure(events, analysts, run);
  const health = judgeHealth({ run, events: of('health'), ...working(intervals) });
  const metrics = tabulate(measured, health.isSuspect);
  const { slo, notAsked } = holdAgainst(objectives ?? [], metrics, run);
  const facts: Folded['facts'] = {
    schema: 1,
    runId: run.runId,
    shard: run.shard ?? null,
    prefix: run.prefix,
    startedAt: run.startedAt,
    endedAt: endedAt.toISOString(),
    target: run.target,
    profile: run.profile,
    ...(notProved.length === 0 ? {} : { unproved: [...notProved] }),
    analysts: analysts.length,
    projects: countProjects(projects, ledger.acknowledged),
    overlap: achievedOverlap(intervals, Math.min(analysts.length, run.atOnce ?? analysts.length)),
    metrics,
    slo,
    sloNotAsked: notAsked,
    ledger,
    findings: foldFindings(events),
    ...(probes.length === 0 ? {} : { probes }),
    sockets: countSockets(of('socket'), of('gap')),
    pages: accountPages(events),
    generator: { ...health.generator, ...watched(of('watcher'), endedAt) },
  };
  return {
    facts,
    analysts,
    breaches,
    broken: health.broken,
    causes: causesOf(events),
    cardParts: cardPartsOf(events, (own) => offsetOf(own, run), health.isSuspect),
    timeline: timelineOf(events, analysts, health.suspectSeconds),
    samples: {
      kept: measured.samples.filter((sample) => !health.isSuspect(sample)),
      excluded: measured.samples.filter((sample) => health.isSuspect(sample)),
    },
    telemetryProblems: [
      ...records.problems,
      ...health.problems,
      ...errors.filter(isTelemetry).map((event) => `${event.analyst}: ${event.message}`),
    ],
    complaints: gather(errors.filter((event) => !isTelemetry(event))),
    torn: records.torn,
  };
}

/** How long somebody looked at the monitor. Who never stopped looked to the end. */
function watched(events: readonly Of<'watcher'>[], endedAt: Date): Pick<Summary['generator'], 'watchedSeconds'> {
  let since: number | undefined;
  let ms = 0;
  for (const { looking, at } of [...events].sort((one, other) => one.at - other.at)) {
    if (looking) since ??= at;
    else if (since !== undefined) {
      ms += at - since;
      since = undefined;
    }
  }
  if (since !== undefined) ms += Math.max(0, endedAt.getTime() - since);
  return ms === 0 ? {} : { watchedSeconds: Math.round(ms / 1000) };
}

/** How long the product may take over one run, by the run's own settings. */
function runDeadlineMs({ settings }: RunFile): number | undefined {
  const minutes = Number(settings['RUN_DEADLINE_MIN']);
  return minutes > 0 ? minutes * 60_000 : undefined;
}

/** From the first start to the last end. */
function working(intervals: readonly { from: number; to: number }[]): { measured?: { from: number; to: number } } {
  if (intervals.length === 0) return {};
  return {
    measured: {
      from: Math.min(...intervals.map(({ from }) => from)),
      to: Math.max(...intervals.map(({ to }) => to)),
    },
  };
}

/** The last word on each project counts. A project that was accepted and of which no end is known is still in progress. */
function countProjects(events: readonly Of<'project'>[], launched: number): Summary['projects'] {
  const last = lastWords(events);
  const ends = (end: Of<'project'>['end']) => last.filter((event) => event.end === end);
  const completed = ends('completed');
  const counted = {
    completed: completed.length,
    failed: ends('failed').length,
    cancelled: ends('cancelled').length,
    pendingReview: ends('pending-review').length,
  };
  const known = counted.completed + counted.failed + counted.cancelled + counted.pendingReview;
  const durations = completed.flatMap(({ durationMs }) => (durationMs === undefined ? [] : [durationMs]));
  return {
    launched,
    ...counted,
    inProgress: Math.max(ends('in-progress').length, launched - known, 0),
    rateLimited: ends('rate-limited').length,
    meanDurationMs: durations.length === 0 ? null : mean(durations),
  };
}

function isTelemetry(event: Of<'error'>): boolean {
  return event.source === 'telemetry';
}

function gather(errors: readonly Of<'error'>[]): Complaint[] {
  const groups = new Map<string, { first: Of<'error'>; count: number; analysts: Set<string> }>();
  for (const event of errors) {
    const key = `${event.source} ${event.message}`;
    const group = groups.get(key) ?? { first: event, count: 0, analysts: new Set<string>() };
    group.count += 1;
    group.analysts.add(event.analyst);
    groups.set(key, group);
  }
  return [...groups.values()]
    .map(({ first, count, analysts }) => ({
      source: first.source,
      message: first.message,
      count,
      analysts: analysts.size,
    }))
    .sort((a, b) => b.count - a.count);
}
