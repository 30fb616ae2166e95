/**
 * Temporary folders that carry the number of the process they belong to, so that whoever comes later can take away those
 * whose owner was killed: `muster-run-<pid>-…` of a run, `muster-sandbox-<pid>-…` of a sandbox.
 */
import { readdirSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { markOf } from './processes.mjs';

const ours = /^muster-(?:run|sandbox)-(\d+)-/;

/**
 * Takes away folders of processes that are gone, as far as the system lets it.
 * @param {string} [base] Where they lie.
 * @returns {string[]} the names of those it could not take away.
 */
export function tidyTemporary(base = os.tmpdir()) {
  const dead = readdirSync(base).filter((name) => {
    const owner = ours.exec(name)?.[1];
    return owner !== undefined && markOf(Number(owner)) === undefined;
  });
  return dead.filter((name) => {
    try {
      rmSync(path.join(base, name), { recursive: true, force: true, maxRetries: 3 });
      return false;
    } catch {
      return true; // Somebody else's.
    }
  });
}
