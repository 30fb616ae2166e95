/** Which process of this machine answers at a port, by Linux's own tables. */
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import path from 'node:path';
import type { Processes } from './processes.ts';

const listening = '0A';

/** The process that listens on a TCP port, or undefined when none of those that may be looked into does. */
export function listenerOf(proc: string, processes: Processes, port: number): number | undefined {
  const sockets = new Set(['tcp', 'tcp6'].flatMap((table) => inodesOf(path.join(proc, 'net', table), port)));
  if (sockets.size === 0) return undefined;
  for (const pid of processes.keys()) {
    const folder = path.join(proc, String(pid), 'fd');
    if (attempt(() => readdirSync(folder), []).some((name) => sockets.has(linkOf(path.join(folder, name))))) return pid;
  }
  return undefined;
}

/** Columns of /proc/net/tcp: number, local address, remote address, state, …, inode (the tenth). */
function inodesOf(table: string, port: number): string[] {
  const wanted = `:${port.toString(16).toUpperCase().padStart(4, '0')}`;
  return attempt(() => readFileSync(table, 'latin1'), '')
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(([, local, , state]) => state === listening && local?.endsWith(wanted) === true)
    .map((columns) => `socket:[${columns[9] ?? ''}]`);
}

function linkOf(file: string): string {
  return attempt(() => readlinkSync(file), '');
}

/** Other people's processes keep their files to themselves, and any process may end while it is looked at. */
function attempt<T>(look: () => T, otherwise: T): T {
  try {
    return look();
  } catch {
    return otherwise;
  }
}
