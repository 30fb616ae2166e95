/** Runs of probes as they are kept, a line each in `runs.jsonl`, and which of them count. */
import path from 'node:path';
import { z } from 'zod';
import { keepRound, readRounds } from '../bench/rounds.ts';
import { probeEvent } from '../src/telemetry/events-probe.ts';
import type { Cell } from './plan.ts';

const runRecordSchema = probeEvent
  .pick({ outcome: true, why: true, tries: true, hits: true, durationMs: true })
  .extend({
    at: z.iso.datetime(),
    /** Null: the sandbox had none. */
    fault: z.string().nullable(),
    probe: z.string(),
    seed: z.int(),
    /** Of the code that was run (versions.ts). */
    version: z.string(),
    browser: z.string(),
  });
export type RunRecord = z.infer<typeof runRecordSchema>;

type Place = Pick<Cell, 'fault' | 'probe'>;
/** The version of a cell's code. */
export type VersionOf = (place: Place) => string;

export interface Counted {
  /** Runs of the cells at their present version, oldest first. */
  readonly runs: readonly RunRecord[];
  /** How many there are of other versions. */
  readonly outdated: number;
}

/** What a folder holds of the cells. @throws Error for a line that is no run. */
export async function readRuns(folder: string, cells: readonly Cell[], versionOf: VersionOf): Promise<Counted> {
  const names = new Set(cells.map(nameOf));
  const all = (await readRounds(fileIn(folder), runRecordSchema)).filter((run) => names.has(nameOf(run)));
  const runs = all.filter((run) => run.version === versionOf(run));
  return { runs, outdated: all.length - runs.length };
}

export async function keepRuns(folder: string, runs: readonly RunRecord[]): Promise<void> {
  for (const run of runs) await keepRound(fileIn(folder), run);
}

/** A key. */
export function nameOf({ fault, probe }: Place): string {
  return `${probe} @ ${fault ?? ''}`;
}

/** Whether a probe came to an answer in it. */
export function isAnswered({ outcome }: Pick<RunRecord, 'outcome'>): boolean {
  return outcome === 'clean' || outcome === 'finding';
}

function fileIn(folder: string): string {
  return path.join(folder, 'runs.jsonl');
}
