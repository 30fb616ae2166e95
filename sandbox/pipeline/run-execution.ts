/** One run's child at work: hears its reports and writes them to the store, guarded, until the run rests or ends. */
import type { RunStatus } from '../contract.ts';
import type { Faults } from '../faults/index.ts';
import { resultWriter } from '../faults/lost-update.ts';
import { pipelineRules, type PipelineRules } from '../faults/pipeline-rules.ts';
import { writesInTurn } from '../faults/serial-writes.ts';
import type { RunPatch, Store } from '../ports.ts';
import { startChild, type Child } from './child-process.ts';
import type { PipelineLog } from './log.ts';
import type { RunJob, RunReport } from './protocol.ts';
import { cancelledStage, completeStage, reviewStage } from './stages.ts';

export interface ExecutionOptions {
  readonly job: RunJob;
  readonly store: Pick<Store, 'runs'>;
  readonly log: PipelineLog;
  readonly faults: Faults;
  readonly heartbeatMs: number;
  /** How long a run that needs review waits for its tables before it pauses without them. */
  readonly tablesGraceMs: number;
}

/** Runs are background work. */
const niceness = 10;

/**
 * `released` resolves when the run no longer needs its slot: it has ended, or it awaits review. `ended` resolves when its
 * child is gone; between the two, the tables of a paused run may still be computed in the background.
 */
export class RunExecution {
  readonly released: Promise<void>;
  readonly ended: Promise<void>;
  private readonly from: RunStatus;
  private readonly child: Child;
  private readonly heartbeat: NodeJS.Timeout;
  private readonly rules: PipelineRules;
  private readonly addResult: ReturnType<typeof resultWriter>;
  private stage = '';
  private release: () => void = () => undefined;
  private pendingReview: Extract<RunReport, { type: 'review' }> | undefined;
  private graceTimer: NodeJS.Timeout | undefined;
  /** Set once the run's status is no longer this execution's to change. */
  private settled = false;
  private paused = false;

  constructor(private readonly options: ExecutionOptions) {
    const { job, heartbeatMs, faults, store } = options;
    const inTurn = writesInTurn(faults);
    this.rules = pipelineRules(faults);
    this.addResult = resultWriter(faults, store.runs, job.runId);
    this.from = job.mode === 'initial' ? 'in_progress' : 'resuming';
    this.released = new Promise((resolve) => {
      this.release = resolve;
    });
    this.child = startChild(niceness, (report) => inTurn(() => this.hear(report as RunReport)));
    this.heartbeat = setInterval(() => this.write({}), heartbeatMs);
    this.ended = this.child.ended.then((problem) => inTurn(() => this.childEnded(problem)));
    this.child.send({ type: 'run', job });
  }

  get pid(): number | undefined {
    return this.child.pid;
  }

  /** Whether a cancel comes too late for this work. */
  get isPastLastCheckpoint(): boolean {
    return this.rules.isPastLastCheckpoint(this.stage);
  }

  /** Kills the work; the run's status is somebody else's from now on. */
  abort(): void {
    this.settle();
    this.child.kill();
  }

  private hear(report: RunReport): void {
    if (this.settled) {
      if (report.type === 'failed' && this.paused) this.tablesFailed(report.message);
      if (report.type === 'stage' && this.rules.writesAfterFailure) this.writeLate(report);
      return;
    }
    switch (report.type) {
      case 'stage': {
        // While the tables are awaited the run is already on its way to the review.
        const { stage, progress, message } = report;
        this.stage = stage;
        this.write({ stage, progress, message });
        break;
      }
      case 'review':
        this.pendingReview = report;
        this.graceTimer = setTimeout(() => this.pause(), this.options.tablesGraceMs);
        break;
      case 'tables-ready':
        this.pause();
        break;
      case 'done':
        this.finish(report);
        break;
      case 'failed':
        this.fail(report.title, report.message);
        break;
    }
  }

