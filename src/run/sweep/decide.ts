/** Which runs a sweep touches: never one that goes on, and one of which nothing is known here only when it is old or asked for. */
import type { SweepArguments } from './arguments.ts';
import type { NamedRun } from './prefixes.ts';
import type { KnownRun } from './runs.ts';

/** How long a run that may go on elsewhere is left alone, unless somebody says otherwise; milliseconds. */
const elsewhereForMs = 24 * 3600_000;

export interface Circumstances {
  readonly options: Pick<SweepArguments, 'run' | 'olderThanMs'>;
  /** Runs whose results are here, by prefix. */
  readonly known: ReadonlyMap<string, KnownRun>;
  /** Ids of runs that hold leases and go on. */
  readonly leasing: ReadonlySet<string>;
  /** Milliseconds since 1970. */
  readonly now: number;
}

export type Decision =
  | { readonly sweep: true }
  /** `silent`: it was not asked for. */
  | { readonly sweep: false; readonly why: string; readonly silent?: true };

/** Whether to sweep a run that a prefix names. */
export function decide(named: NamedRun, { options, known, leasing, now }: Circumstances): Decision {
  const run = known.get(named.prefix);
  const name = named.shard === undefined ? named.runId : `${named.runId}-s${named.shard}`;
  if (options.run !== undefined && options.run !== name && options.run !== named.runId)
    return { sweep: false, why: 'another run was asked for', silent: true };
  if (run?.standing.state === 'alive')
    return { sweep: false, why: `it is still going (process ${run.standing.pid ?? 'unknown'})` };
  // Two may clean up at once; who asks for this very run does not want to wait for the other.
  if (run?.standing.state === 'cleaning' && options.run === undefined)
    return { sweep: false, why: `its reaper is at work (process ${run.standing.pid ?? 'unknown'})` };
  if (run?.standing.state === 'cleaning') return { sweep: true };
  if (leasing.has(named.runId) && run?.standing.state !== 'dead') return { sweep: false, why: 'it is still going' };
  const ageMs = now - (run?.startedAt ?? named.begunBy);
  if (options.olderThanMs !== undefined)
    return ageMs > options.olderThanMs
      ? { sweep: true }
      : { sweep: false, why: 'it is younger than that', silent: true };
  if (options.run !== undefined || run?.standing.state === 'dead' || ageMs > elsewhereForMs) return { sweep: true };
  return {
    sweep: false,
    why: `it began less than 24 hours ago and may go on elsewhere: --run ${name} deletes it, --older-than does`,
  };
}
