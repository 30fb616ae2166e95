import { activeStatuses, runStatuses, type RunStatus } from '../contract.ts';
import type { Store } from '../ports.ts';
import type { RunJob } from '../pipeline/protocol.ts';
import { initialStages } from '../pipeline/stages.ts';
import type { Faults } from './index.ts';

type Runs = Pick<Store['runs'], 'transition'>;

/** What the pipeline minds when it starts, stops and records work. */
export interface PipelineRules {
  /** Statuses of a run from which work that waited in the queue starts. */
  startsFrom(mode: RunJob['mode']): readonly RunStatus[];
  /** Called as work leaves the queue. */
  started(runs: Runs, runId: string, mode: RunJob['mode']): void;
  /** Whether work of that mode waits for a slot. */
  takesSlot(mode: RunJob['mode']): boolean;
  /** Statuses of a run that can be cancelled. */
  readonly cancellable: readonly RunStatus[];
  /** Whether a cancel takes a run out of the queue. */
  readonly emptiesQueue: boolean;
  /** Whether a computing run that was cancelled notices only at its next report. */
  readonly noticesLate: boolean;
  /** Whether work in that stage looks for a cancel no more. */
  isPastLastCheckpoint(stage: string): boolean;
  /** Whether work stops when its run is deleted. */
  readonly stopsWhenDeleted: boolean;
  /** Whether progress is written that comes after a run has failed. */
  readonly writesAfterFailure: boolean;
  /** Milliseconds between the signs of life of a computing run. */
  readonly heartbeatMs: number;
}

const normalHeartbeatMs = 30_000;
const lateStages: readonly string[] = [initialStages.executingR.stage, initialStages.writingOutputs.stage];

/** The rules, with every fault that bends one of them. Without faults: a guard before each step. */
export function pipelineRules(faults: Faults): PipelineRules {
  const [resurrects, starves] = [faults.has('cancel-resurrects'), faults.has('starved-queue')];
  const [overwrites, overruns] = [faults.has('cancel-overwritten'), faults.has('slot-overrun')];
  return {
    startsFrom: (mode) =>
      mode === 'resume'
        ? ['resuming']
        : ['in_progress', ...(resurrects ? (['cancelled'] as const) : []), ...(starves ? (['error'] as const) : [])],
    started: (runs, runId, mode) => {
      // Whoever does not look at the status writes its own.
      if (mode === 'initial' && (resurrects || starves)) runs.transition(runId, runStatuses, firstProgress());
    },
    takesSlot: (mode) => !(overruns && mode === 'resume'),
    cancellable: overwrites ? runStatuses.filter((status) => status !== 'cancelled') : activeStatuses,
    emptiesQueue: !resurrects,
    noticesLate: resurrects,
    isPastLastCheckpoint: (stage) => overwrites && lateStages.includes(stage),
    stopsWhenDeleted: !faults.has('ghost-slot'),
    writesAfterFailure: faults.has('zombie-run'),
    heartbeatMs: starves ? Math.min(normalHeartbeatMs, faults.amount('starved-queue') / 3) : normalHeartbeatMs,
  };
}

function firstProgress(): Parameters<Runs['transition']>[2] {
  const { stage, progress, message } = initialStages.parsing;
  return { status: 'in_progress', stage, progress, message, lastHeartbeat: Date.now() };
}
