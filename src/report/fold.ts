/** The fold: what all workers appended, in one picture. `RunFiles` does the reading, `judge` the judging. */
import type { RunFile } from '../run/run-file.ts';
import { unproved } from '../run/unproved.ts';
import type { JournalRecord } from '../run/journal-schema.ts';
import type { MusterEvent } from '../telemetry/events.ts';
import { accountAnalysts, type AnalystAccount } from './analysts.ts';
import { CardParts, type CardPart } from './card-parts.ts';
import { CauseSelection } from './cause-selection.ts';
import type { Cause } from './causes.ts';
import type { Complaint } from './complaints.ts';
import { foldFindings, foldProbes } from './findings.ts';
import { reconcile } from './ledger.ts';
import { MetricTable, type MetricSamples } from './metrics.ts';
import { accountPages, type PageAccount } from './pages.ts';
import { countProjects } from './projects.ts';
import { RunFiles, type Faults, type Records } from './records.ts';
import { groupBy } from '../run/group-by.ts';
import { offsetOf } from './samples/cards.ts';
import { measureOne, surroundingsOf, type Surroundings } from './samples/index.ts';
import { achievedOverlap } from './samples/overlap.ts';
import type { Summary } from './summary.ts';
import { Survey } from './survey.ts';
import { Lanes, type Timeline } from './timeline.ts';
import { judgeHealth, type Health } from './verdict/health.ts';
import { holdAgainst, type Objective } from './verdict/slo.ts';
import { watchedSeconds } from './watched.ts';

export interface FoldOptions {
  run: RunFile;
  /** The analysts whose tests were selected; when not known, those who began. */
  expected?: readonly string[];
  /** None unless given. */
  objectives?: readonly Objective[];
  endedAt: Date;
  /** How many analysts the machine carried when it was calibrated, where that is known. */
  carries?: number | undefined;
}

export interface FoldInput extends FoldOptions {
  records: Records;
}

/** Everything that the summary says before a verdict, and beside it what only people read. */
export interface Folded {
  facts: Omit<Summary, 'verdict' | 'reasons'>;
  analysts: AnalystAccount[];
  /** Ways in which the ledger does not balance; each a sentence. */
  breaches: string[];
  /** Why the figures say nothing about the product: guards of the generator that were broken, as sentences. */
  broken: string[];
  /** How many analysts the machine carried when it was calibrated; undefined where nobody knows. */
  carries: number | undefined;
  /** What LCP and INP consisted of, by page. */
  causes: Cause[];
  /** Where the time of card changes went. */
  cardParts: CardPart[];
  /** Who did what when; undefined where nobody did anything. */
  timeline: Timeline | undefined;
  /** The samples behind the metrics, by name. */
  samples: ReadonlyMap<string, MetricSamples>;
  /** Failures of the capture itself, the harness's own. */
  telemetryProblems: string[];
  /** What pages, consoles, requests and toasts complained of; evidence, not a verdict. */
  complaints: Complaint[];
  torn: string[];
}

/** Folds a run's records into its facts. Throws a RangeError when a record holds a value that no statistic takes. */
export function fold({ records, ...options }: FoldInput): Folded {
  const survey = new Survey();
  for (const event of records.events) survey.add(event);
  const folding = new Folding(options, survey, records.journal);
  for (const chapter of groupBy(records.events, ({ analyst }) => analyst).values()) folding.add(chapter);
  return folding.end(records);
}

/**
 * Folds the run in that folder, whose events need not fit into memory: they are gone through twice. What is held meanwhile grows
 * with the run's analysts, projects and seconds, and with the longest journey of one analyst. Rejects when a file cannot be read,
 * and with a RangeError as `fold` does.
 */
export async function foldRun(runFolder: string, options: FoldOptions): Promise<Folded> {
  const files = new RunFiles(runFolder);
  const survey = new Survey();
  for await (const batch of files.events()) for (const event of batch) survey.add(event);
  const folding = new Folding(options, survey, await files.journal());
  for await (const chapter of files.chapters()) folding.add(chapter);
  return folding.end(files.faults());
}

/** What is known of the run as a whole, to which each analyst's chapter is added. */
class Folding {
  readonly #options: FoldOptions;
  readonly #survey: Survey;
  readonly #journal: readonly JournalRecord[];
  /** The events that were kept for the whole run. */
  readonly #events: readonly MusterEvent[];
  readonly #analysts: AnalystAccount[];
  /** Those of whom no chapter has come yet. */
  readonly #silent: Map<string, AnalystAccount>;
  readonly #health: Health;
  readonly #surroundings: Surroundings;
  readonly #table: MetricTable;
  readonly #causes: CauseSelection;
  readonly #cardParts = new CardParts();
  readonly #lanes: Lanes;
  readonly #pages: PageAccount[] = [];

