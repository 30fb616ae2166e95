/**
 * The reaper: outlives the runner of a run, and finishes the run's cleanup when the runner could not. It waits for its
 * standard input to close, which happens when the runner is gone, however it went. The runner says `done` through it once
 * it has proved that nothing is left; without that word the reaper does what `npm run sweep -- --run ID` does.
 *
 * Usage: node scripts/lib/reaper.mjs FOLDER LIMIT_S: the folder of the run's results, and how long a sweep may take.
 */
import { spawn } from 'node:child_process';
import { appendFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pidOf, stateOf } from './processes.mjs';
import { tidyTemporary } from './temporary.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
const [folder = '', limitS = '0'] = process.argv.slice(2);
/** How long workers may take to notice that their runner is gone, in milliseconds. */
const workersLimitMs = 10_000;

// What ends a run ends its group of processes, and who waits to clean up after it must not be among them.
/** @type {NodeJS.Signals[]} */
const deafTo = ['SIGINT', 'SIGTERM', 'SIGHUP'];
for (const signal of deafTo) process.on(signal, () => undefined);
// The terminal may be gone before us.
process.stderr.on('error', () => undefined);

let heard = '';
process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => (heard += String(text)));
process.stdin.on('error', () => undefined);
process.stdin.once('close', () => {
  if (heard.includes('done')) process.exit(0);
  void reap().then((code) => process.exit(code));
});

/** @returns {Promise<number>} the exit status. */
async function reap() {
  say(`The run ${path.basename(folder)} ended before its cleanup was done: finishing it now.`);
  await endWorkers();
  const code = await sweep();
  const stuck = tidyTemporary();
  if (stuck.length > 0) say(`Temporary folders that could not be taken away: ${stuck.join(', ')}.`);
  say(
    code === 0
      ? `The cleanup of ${path.basename(folder)} is done.`
      : `The cleanup of ${path.basename(folder)} is not complete: npm run sweep -- --run ${path.basename(folder)} tries again.`,
  );
  return code;
}

/** Workers end with their runner; one that does not would go on making what is being deleted. */
async function endWorkers() {
  const marks = workers();
  const deadline = Date.now() + workersLimitMs;
  while (marks.some((mark) => stateOf(mark) === 'alive') && Date.now() < deadline) await sleep(100);
  for (const mark of marks.filter((one) => stateOf(one) === 'alive')) {
    say(`The worker ${pidOf(mark)} goes on without its runner: it is ended.`);
    process.kill(pidOf(mark), 'SIGKILL');
  }
}

/** @returns {string[]} the marks that workers left. */
function workers() {
  const room = path.join(folder, 'processes');
  try {
    return readdirSync(room)
      .filter((name) => name.startsWith('worker-'))
      .map((name) => readFileSync(path.join(room, name), 'utf8'));
  } catch {
    return []; // No worker has begun.
  }
}

/** @returns {Promise<number>} the exit status of the sweep; 1 when it did not come to an end. */
function sweep() {
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/sweep.ts', '--run', path.basename(folder)], {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      detached: process.platform !== 'win32',
    });
    const late = setTimeout(
      () => {
        say(`It is not done after ${limitS} s, and is given up.`);
        if (child.pid !== undefined) process.kill(process.platform === 'win32' ? child.pid : -child.pid, 'SIGKILL');
      },
      Number(limitS) * 1000,
    );
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => tell(String(chunk)));
    child.on('error', (error) => {
      clearTimeout(late);
      say(`The sweep could not be started: ${error.message}.`);
      resolve(1);
    });
    child.on('close', (code) => {
      clearTimeout(late);
      resolve(code ?? 1);
    });
  });
}

/** @param {string} sentence */
function say(sentence) {
  tell(`${sentence}\n`);
}

/** To the log in the run's folder, and to the terminal, if they are still there. @param {string} text */
function tell(text) {
  try {
    appendFileSync(path.join(folder, 'reaper.log'), text);
  } catch {
    // A full disk keeps nobody from cleaning up.
  }
  process.stderr.write(text);
}
