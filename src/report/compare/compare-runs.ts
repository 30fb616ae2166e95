/** Reads the results of runs and compares them. */
import { join } from 'node:path';
import { ConfigurationError } from '../../run/configuration-error.ts';
import { compareSamples, type Comparison, type Samples } from './compare.ts';
import { describeRegression } from './compare-view.ts';
import { foldRun } from '../fold.ts';
import { differences, type Side } from './likeness.ts';
import { readRunFile } from '../results.ts';
import type { Summary } from '../summary.ts';

export interface ReadRun extends Side {
  /** Those taken while the generator was not past a guard. */
  samples: Samples;
}

/** Reads a run's samples from its records. @throws ConfigurationError when the folder holds no run. */
export async function readRun(folder: string): Promise<ReadRun> {
  const run = await readRunFile(folder);
  if (run === undefined)
    throw new ConfigurationError(`${folder} holds no run: there is no run.json in it. Name a folder of results.`);
  const { samples, broken } = await foldRun(folder, { run, endedAt: new Date() });
  return { run, broken, samples };
}

export interface RunComparison extends Comparison {
  /** In what the runs are unlike besides the product, as sentences. */
  unlike: string[];
}

/** Compares two runs, however unlike they are; that is for the caller to judge. */
export function compareRuns(a: ReadRun, b: ReadRun): RunComparison {
  return { unlike: differences(a, b), ...compareSamples(a.samples, b.samples) };
}

/**
 * Reads the run that BASELINE names: one in the results folder, or a path; undefined when it names none.
 * @throws ConfigurationError when there is no such run.
 */
export async function readBaseline(resultsFolder: string, baseline: unknown): Promise<ReadRun | undefined> {
  if (typeof baseline !== 'string' || baseline === '') return undefined;
  const folder = /[\\/]/.test(baseline) ? baseline : join(resultsFolder, baseline);
  const run = await readRun(folder).catch((cause: unknown) => {
    throw new ConfigurationError(
      `BASELINE=${baseline} cannot be used: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    );
  });
  return run;
}

/** How a run stands to its baseline. */
export function holdToBaseline(run: ReadRun, baseline: ReadRun): NonNullable<Summary['baseline']> {
  const { unlike, rows } = compareRuns(baseline, run);
  const nothing = `In one of them no metric has samples of five analysts or more, and of fewer chance alone explains everything.`;
  return {
    runId: baseline.run.runId,
    compared: rows.length,
    unlike: rows.length > 0 ? unlike : [...unlike, nothing],
    regressions: rows.filter(({ outcome }) => outcome === 'regression').map(describeRegression),
  };
}
