/** What a project's name tells of the run that made it: enough to clean up when nothing else of that run is left. */
import { separator, secondsAt2020 } from '../identity.ts';

export interface NamedRun {
  /** `Muster <yyyy-mm-dd> <runId>[ s<shard>]`. */
  readonly prefix: string;
  readonly runId: string;
  readonly shard: number | undefined;
  /** When the run began at the latest, milliseconds since 1970. */
  readonly begunBy: number;
}

const form = /^Muster (\d{4}-\d\d-\d\d) ([a-z0-9]+)(?: s([1-9]\d*))?$/;
const dayMs = 24 * 3600 * 1000;

/** The run that a project belongs to by its name; undefined for a name that is not of this project's own form. */
export function runOfProject(name: string): NamedRun | undefined {
  const at = name.indexOf(separator);
  return at < 0 ? undefined : runOfPrefix(name.slice(0, at));
}

/** What a prefix says; undefined when it is none of ours. */
export function runOfPrefix(prefix: string): NamedRun | undefined {
  const [, day = '', runId = '', shard] = form.exec(prefix) ?? [];
  const midnight = Date.parse(`${day}T00:00:00Z`);
  if (runId === '' || Number.isNaN(midnight)) return undefined;
  return {
    prefix,
    runId,
    shard: shard === undefined ? undefined : Number(shard),
    begunBy: begunAt(runId, midnight) ?? midnight + dayMs,
  };
}

/** An id that was made up tells the second; one that somebody chose may look like it, but then the day does not fit. */
function begunAt(runId: string, midnight: number): number | undefined {
  if (runId.length !== 8) return undefined;
  const at = (Number.parseInt(runId.slice(0, 6), 36) + secondsAt2020) * 1000;
  return at >= midnight && at < midnight + dayMs ? at : undefined;
}