  private pause(): void {
    const review = this.pendingReview;
    if (this.settled || !review) return;
    const { job } = this.options;
    const row = this.write({
      status: 'pending_review',
      ...reviewStage(review.flagged.length),
      result: {
        ...described(job),
        reviewUrl: `/projects/${this.options.store.runs.get(job.runId)?.projectId ?? ''}/review`,
        flaggedColumnCount: review.flagged.length,
        reviewState: {
          status: 'awaiting_review',
          flaggedColumns: [...review.flagged],
          // Hard-written, as the product does; nothing clears it.
          pathBStatus: 'running',
          pathCStatus: 'completed',
          totalColumns: review.totalColumns,
        },
      },
    });
    if (row) {
      this.paused = true;
      this.settle();
    }
  }

  private finish({ summary, outputs, inputs, dropped }: Extract<RunReport, { type: 'done' }>): void {
    const { job, log } = this.options;
    if (dropped.length > 0) log.info({ runId: job.runId, dropped }, 'Banner columns left out');
    this.write({
      status: 'success',
      ...completeStage(summary.tables, summary.durationMs),
      result: this.addResult({
        ...described(job),
        summary,
        r2Files: { inputs: [...inputs], outputs: [...outputs] },
        reviewState: null,
      }),
    });
    this.settle();
  }

  private fail(title: string, detail: string): void {
    this.options.log.warn({ runId: this.options.job.runId, title, detail }, 'Run failed');
    this.write({
      status: 'error',
      stage: 'error',
      message: title,
      error: detail === '' ? title : `${title}: ${detail}`,
    });
    this.settle();
  }

  /** The tables of a paused run could not be made: its review page says so, and resuming will fail with the reason. */
  private tablesFailed(detail: string): void {
    const { store, job, log } = this.options;
    log.warn({ runId: job.runId, detail }, 'Tables of a run in review failed');
    const state = store.runs.get(job.runId)?.result?.reviewState;
    if (state)
      store.runs.transition(job.runId, ['pending_review'], {
        result: { reviewState: { ...state, pathBStatus: 'error' } },
      });
  }

  private writeLate({ stage, progress, message }: Extract<RunReport, { type: 'stage' }>): void {
    const { store, job } = this.options;
    store.runs.transition(job.runId, ['error', this.from], { status: this.from, stage, progress, message });
  }

  private childEnded(problem: string | undefined): void {
    if (!this.settled)
      this.fail(
        'Processing error',
        `the process that computed this run ${problem ?? 'ended before it was done'}. Launch the project again.`,
      );
    this.settle();
  }

  /** Writes if the run is still where this execution had it; else somebody cancelled or deleted it, and the work stops. */
  private write(patch: RunPatch): ReturnType<Store['runs']['transition']> {
    if (this.settled) return undefined;
    try {
      const { store, job } = this.options;
      const from: RunStatus[] = this.isPastLastCheckpoint ? [this.from, 'cancelled'] : [this.from];
      const row = store.runs.transition(job.runId, from, { ...patch, lastHeartbeat: Date.now() });
      if (row?.cancelRequested && this.rules.noticesLate) {
        store.runs.transition(job.runId, [this.from], { status: 'cancelled', ...cancelledStage });
        this.abort();
      } else if (!row && (this.rules.stopsWhenDeleted || store.runs.get(job.runId))) this.abort();
      return row;
    } catch (error) {
      this.options.log.error(
        { runId: this.options.job.runId, error },
        'A run could not be written to the store; its work stops',
      );
      this.abort();
      return undefined;
    }
  }

  private settle(): void {
    this.settled = true;
    clearInterval(this.heartbeat);
    clearTimeout(this.graceTimer);
    if (this.paused) this.release();
    // Otherwise the slot is free only when the process has really gone.
    else void this.child.ended.then(() => this.release());
  }
}

function described(job: RunJob): { pipelineId: string; dataset: string; outputDir: string } {
  const data = job.files.find(({ role }) => role === 'data')?.name ?? '';
  return { pipelineId: job.runId, dataset: data.replace(/\.[^.]+$/, ''), outputDir: `runs/${job.runId}` };
}
