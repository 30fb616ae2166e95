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

/**
 * Calls `gone` once when whoever started this process is no longer there.
 * @param how `watch`: standard input is a pipe that closes with the parent; `poll`: the parent's process id changes (npm's, through its shell);
 * watch does both, `none` neither.
 */
export function watchParent(how: 'watch' | 'poll' | 'none', gone: () => void): void {
  if (how === 'none') return;
  const before = lineage();
  const timer = setInterval(() => {
    if (lineage() !== before) end();
  }, everyMs);
  timer.unref();
  let told = false;
  function end(): void {
    clearInterval(timer);
    if (!told) gone();
    told = true;
  }
  if (how === 'watch') {
    process.stdin.on('end', end).on('close', end).on('error', end);
    process.stdin.resume();
  }
}
