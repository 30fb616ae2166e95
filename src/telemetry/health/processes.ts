/** Processes as Linux tells of them in /proc: who began whom, and what each has used. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Times are in the kernel's ticks. */
export interface ProcessRow {
  readonly pid: number;
  readonly parent: number;
  /** With the pid it tells a process from a later one of the same number. */
  readonly startedTicks: number;
  readonly ownTicks: number;
  /** Of its children that have ended and were waited for. */
  readonly reapedTicks: number;
  readonly residentPages: number;
}

export type Processes = ReadonlyMap<number, ProcessRow>;

/** Every process that may be seen. @throws when the folder cannot be read. */
export function readProcesses(proc: string): Processes {
  const rows = new Map<number, ProcessRow>();
  for (const name of readdirSync(proc)) {
    if (!/^\d+$/.test(name)) continue;
    try {
      const row = parseStat(readFileSync(path.join(proc, name, 'stat'), 'latin1'));
      rows.set(row.pid, row);
    } catch (error) {
      if (!outOfSight(error)) throw error;
    }
  }
  return rows;
}

/** `/proc/<pid>/stat`; fields by proc(5). The name in parentheses may hold anything, parentheses and spaces too. */
export function parseStat(text: string): ProcessRow {
  const end = text.lastIndexOf(')');
  const fields = text.slice(end + 2).split(' ');
  /** By the manual's number of the field. */
  const field = (number: number): number => Number(fields[number - 3]);
  return {
    pid: Number.parseInt(text, 10),
    parent: field(4),
    startedTicks: field(22),
    ownTicks: field(14) + field(15),
    reapedTicks: field(16) + field(17),
    residentPages: field(24),
  };
}

/** A process and all that descend from it; nothing when it is gone. */
export function treeOf(processes: Processes, root: number): Set<number> {
  const children = new Map<number, number[]>();
  for (const { pid, parent } of processes.values()) children.set(parent, [...(children.get(parent) ?? []), pid]);
  const tree = new Set<number>();
  const open = processes.has(root) ? [root] : [];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    if (tree.has(pid)) continue;
    tree.add(pid);
    open.push(...(children.get(pid) ?? []));
  }
  return tree;
}

/**
 * Ticks that the members of a tree used between two looks. What a member that ended used since the first look is known
 * from what its parent has waited for, less what the first look had already seen of it.
 */
export function ticksBetween(
  before: { readonly processes: Processes; readonly tree: ReadonlySet<number> },
  after: { readonly processes: Processes; readonly tree: ReadonlySet<number> },
): number {
  const same = (pid: number): boolean =>
    before.processes.get(pid)?.startedTicks === after.processes.get(pid)?.startedTicks;
  const seenOfEnded = new Map<number, number>();
  for (const pid of before.tree) {
    const row = before.processes.get(pid);
    if (!row || same(pid)) continue;
    seenOfEnded.set(row.parent, (seenOfEnded.get(row.parent) ?? 0) + row.ownTicks + row.reapedTicks);
  }
  let ticks = 0;
  for (const pid of after.tree) {
    const now = after.processes.get(pid);
    if (!now) continue;
    const then = same(pid) ? before.processes.get(pid) : undefined;
    ticks += now.ownTicks - (then?.ownTicks ?? 0);
    const reaped = now.reapedTicks - (then?.reapedTicks ?? 0);
    // A parent that waits for nobody has no account of its children: then what they used last is lost, never negative.
    ticks += Math.max(0, reaped - (then ? (seenOfEnded.get(pid) ?? 0) : 0));
  }
  return ticks;
}

/** The process ended meanwhile, or may not be looked at. */
function outOfSight(error: unknown): boolean {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  return ['ENOENT', 'ESRCH', 'EACCES', 'EPERM'].includes(code);
}
