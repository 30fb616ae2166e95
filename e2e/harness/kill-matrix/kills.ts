/** What can happen to a run, as data. */
import { writeFile } from 'node:fs/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import { descendantsOf, type SeenProcess } from './processes.ts';

/** What a blow can be struck at. */
export interface Struck {
  /** Process id of the runner. */
  readonly runner: number;
  /** Whether the run has ended. */
  readonly isOver: () => boolean;
  /** What ends the run when it appears. */
  readonly stopFile: string;
  /** From its appearance on the disk of the results is full. */
  readonly fullDisk: string;
  /** Kills the product, where it is the test's own; the embedded one is among the runner's processes. */
  readonly killProduct: (() => Promise<void>) | undefined;
}

/** @throws when there is nothing to strike. */
export type Strike = (struck: Struck) => Promise<void>;

/** Playwright takes a second Ctrl-C within a second for the same one; milliseconds. */
const secondCtrlCMs = 1100;

export const kills = {
  'Ctrl-C': signal('SIGINT'),
  'Ctrl-C twice': async ({ runner, isOver }) => {
    send(runner, 'SIGINT');
    await sleep(secondCtrlCMs);
    if (!isOver()) send(runner, 'SIGINT');
  },
  SIGTERM: signal('SIGTERM'),
  SIGHUP: signal('SIGHUP'),
  'runner killed': signal('SIGKILL'),
  'worker killed': killed(/playwright\/lib\/(common\/process|worker|entry)/),
  'browser killed': killed(/chrom/i),
  'product killed': async (struck) => {
    if (struck.killProduct) await struck.killProduct();
    else await killed(/sandbox\/main\.ts/)(struck);
  },
  'disk full': ({ fullDisk }) => writeFile(fullDisk, ''),
  // As GitHub cancels a job.
  'CI cancels': async ({ runner, isOver }) => {
    send(runner, 'SIGINT');
    await sleep(7500);
    if (!isOver()) send(runner, 'SIGTERM');
    await sleep(2500);
    if (!isOver()) send(runner, 'SIGKILL');
  },
  'stop file': ({ stopFile }) => writeFile(stopFile, ''),
} as const satisfies Record<string, Strike>;

export type Kill = keyof typeof kills;
export const allKills = Object.keys(kills) as Kill[];

function signal(name: NodeJS.Signals): Strike {
  return async ({ runner }) => send(runner, name);
}

/** Kills the first process of the run with such a command. */
function killed(command: RegExp): Strike {
  return async ({ runner }) => {
    const tree = await descendantsOf(runner);
    const victim = tree.find((one: SeenProcess) => command.test(one.command));
    if (!victim)
      throw new Error(
        `No process of the run looks like ${String(command)}: ${tree.map((one) => one.command.slice(0, 160)).join('\n')}`,
      );
    send(victim.pid, 'SIGKILL');
  };
}

/** It may have ended a moment ago, which is no harm. */
function send(pid: number, name: NodeJS.Signals): void {
  try {
    process.kill(pid, name);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
