/** What serving the live monitor costs: processor time of its process alone while a run grows under it. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { get, type IncomingMessage } from 'node:http';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import { beginReplay, replay, type Recording } from './replay.ts';

/** `watched`: a tab takes every picture; it is none of the server's cost. `unwatched`: nobody looks. */
export const MONITOR_ARMS = ['watched', 'unwatched'] as const;
export type MonitorArm = (typeof MONITOR_ARMS)[number];

export interface MonitorRound {
  readonly arm: MonitorArm;
  /** The share of one core that the server took. */
  readonly core: number;
  readonly seconds: number;
  readonly rssBytes: number;
  /** How many pictures it sent, and how large they were in all. */
  readonly pictures: number;
  readonly bytes: number;
}

export interface RoundOptions {
  readonly recording: Recording;
  /** Where in the run the measurement begins, and how long it lasts. */
  readonly afterMs: number;
  readonly seconds: number;
}

/** What starting it takes is over by then: it starts before the analysts do. */
const SETTLING_MS = 10_000;
/** The kernel counts processor time in hundredths of a second. */
const TICKS_PER_SECOND = 100;

/** One measurement, in a process and a folder of its own. Needs Linux, whose kernel tells what a process has used. */
export async function measureMonitor(arm: MonitorArm, options: RoundOptions): Promise<MonitorRound> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-monitor-bench-'));
  const { rest, shiftMs } = await beginReplay(options.recording, folder, options.afterMs);
  const monitor = spawn(process.execPath, ['--import', 'tsx', 'scripts/monitor.ts', folder], {
    cwd: resolve(import.meta.dirname, '..'),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  try {
    const url = await addressOf(monitor);
    const tab = arm === 'watched' ? await openTab(url) : undefined;
    const until = Date.now() + SETTLING_MS + options.seconds * 1000;
    const growing = replay(folder, rest, shiftMs, until);
    await sleep(SETTLING_MS);
    const before = { ticks: ticksOf(monitor.pid), at: performance.now(), ...tab?.taken() };
    await sleep(options.seconds * 1000);
    const seconds = (performance.now() - before.at) / 1000;
    const core = (ticksOf(monitor.pid) - before.ticks) / TICKS_PER_SECOND / seconds;
    const taken = tab?.taken() ?? { pictures: 0, bytes: 0 };
    await growing;
    tab?.close();
    return {
      arm,
      core,
      seconds,
      rssBytes: rssOf(monitor.pid),
      pictures: taken.pictures - (before.pictures ?? 0),
      bytes: taken.bytes - (before.bytes ?? 0),
    };
  } finally {
    monitor.kill('SIGTERM');
    if (monitor.exitCode === null) await once(monitor, 'exit');
    await rm(folder, { recursive: true });
  }
}

async function addressOf({ stdout }: ChildProcess): Promise<string> {
  if (stdout === null) throw new Error('The monitor has no output.');
  for await (const line of createInterface({ input: stdout })) {
    const found = /http:\/\/\S+/.exec(line)?.[0];
    if (found !== undefined) return found;
  }
  throw new Error('The monitor ended before it had said its address.');
}

interface Tab {
  taken(): { pictures: number; bytes: number };
  close(): void;
}

/** What a browser's tab asks for. */
async function openTab(url: string): Promise<Tab> {
  const request = get(`${url}picture`);
  const [response] = (await once(request, 'response')) as [IncomingMessage];
  let [pictures, bytes] = [0, 0];
  response.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    pictures += chunk.toString('latin1').split('\n\n').length - 1;
  });
  return { taken: () => ({ pictures, bytes }), close: () => request.destroy() };
}

/** Processor time of a process and of those it started, in the kernel's ticks. */
function ticksOf(pid: number | undefined): number {
  const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children
    .filter((child) => child !== '')
    .reduce((sum, child) => sum + ticksOf(Number(child)), Number(fields[11]) + Number(fields[12]));
}

function rssOf(pid: number | undefined): number {
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
}
