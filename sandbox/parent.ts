/** How often the parent is looked for. */
const everyMs = 500;

/**
 * Calls `gone` once when whoever started this process is no longer there.
 * @param how `watch`: standard input is a pipe that closes with the parent; `poll`: the parent's process id changes;
 * watch does both, `none` neither.
 */
export function watchParent(how: 'watch' | 'poll' | 'none', gone: () => void): void {
  if (how === 'none') return;
  const parent = process.ppid;
  const timer = setInterval(() => {
    if (process.ppid !== parent) end();
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
