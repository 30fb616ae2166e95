import { readFileSync } from 'node:fs';

/** How often the parent is looked for. */
const everyMs = 500;

/** A process's name and parent, where that can be known (only Linux tells). */
function about(pid: number): { readonly name: string; readonly parent: number } | undefined {
  try {
    // `pid (name) state ppid …`, and a name may hold spaces and parentheses.
    const [, name = '', parent] = /\((.*)\) \S (\d+)/s.exec(readFileSync(`/proc/${pid}/stat`, 'utf8')) ?? [];
    return { name, parent: Number(parent) };
  } catch {
    return undefined;
  }
}

/** Who must stay: our parent, and where that is a shell such as npm puts in between, its parent, too. */
function lineage(): string {
  const parent = about(process.ppid);
  return `${process.ppid} ${parent?.name === 'sh' || parent?.name === 'dash' ? parent.parent : ''}`;
}

/** Whether the process is there whose number stands first in a file. */
function isAwaited(file: string | undefined): boolean {
  if (file === undefined) return false;
  try {
    const pid = Number.parseInt(readFileSync(file, 'utf8'), 10);
    return pid > 0 && process.kill(pid, 0);
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Calls `gone` once when whoever started this process is no longer there.
 * @param how `watch`: standard input is a pipe that closes with the parent; `poll`: the parent's process id changes (npm's, through its shell);
 * watch does both, `none` neither.
 * @param stayFor A file with the number of a process that is waited for besides, because it has work left to do here.
 */
export function watchParent(how: 'watch' | 'poll' | 'none', gone: () => void, stayFor?: string): void {
  if (how === 'none') return;
  const before = lineage();
  let orphaned = false;
  const timer = setInterval(() => {
    orphaned ||= lineage() !== before;
    if (orphaned && !isAwaited(stayFor)) end();
  }, everyMs);
  timer.unref();
  let told = false;
  function end(): void {
    clearInterval(timer);
    if (!told) gone();
    told = true;
  }
  if (how === 'watch') {
    const orphan = (): void => {
      orphaned = true;
      if (!isAwaited(stayFor)) end();
    };
    process.stdin.on('end', orphan).on('close', orphan).on('error', orphan);
    process.stdin.resume();
  }
}
