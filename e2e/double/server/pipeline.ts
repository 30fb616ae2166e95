/** The pipeline: a state machine driven by timers. As in the product, no write asks what the state was before. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { DoubleOptions } from '../options.ts';
import { workbooksOf } from './workbook.ts';
import type { FlaggedColumn, Run, State, Status } from './state.ts';

interface Stage {
  readonly stage: string;
  readonly progress: number;
  readonly message: string;
  /** Milliseconds at a pace of 1. */
  readonly ms: number;
}

const stage = (name: string, progress: number, message: string, ms: number): Stage => ({
  stage: name,
  progress,
  message,
  ms,
});

const beforeReview: readonly Stage[] = [
  stage('parsing', 10, 'Processing data map...', 1500),
  stage('survey_processing', 12, 'Processing survey document...', 1500),
  stage('parallel_processing', 15, 'Processing banner, tables, and skip logic...', 1500),
  // Two of its paths report at once.
  stage('parallel_processing', 37, 'Processing banner, tables, and skip logic...', 100),
  stage('parallel_processing', 60, 'Processing banner, tables, and skip logic...', 2500),
];
const straightOn: readonly Stage[] = [
  stage('filtering', 63, 'Applying skip logic filters...', 800),
  stage('splitting', 65, 'Splitting oversized tables...', 800),
  stage('verification', 67, 'Verifying tables...', 1500),
  stage('verification', 77, 'Verification complete', 300),
  stage('post_processing', 78, 'Running post-processor...', 800),
  stage('validating_cuts', 80, 'Validating cut expressions...', 800),
  stage('validating_r', 85, 'Validating R code per table...', 1500),
  stage('generating_r', 88, 'Generating R script...', 800),
  stage('executing_r', 92, 'Executing R script...', 2500),
  stage('writing_outputs', 97, 'Generating Excel workbook...', 1200),
];
const resumed: readonly Stage[] = [
  stage('applying_review', 55, 'Applying your review decisions...', 1),
  stage('filtering', 55, 'Applying skip logic filters...', 1),
  stage('splitting', 57, 'Splitting oversized tables...', 1),
  stage('verification', 58, 'Verifying tables...', 2),
  stage('post_processing', 69, 'Running post-processor...', 1),
  stage('validating_cuts', 70, 'Validating cut expressions...', 1),
  stage('validating_r', 75, 'Validating R code per table...', 2),
  stage('generating_r', 80, 'Generating R script...', 1),
  stage('executing_r', 85, 'Executing R script...', 3),
  stage('writing_outputs', 95, 'Generating Excel workbook...', 1),
];
const flickerMs = 400;

export class Pipeline {
  readonly #state: State;
  readonly #options: DoubleOptions;
  readonly #waiting: (() => void)[] = [];
  readonly #ended = new AbortController();
  #free: number;

  constructor(state: State, options: DoubleOptions) {
    this.#state = state;
    this.#options = options;
    this.#free = options.slots;
  }

  /** Lets the work of all runs end where it is. */
  stop(): void {
    this.#ended.abort();
  }

  /** Takes a run through to its end or its review; waits for a slot first. */
  async execute(run: Run, flagged: readonly FlaggedColumn[], variables: number): Promise<void> {
    await this.#slot();
    try {
      if (!(await this.#through(run, beforeReview, 'in_progress', this.#options.pace))) return;
      if (flagged.length > 0) {
        this.#askForReview(run, flagged, variables);
        return;
      }
      if (await this.#through(run, straightOn, 'in_progress', this.#options.pace)) this.#succeed(run);
    } finally {
      // A review gives the slot back; what comes after it is not counted.
      this.#release();
    }
  }

  /** The rest of a run whose review was submitted: whoever submitted it waits for all of it. */
  async resume(run: Run): Promise<void> {
    const parts = resumed.reduce((sum, { ms }) => sum + ms, 0);
    const ended = await this.#through(run, resumed, 'resuming', (this.#options.reviewS * 1000) / parts);
    if (ended) this.#succeed(run);
  }

  /** Sets a run cancelled at once, whatever it was; its work notices later. */
  cancel(run: Run): void {
    const rests = run.status === 'pending_review';
    run.cancelRequested = true;
    run.status = 'cancelled';
    if (rests) this.#noticeCancellation(run);
    this.#state.commit('runs');
  }

  /** Whether the run got through. */
  async #through(run: Run, stages: readonly Stage[], status: Status, msPerPart: number): Promise<boolean> {
    for (const { stage: name, progress, message, ms } of stages) {
      if (run.cancelRequested && !this.#options.flicker) return this.#noticeCancellation(run);
      this.#write(run, { status, stage: name, progress, message, lastHeartbeat: Date.now() });
      if (run.cancelRequested) {
        await sleep(flickerMs, undefined, { signal: this.#ended.signal });
        return this.#noticeCancellation(run);
      }
      await sleep(ms * msPerPart, undefined, { signal: this.#ended.signal });
    }
    return run.cancelRequested ? this.#noticeCancellation(run) : true;
  }

  #noticeCancellation(run: Run): false {
    this.#write(run, {
      status: 'cancelled',
      stage: 'cancelled',
      progress: 100,
      message: 'Pipeline cancelled by user',
    });
    return false;
  }

  #askForReview(run: Run, flagged: readonly FlaggedColumn[], variables: number): void {
    this.#write(run, {
      status: 'pending_review',
      stage: 'crosstab_review_required',
      progress: 50,
      message: `Review required - ${flagged.length} columns need mapping verification`,
      result: {
        reviewState: {
          status: 'awaiting_review',
          flaggedColumns: flagged,
          // Never anything else: nobody writes it when the tables are there.
          pathBStatus: 'running',
          pathCStatus: 'completed',
          totalColumns: variables,
        },
      },
    });
  }

  #succeed(run: Run): void {
    const durationMs = Date.now() - run._creationTime;
    const tables = 40;
    this.#write(run, {
      status: 'success',
      stage: 'complete',
      progress: 100,
      message: `Complete! Generated ${tables} crosstab tables in ${Math.round(durationMs / 1000)}s`,
      // What was asked in the review is gone with that, a moment before whoever answered it hears that it went well.
      result: {
        r2Files: { inputs: [], outputs: workbooksOf(run) },
        summary: { tables, cuts: 12, bannerGroups: 2, durationMs },
      },
    });
  }

  /** A run that was deleted meanwhile is written nowhere. */
  #write(run: Run, change: Partial<Run>): void {
    if (!this.#state.runs.has(run._id)) return;
    Object.assign(run, change);
    this.#state.commit('runs');
  }

  async #slot(): Promise<void> {
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((resolve) => this.#waiting.push(resolve));
  }

  #release(): void {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free += 1;
  }
}
