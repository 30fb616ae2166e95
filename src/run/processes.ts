/** Who is at work for a run: its processes leave a mark in `processes/` of its folder, by which others know whether it goes on. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { markOf, pidOf, stateOf } from '../../scripts/lib/processes.mjs';

type Role = 'runner' | 'reaper' | `worker-${number}`;

/**
 * How a run stands. `alive`: its runner is at work; `cleaning`: only its reaper is any more; `elsewhere`: they were begun on another
 * machine, and whether they go on cannot be seen from here; `unknown`: nobody left a mark.
 */
export interface Standing {
  readonly state: 'alive' | 'cleaning' | 'dead' | 'elsewhere' | 'unknown';
  /** Of the process that is at work. */
  readonly pid?: number;
}

/** Where the reaper's mark is; the embedded sandbox waits for the process whose number stands first in it. */
export function reaperMark(folder: string): string {
  return path.join(folder, 'processes', 'reaper');
}

/** Leaves the mark of a process, this one unless another is named. `folder` is the run's. */
export async function signOn(folder: string, role: Role, pid: number = process.pid): Promise<void> {
  const room = path.join(folder, 'processes');
  await mkdir(room, { recursive: true });
  await writeFile(path.join(room, role), ownMark(pid));
}

/** @throws when there is no such process. */
export function ownMark(pid: number = process.pid): string {
  const mark = markOf(pid);
  if (mark === undefined) throw new Error(`The process ${pid} has ended before its mark could be left.`);
  return mark;
}

/** How the run of a folder stands; a reaper that started this very process does not count. */
export async function standingOf(folder: string): Promise<Standing> {
  const room = path.join(folder, 'processes');
  const [runner, reaper] = await Promise.all([readMark(path.join(room, 'runner')), readMark(reaperMark(folder))]);
  if (runner === undefined) return { state: 'unknown' };
  const state = stateOf(runner);
  if (state === 'alive') return { state, pid: pidOf(runner) };
  if (reaper !== undefined && pidOf(reaper) !== process.ppid && stateOf(reaper) === 'alive')
    return { state: 'cleaning', pid: pidOf(reaper) };
  return { state };
}

async function readMark(file: string): Promise<string | undefined> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}
