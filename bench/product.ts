/** The product that is measured against, as a process of the bench's. */
import { spawn, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { median, percentile, sorted } from '../src/report/statistics/statistics.ts';

const root = path.resolve(import.meta.dirname, '..');
const readyWithinMs = 60_000;

export interface Product {
  readonly pid: number;
  readonly url: string;
  readonly accountsFile: string;
  /** What it answered from a time on (milliseconds since 1970). */
  requests(since: number): Promise<RequestFigures>;
  stop(): Promise<void>;
}

export interface RequestFigures {
  readonly requests: number;
  readonly requestP50Ms: number | null;
  readonly requestP95Ms: number | null;
}

/** Starts a fresh one; it ends with this process, however that ends. @throws when it does not come up. */
export async function startProduct({ lively, folder }: { lively: boolean; folder: string }): Promise<Product> {
  const log = path.join(folder, 'product.log');
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', 'bench/target.ts', '--log', log, ...(lively ? ['--lively'] : [])],
    { cwd: root, stdio: ['pipe', 'pipe', 'pipe'] },
  );
  try {
    const { url, accountsFile } = await readiness(child);
    if (child.pid === undefined) throw new Error('The product has no process.');
    return {
      pid: child.pid,
      url,
      accountsFile,
      requests: async (since) => requestFigures(await readFile(log, 'utf8'), since),
      stop: () => stop(child),
    };
  } catch (error) {
    await stop(child);
    throw error;
  }
}

function readiness(child: ChildProcess): Promise<{ url: string; accountsFile: string }> {
  return new Promise((resolve, reject) => {
    let said = '';
    const refuse = (why: string): void => {
      clearTimeout(timer);
      reject(new Error(`The sandbox did not come up: ${why}. ${said.trim()}`));
    };
    const timer = setTimeout(() => refuse(`it said nothing for ${readyWithinMs / 1000} s`), readyWithinMs);
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      const ready = /Target ready at (\S+) · accounts ([^\r\n]+)/.exec(said);
      if (!ready) return;
      clearTimeout(timer);
      resolve({ url: ready[1] ?? '', accountsFile: ready[2] ?? '' });
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', (error) => refuse(error.message));
    child.once('exit', (code) => refuse(`it ended with ${code}`));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(timer);
}

const requestLine = z.object({ msg: z.literal('request'), time: z.iso.datetime(), durationMs: z.number() });

/** Server-side latencies in a log of the sandbox's (JSON lines), of requests answered from `since` on. */
export function requestFigures(log: string, since: number): RequestFigures {
  const durations = log.split('\n').flatMap((line) => {
    if (!line.includes('"request"')) return [];
    const { data } = requestLine.safeParse(JSON.parse(line));
    return data && Date.parse(data.time) >= since ? [data.durationMs] : [];
  });
  if (durations.length === 0) return { requests: 0, requestP50Ms: null, requestP95Ms: null };
  return {
    requests: durations.length,
    requestP50Ms: median(durations),
    requestP95Ms: percentile(sorted(durations), 95),
  };
}
