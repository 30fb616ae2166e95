/** The pipeline: a queue with a few slots, a child process a run, and guarded transitions in the store. */
import { existsSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { workbookFiles, type RunRow, type RunStatus, type ValidationResult } from '../contract.ts';
import { noFaults, type Faults } from '../faults/index.ts';
import { runFolders, type RunFolders } from '../faults/output-collision.ts';
import { pipelineRules, type PipelineRules } from '../faults/pipeline-rules.ts';
import { reconcile } from '../faults/starved-queue.ts';
import type { Pipeline, Store } from '../ports.ts';
import { silentLog, type PipelineLog } from './log.ts';
import { makeJob } from './make-job.ts';
import type { RunJob } from './protocol.ts';
import { RunExecution } from './run-execution.ts';
import { RunFolder } from './run-folder.ts';
import { cancelledStage, queuedStage, resumeStages, type Stage } from './stages.ts';
import { Validator } from './validator.ts';

export interface PipelineOptions {
  readonly store: Pick<Store, 'runs' | 'projects'>;
  /** The pipeline keeps its files under `<folder>/runs/`. */
  readonly folder: string;
  /** Runs that compute at the same time. */
  readonly slots: number;
  /** Multiplies the least duration of each stage; 0: as fast as it computes. */
  readonly pace: number;
  readonly log?: PipelineLog;
  readonly heartbeatMs?: number;
  readonly tablesGraceMs?: number;
  readonly faults?: Faults;
}

/** Work of one run in this process: queued, computing, or its tables still coming while it awaits review. */
interface Work {
  readonly mode: RunJob['mode'];
  abandoned: boolean;
  execution?: RunExecution;
  /** The same run's tables, still coming when its review was taken. */
  readonly before: Work | undefined;
  readonly finished: Promise<void>;
  readonly finish: () => void;
}

const savedForLater = 'Review saved. Pipeline will complete when table processing finishes.';

/** Makes a pipeline over a store. Its children end with this process at the latest. */
export function createPipeline(options: PipelineOptions): Pipeline & Required<Pick<Pipeline, 'settled'>> {
  return new ProcessPipeline(options);
}

class ProcessPipeline implements Pipeline {
  private readonly limit;
  private readonly works = new Map<string, Work>();
  private readonly validator = new Validator();
  private readonly log: PipelineLog;
  private readonly faults: Faults;
  private readonly rules: PipelineRules;
  private readonly folders: RunFolders;
  private readonly stopReconciling: () => void;
  private stopping = false;

  constructor(private readonly options: PipelineOptions) {
    this.limit = pLimit(options.slots);
    this.log = options.log ?? silentLog;
    this.faults = options.faults ?? noFaults;
    this.rules = pipelineRules(this.faults);
    this.folders = runFolders(this.faults, options.store);
    this.stopReconciling = reconcile(this.faults, this.runs);
  }

  launch(runId: string): void {
    if (this.works.has(runId)) return;
    this.detach(runId, this.queue(runId, 'initial', Promise.resolve()));
  }

  cancel(runId: string): { localAbort: boolean } {
    const cancelled = this.runs.transition(runId, this.rules.cancellable, {
      status: 'cancelled',
      cancelRequested: true,
      ...cancelledStage,
    });
    // Nothing to cancel if it has ended; but a run that is gone altogether must not go on computing.
    const row = cancelled ?? this.runs.get(runId);
    const work = this.works.get(runId);
    if (cancelled && !work) this.removeLeftovers(runId);
    if (!work || row?.status === 'success' || row?.status === 'partial' || row?.status === 'error')
      return { localAbort: false };
    if (this.heedsCancel(work)) this.abandon(work);
    return { localAbort: cancelled !== undefined };
  }

  async settled(runId: string): Promise<void> {
    await this.works.get(runId)?.finished;
  }

  async resume(runId: string): Promise<{ status: RunStatus; message: string }> {
    const before = this.works.get(runId);
    const tables = before?.mode === 'initial' ? before : undefined;
    const ready = !tables && this.folderOf(runId).hasTables;
    if (!this.show(runId, resumeStages.applyingReview)) return this.outcome(runId);
    if (tables) this.show(runId, resumeStages.waitingForTables);
    const done = this.queue(runId, 'resume', tables?.finished ?? Promise.resolve());
    if (!ready) {
      this.detach(runId, done);
      return { status: 'resuming', message: savedForLater };
    }
    await done;
    return this.outcome(runId);
  }

  validate(path: string): Promise<ValidationResult> {
    return this.validator.validate(path);
  }

  recover(): void {
    const unfinished = this.runs.unfinished().sort((a, b) => a._creationTime - b._creationTime);
    for (const { _id: runId, status } of unfinished) {
      if (status === 'resuming') {
        this.show(runId, resumeStages.applyingReview);
        this.detach(runId, this.queue(runId, 'resume', Promise.resolve()));
      } else if (this.runs.transition(runId, ['in_progress'], { ...queuedStage })) this.launch(runId);
    }
    if (unfinished.length > 0) this.log.info({ runs: unfinished.length }, 'Unfinished runs queued again');
  }

  outputPath(runId: string, file: string): string | undefined {
    if (!Object.hasOwn(workbookFiles, file)) return undefined;
    const known = file as keyof typeof workbookFiles;
    if (!this.runs.get(runId)?.result?.r2Files?.outputs.includes(known)) return undefined;
    const path = this.folderOf(runId).output(known);
    return existsSync(path) ? path : undefined;
  }

  async stop(): Promise<void> {
    this.stopping = true;
    this.stopReconciling();
    const works = [...this.works.values()];
    for (const work of works) this.abandon(work);
    await Promise.all([...works.map(({ finished }) => finished), this.validator.stop()]);
  }

  private get runs(): Store['runs'] {
    return this.options.store.runs;
  }

  private folderOf(runId: string): RunFolder {
    return new RunFolder(join(this.options.folder, 'runs', this.folders.nameOf(runId)));
  }

  private async prepareFolder(runId: string): Promise<void> {
    const folder = this.folderOf(runId);
    await (this.folders.private ? folder.reset() : folder.ensure());
  }

  private outcome(runId: string): { status: RunStatus; message: string } {
    if (this.stopping) return { status: 'resuming', message: savedForLater };
    const row = this.runs.get(runId);
    return { status: row?.status ?? 'cancelled', message: row?.message ?? cancelledStage.message };
  }

  /** Nobody waits for this work; its failure to be recorded is at least logged. */
  private detach(runId: string, work: Promise<void>): void {
    work.catch((error: unknown) => this.log.error({ runId, error }, 'The end of a run could not be recorded'));
  }

  /** Shows a stage of a resuming run; undefined when it is no longer resuming. */
  private show(runId: string, { stage, progress, message }: Stage): RunRow | undefined {
    return this.runs.transition(runId, ['resuming'], { stage, progress, message });
  }

  /** Takes a place in the queue once `after` has resolved; resolves when the run rests or has ended. */
  private async queue(runId: string, mode: RunJob['mode'], after: Promise<void>): Promise<void> {
    let finish: () => void = () => undefined;
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const work: Work = { mode, abandoned: false, before: this.works.get(runId), finished, finish };
    this.works.set(runId, work);
    try {
      await after;
      const execute = (): Promise<void> => this.execute(runId, work);
      if (!work.abandoned) await (this.rules.takesSlot(mode) ? this.limit(execute) : execute());
    } catch (error) {
      const detail = error instanceof Error ? error.message : String(error);
      this.log.error({ runId, error }, 'A run could not be executed');
      if (!this.stopping)
        this.runs.transition(runId, ['in_progress', 'resuming'], {
          status: 'error',
          stage: 'error',
          message: 'Processing error',
          error: `Processing error: ${detail}`,
        });
      this.forget(runId, work);
    }
    if (!work.execution) this.forget(runId, work);
  }

  private async execute(runId: string, work: Work): Promise<void> {
    if (work.abandoned || this.stopping) return;
    const { mode } = work;
    const row = this.runs.get(runId);
    if (!row || !this.rules.startsFrom(mode).includes(row.status)) return;
    this.rules.started(this.runs, runId, mode);
    const job = makeJob({ ...this.options, faults: this.faults }, row, mode, this.folderOf(runId));
    if (mode === 'initial') await this.prepareFolder(runId);
    // Cancelled while its folder was being made.
    if (work.abandoned) return;
    const execution = new RunExecution({
      job,
      store: this.options.store,
      log: this.log,
      faults: this.faults,
      heartbeatMs: this.options.heartbeatMs ?? this.rules.heartbeatMs,
      tablesGraceMs: this.options.tablesGraceMs ?? 1500,
    });
    work.execution = execution;
    void execution.ended.then(() => this.forget(runId, work));
    await execution.released;
  }

  private heedsCancel({ execution, before }: Work): boolean {
    return execution ? !execution.isPastLastCheckpoint : before !== undefined || this.rules.emptiesQueue;
  }

  private abandon(work: Work): void {
    work.abandoned = true;
    if (work.execution) work.execution.abort();
    else if (work.before) {
      this.abandon(work.before);
      void work.before.finished.then(work.finish);
    } else work.finish();
  }

  private forget(runId: string, work: Work): void {
    work.finish();
    if (this.works.get(runId) !== work) return;
    this.works.delete(runId);
    if (!this.stopping && this.runs.get(runId)?.status === 'cancelled') this.removeLeftovers(runId);
  }

  /** What a cancelled run had half made is of no use to anybody. */
  private removeLeftovers(runId: string): void {
    rm(this.folderOf(runId).path, { recursive: true, force: true }).catch((error: unknown) => {
      this.log.warn({ runId, error }, 'Files of a cancelled run could not be removed');
    });
  }
}