  constructor(options: FoldOptions, survey: Survey, journal: readonly JournalRecord[]) {
    const { run, expected = [], carries } = options;
    this.#options = options;
    this.#survey = survey;
    this.#journal = journal;
    this.#events = survey.events;
    this.#analysts = accountAnalysts(this.#events, expected);
    this.#silent = new Map(this.#analysts.map((account) => [account.analyst, account]));
    this.#health = judgeHealth({ run, events: survey.health, carries, ...working(this.#analysts) });
    this.#surroundings = surroundingsOf(this.#events, survey.routes, this.#analysts, run);
    this.#table = new MetricTable(this.#health.isSuspect);
    this.#causes = new CauseSelection(this.#health.isSuspect);
    this.#lanes = new Lanes(this.#analysts);
  }

  /** Adds all events of one analyst, or of another who left records. */
  add(chapter: readonly MusterEvent[]): void {
    const account = this.#silent.get(chapter[0]?.analyst ?? '');
    if (account) this.#silent.delete(account.analyst);
    this.#measure(chapter, account);
    this.#causes.add(chapter);
    this.#cardParts.add(chapter, offsetOf(chapter, this.#options.run), this.#health.isSuspect);
    this.#pages.push(...accountPages(chapter));
  }

  end({ problems, torn }: Faults): Folded {
    for (const account of this.#silent.values()) this.#measure([], account);
    const health = this.#health;
    const metrics = this.#table.rows();
    const { facts, breaches } = this.#facts(metrics);
    return {
      facts,
      analysts: this.#analysts,
      breaches,
      broken: health.broken,
      carries: this.#options.carries,
      causes: this.#causes.causes(metrics),
      cardParts: this.#cardParts.parts(),
      timeline: this.#lanes.timeline(this.#survey.health, health.suspectSeconds),
      samples: this.#table.samples(),
      telemetryProblems: [...problems, ...health.problems, ...this.#survey.failures],
      complaints: this.#survey.complaints,
      torn,
    };
  }

  #measure(chapter: readonly MusterEvent[], account: AnalystAccount | undefined): void {
    this.#table.add(measureOne(chapter, account, this.#surroundings));
    if (account) this.#lanes.add(account, chapter);
  }

  #facts(metrics: Summary['metrics']): Pick<Folded, 'facts' | 'breaches'> {
    const { run, objectives = [], endedAt } = this.#options;
    const { ledger, breaches } = reconcile(this.#journal, this.#events, {
      deadlineMs: runDeadlineMs(run),
      flickers: run.target.kind === 'attached',
    });
    const { slo, notAsked } = holdAgainst(objectives, metrics, run);
    const notProved = unproved(run.settings['AUTH_MODE']);
    const probes = foldProbes(this.#events);
    const analysts = this.#analysts.length;
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
      analysts,
      projects: countProjects(this.#events, ledger.acknowledged),
      overlap: achievedOverlap(intervalsOf(this.#analysts), Math.min(analysts, run.atOnce ?? analysts)),
      metrics,
      slo,
      sloNotAsked: notAsked,
      ledger,
      findings: foldFindings(this.#events),
      ...(probes.length === 0 ? {} : { probes }),
      sockets: this.#survey.sockets.counted(),
      pages: this.#pages.sort((one, other) => (one.analyst < other.analyst ? -1 : 1)),
      generator: { ...this.#health.generator, ...watchedSeconds(this.#events, endedAt) },
    };
    return { facts, breaches };
  }
}

/** How long the product may take over one run, by the run's own settings. */
function runDeadlineMs({ settings }: RunFile): number | undefined {
  const minutes = Number(settings['RUN_DEADLINE_MIN']);
  return minutes > 0 ? minutes * 60_000 : undefined;
}

/** From each analyst's start to the end of the last step. */
function intervalsOf(analysts: readonly AnalystAccount[]): { from: number; to: number }[] {
  return analysts.flatMap(({ startedAt, lastStepEndedAt }) =>
    startedAt === undefined || lastStepEndedAt === undefined ? [] : [{ from: startedAt, to: lastStepEndedAt }],
  );
}

/** From the first start to the last end. */
function working(analysts: readonly AnalystAccount[]): { measured?: { from: number; to: number } } {
  const intervals = intervalsOf(analysts);
  if (intervals.length === 0) return {};
  return {
    measured: {
      from: intervals.reduce((least, { from }) => Math.min(least, from), Infinity),
      to: intervals.reduce((most, { to }) => Math.max(most, to), -Infinity),
    },
  };
}
