/**
 * The start line: analysts in several worker processes agree on one start by files in the run's folder, without a
 * coordinator that could be lost. Each leaves a mark (`ready` or `absent`); whoever first sees that all have, or that the
 * deadline has passed, writes the epoch, and only the first write counts.
 */
import { mkdir, readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { createOnce } from './claims.ts';

export interface StartLineOptions {
  readonly folder: string;
  /** How many analysts start together. */
  readonly size: number;
  /** Milliseconds from the first mark on after which the line opens without those who are missing. */
  readonly deadlineMs: number;
}

export interface Start {
  /** Milliseconds since 1970 at which everybody goes. */
  readonly epoch: number;
  readonly openedBy: 'all' | 'deadline';
  readonly ready: number;
}

/** From the decision to the start: long enough that the slowest poller hears of it in time. */
const leadMs = 400;
const pollMs = 100;

/** Says that an analyst stands at the line, and waits until it opens. Late comers (queued behind others) pass at once. */
export async function standAtLine(options: StartLineOptions, analyst: string): Promise<Start> {
  await mark(options.folder, analyst, 'ready');
  for (;;) {
    const start = (await readStart(options.folder)) ?? (await openIfDue(options));
    if (start) {
      await sleep(Math.max(0, start.epoch - Date.now()));
      return start;
    }
    await sleep(pollMs);
  }
}

/** Says that an analyst will not come, or gave up while it waited, so that nobody waits for it. */
export async function stayAway(folder: string, analyst: string): Promise<void> {
  await mark(folder, analyst, 'absent');
}

/** The start, once the line has opened. */
export async function readStart(folder: string): Promise<Start | undefined> {
  try {
    return JSON.parse(await readFile(path.join(folder, 'epoch'), 'utf8')) as Start;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

async function mark(folder: string, analyst: string, kind: 'ready' | 'absent'): Promise<void> {
  await mkdir(folder, { recursive: true });
  await createOnce(path.join(folder, `${kind}-${analyst}`), String(Date.now()));
}

async function openIfDue({ folder, size, deadlineMs }: StartLineOptions): Promise<Start | undefined> {
  const marks = (await readdir(folder)).filter((name) => /^(ready|absent)-[^.]+$/.test(name));
  const absent = new Set(marks.flatMap((name) => (name.startsWith('absent-') ? [name.slice('absent-'.length)] : [])));
  // One that gave up while it stood there has left two marks.
  const ready = marks.filter((name) => name.startsWith('ready-') && !absent.has(name.slice('ready-'.length))).length;
  const all = ready + absent.size >= size;
  if (!all && Date.now() < (await firstMark(folder, marks)) + deadlineMs) return undefined;
  const start: Start = { epoch: Date.now() + leadMs, openedBy: all ? 'all' : 'deadline', ready };
  await createOnce(path.join(folder, 'epoch'), JSON.stringify(start));
  return readStart(folder);
}

const markTimes = new Map<string, number>();

/** When the first mark was left. A mark never changes, so that each is read once, however often the line is looked at. */
async function firstMark(folder: string, marks: readonly string[]): Promise<number> {
  const times = await Promise.all(
    marks.map(async (name) => {
      const file = path.join(folder, name);
      const time = markTimes.get(file) ?? Number(await readFile(file, 'utf8'));
      markTimes.set(file, time);
      return time;
    }),
  );
  return Math.min(...times);
}
