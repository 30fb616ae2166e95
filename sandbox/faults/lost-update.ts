import type { RunResult, RunRow } from '../contract.ts';
import type { RunPatch, RunStore } from '../ports.ts';
import type { Faults } from './index.ts';

type ResultPatch = NonNullable<RunPatch['result']>;

/**
 * How a run's execution adds to its result: key by key. With the fault it took a copy when it started, and writes that
 * copy back with its own keys: what others have changed since is gone.
 */
export function resultWriter(
  faults: Faults,
  runs: Pick<RunStore, 'get'>,
  runId: string,
): (patch: ResultPatch) => ResultPatch {
  if (!faults.has('lost-update')) return (patch) => patch;
  const copy = structuredClone(runs.get(runId)?.result);
  return (patch) => ({ ...emptied(runs.get(runId)), ...copy, ...patch });
}

function emptied(run: RunRow | undefined): ResultPatch {
  const keys = Object.keys(run?.result ?? {}) as (keyof RunResult)[];
  return Object.fromEntries(keys.map((key) => [key, null]));
}
