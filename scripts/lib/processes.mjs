/**
 * Processes that outlive or outlast one another, told apart by more than their number, which systems use again: a mark is
 * `<pid> <when it started, as its system says> <host>`. Plain Node, because the reaper that waits must be light.
 */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import os from 'node:os';

/**
 * The mark of a process of this machine; undefined when there is none of that number.
 * @param {number} pid
 * @returns {string | undefined}
 */
export function markOf(pid) {
  const started = startOf(pid);
  return started === undefined ? undefined : `${pid} ${started} ${os.hostname()}`;
}

/** @param {string} mark */
export function pidOf(mark) {
  return Number.parseInt(mark, 10);
}

/**
 * Whether the marked process goes on. `elsewhere`: it was one of another machine, about which nothing can be known here.
 * @param {string} mark
 * @returns {'alive' | 'dead' | 'elsewhere'}
 */
export function stateOf(mark) {
  const [pid = '', started = '', host = ''] = mark.trim().split(' ');
  if (host !== os.hostname()) return 'elsewhere';
  return startOf(Number(pid)) === started ? 'alive' : 'dead';
}

/**
 * When a process started: on Linux in ticks since the machine did; elsewhere what `ps` says; `?` where nobody tells.
 * @param {number} pid
 * @returns {string | undefined} without blanks; undefined for no such process, or one that has ended and only waits to be noticed.
 */
function startOf(pid) {
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  if (process.platform === 'linux') {
    try {
      // `pid (name) state ppid …`: the start is the twenty-second, and a name may hold blanks and parentheses.
      const fields = /\(.*\) (.+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]?.split(' ') ?? [];
      return fields[0] === 'Z' || fields[0] === 'X' ? undefined : fields[19];
    } catch {
      return undefined; // No such process.
    }
  }
  try {
    process.kill(pid, 0);
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code === 'ESRCH') return undefined;
  }
  if (process.platform === 'win32') return '?';
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' })
      .trim()
      .replace(/\s+/g, '_');
  } catch {
    return undefined; // It ended in between.
  }
}
