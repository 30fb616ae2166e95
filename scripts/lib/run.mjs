/** Child processes for the plain-Node doors: bounded in time, with a sign of life while they last. */
import { spawn } from 'node:child_process';

/**
 * @typedef {object} RunOptions
 * @property {string} [label] Said with a growing number of seconds while the process lasts; silent without.
 * @property {number} [limitMs] The process is ended after this long.
 * @property {number} [graceMs] Then it is told to end (SIGINT) first, and has this long to tidy up.
 * @property {number} [silenceMs] It is also ended after this long without a word of output.
 * @property {Record<string, string | undefined>} [env] Added to this process's environment.
 * @property {boolean} [inherit] Output goes straight to this process's; none is collected.
 * @property {string} [cwd]
 */

/**
 * Runs a program to its end. Never throws for a program that fails: look at `code`.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {RunOptions} [options]
 * @returns {Promise<{code: number, output: string, ended?: 'limit' | 'silence'}>} `code` is 127 when it cannot be started.
 */
export function run(command, args, options = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      cwd: options.cwd,
      env: { ...process.env, ...options.env },
      stdio: options.inherit ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      detached: !options.inherit && process.platform !== 'win32',
    });
    const began = Date.now();
    let output = '';
    let lastWord = Date.now();
    /** @type {'limit' | 'silence' | undefined} */
    let ended;
    /** @type {number | undefined} */
    let toldAt;

    const hear = (/** @type {Buffer} */ chunk) => {
      output += chunk.toString();
      lastWord = Date.now();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);

    const life = setInterval(() => {
      if (options.label) console.log(`  ${options.label}: ${Math.round((Date.now() - began) / 1000)} s …`);
    }, 10_000);
    const watch = setInterval(() => {
      if (options.limitMs && Date.now() - began > options.limitMs) ended ??= 'limit';
      else if (options.silenceMs && Date.now() - lastWord > options.silenceMs) ended ??= 'silence';
      if (!ended) return;
      // Told once; a second time would cut its tidying off.
      if (options.graceMs && toldAt === undefined) {
        toldAt = Date.now();
        child.kill('SIGINT');
      } else if (Date.now() - (toldAt ?? 0) > (options.graceMs ?? 0)) endTree(child.pid, !options.inherit);
    }, 250);

    const forward = (/** @type {NodeJS.Signals} */ signal) => {
      if (options.inherit) child.kill(signal);
      else endTree(child.pid, true);
    };
    /** @type {NodeJS.Signals[]} */
    const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];
    for (const signal of signals) process.on(signal, forward);
    const finish = (/** @type {number} */ code) => {
      clearInterval(life);
      clearInterval(watch);
      for (const signal of signals) process.off(signal, forward);
      resolve({ code, output, ended });
    };
    child.on('error', (error) => {
      output += error.message;
      finish(127);
    });
    child.on('close', (code, signal) => finish(code ?? (signal === 'SIGINT' ? 130 : 143)));
  });
}

/**
 * Ends a process and, where it leads a group of its own, all that it started.
 * @param {number | undefined} pid
 * @param {boolean} group
 */
function endTree(pid, group) {
  if (!pid) return;
  try {
    process.kill(group && process.platform !== 'win32' ? -pid : pid, 'SIGKILL');
  } catch (error) {
    if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'ESRCH') throw error;
  }
}
