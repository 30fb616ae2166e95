/** Starts a pipeline child: niced, so that browsers and server keep the processor, and speaking `protocol.ts`. */
import { fork } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { setPriority } from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { bundledChild } from './child-bundle.ts';
import type { ChildReply, ChildRequest } from './protocol.ts';

export interface Child {
  readonly pid: number | undefined;
  send(request: ChildRequest): void;
  kill(): void;
  /** Lets the parent end although the child is alive (`false`), or not (`true`). */
  keepParentAlive(keep: boolean): void;
  /** Resolves when the process is gone and everything it said has been heard; a sentence when it did not end by itself. */
  readonly ended: Promise<string | undefined>;
}

const source = fileURLToPath(new URL('./child.ts', import.meta.url));
const loader = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

/** Starts a child at the given niceness (0–19). `onReply` is called in the order in which the child spoke. */
export function startChild(niceness: number, onReply: (reply: ChildReply) => void): Child {
  const bundled = bundledChild();
  const child = fork(bundled ?? source, {
    execArgv: bundled === undefined ? ['--import', loader] : [],
    stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    serialization: 'json',
    detached: process.platform === 'linux',
  });
  let complaint = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    complaint = (complaint + text).slice(-2000);
  });
  child.on('message', (message) => onReply(message as ChildReply));
  const ended = new Promise<string | undefined>((resolve) => {
    let problem: string | undefined;
    let failed = false;
    child.on('error', (error) => {
      problem = `could not be started or reached: ${error.message}`;
      failed = child.pid === undefined;
      if (failed) resolve(problem);
    });
    // 'close' comes after the exit and after the last message and the last word on stderr.
    child.on('close', (code, signal) => {
      if (code === 0) resolve(problem);
      else
        resolve(
          problem ??
            `ended by ${signal === null ? `exit code ${code}` : signal}${complaint === '' ? '' : `: ${complaint.trim()}`}`,
        );
    });
  });
  if (child.pid !== undefined) giveWay(child.pid, niceness);
  return {
    pid: child.pid,
    send: (request) => {
      child.send(request, (error) => {
        // A child that died meanwhile is reported by `ended`.
        if (error) complaint ||= error.message;
      });
    },
    kill: () => {
      child.kill('SIGKILL');
    },
    keepParentAlive: (keep) => {
      if (keep) {
        child.ref();
        child.channel?.ref();
      } else {
        child.unref();
        child.channel?.unref();
      }
    },
    ended,
  };
}

/**
 * Lets a process step back behind all others. Linux with autogroups shares the processor between sessions first, and a niceness
 * counts within one only: so the child has a session of its own (`detached`), which is niced as well.
 */
function giveWay(pid: number, niceness: number): void {
  try {
    setPriority(pid, niceness);
    writeFileSync(`/proc/${pid}/autogroup`, String(niceness));
  } catch {
    // No autogroups here; or it has ended already, and `ended` tells.
  }
}
