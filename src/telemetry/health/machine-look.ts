/** One look at the machine through /proc, and what lies between two of them. */
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { HealthEvent } from '../events.ts';
import { listenerOf } from './listener.ts';
import { readProcesses, ticksBetween, treeOf, type Processes } from './processes.ts';

export interface Look {
  /** Milliseconds since 1970. */
  readonly at: number;
  readonly processes: Processes;
  /** The generator's processes: the root's tree without the product's. */
  readonly generator: ReadonlySet<number>;
  /** The tree of whoever answers at the product's port on this machine; empty when it is elsewhere. */
  readonly product: ReadonlySet<number>;
  /** Of all cores together, in ticks: everything, and what was not idle. */
  readonly allTicks: number;
  readonly busyTicks: number;
  /** How long something has waited for a core, in microseconds; unknown on kernels that do not measure it. */
  readonly waitedUs: number | undefined;
}

export interface LookOptions {
  readonly proc: string;
  /** The generator's first process. */
  readonly root: number;
  /** Where the product listens on this machine; undefined when it is elsewhere. */
  readonly productPort: number | undefined;
}

/** The size of a page where only resident pages are known; larger on some ARM kernels, and then the sum is too small. */
const pageBytes = 4096;

/** Makes a function that looks; it remembers who answers at the product's port. @throws where /proc cannot be read. */
export function looker({ proc, root, productPort }: LookOptions): () => Look {
  let listener: number | undefined;
  return () => {
    const at = Date.now();
    const processes = readProcesses(proc);
    if (productPort !== undefined && (listener === undefined || !processes.has(listener)))
      listener = listenerOf(proc, processes, productPort);
    const product = listener === undefined ? new Set<number>() : treeOf(processes, listener);
    const generator = new Set([...treeOf(processes, root)].filter((pid) => !product.has(pid)));
    return { at, processes, generator, product, ...cores(proc), waitedUs: waited(proc) };
  };
}

/** The shares of all cores between two looks; undefined when no tick lies between them. */
export function sharesBetween(before: Look, after: Look): HealthEvent | undefined {
  const all = after.allTicks - before.allTicks;
  if (all <= 0) return undefined;
  const share = (tree: 'generator' | 'product'): number =>
    ticksBetween(
      { processes: before.processes, tree: before[tree] },
      { processes: after.processes, tree: after[tree] },
    ) / all;
  const [cpuGenerator, cpuProduct] = [share('generator'), share('product')];
  const busy = (after.busyTicks - before.busyTicks) / all;
  return {
    type: 'health',
    source: 'machine',
    from: before.at,
    to: after.at,
    cpuGenerator,
    ...(after.product.size > 0 && { cpuProduct }),
    cpuRest: Math.max(0, busy - cpuGenerator - cpuProduct),
    ...(before.waitedUs !== undefined &&
      after.waitedUs !== undefined && {
        psiCpuSome: Math.min(1, (after.waitedUs - before.waitedUs) / 1000 / (after.at - before.at)),
      }),
  };
}

/** A tree's memory in bytes, each shared page in proportion; resident pages where a process's mapping may not be read. */
export async function memoryOf(proc: string, processes: Processes, tree: ReadonlySet<number>): Promise<number> {
  let bytes = 0;
  for (const pid of tree) {
    try {
      const rollup = await readFile(path.join(proc, String(pid), 'smaps_rollup'), 'latin1');
      bytes += Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
    } catch {
      // Nothing for a process that has ended since.
      if (readable(path.join(proc, String(pid), 'stat')) !== undefined)
        bytes += (processes.get(pid)?.residentPages ?? 0) * pageBytes;
    }
  }
  return bytes;
}

/** Whether this system tells of its processes at all. */
export function tellsOfProcesses(proc: string): boolean {
  return readable(path.join(proc, 'stat')) !== undefined;
}

/** What of the machine's health this system does not tell, a sentence each; empty on a Linux that tells everything. */
export function machineLacks(proc = '/proc'): string[] {
  if (!tellsOfProcesses(proc)) return [`CPU and memory by process tree: there is no ${proc} on ${process.platform}.`];
  const lacks: string[] = [];
  if (waited(proc) === undefined) lacks.push('CPU pressure: this kernel does not measure it.');
  if (readable(path.join(proc, 'self', 'smaps_rollup')) === undefined)
    lacks.push('Proportional memory: resident pages are counted, shared ones once for each process.');
  return lacks;
}

/** The first line of /proc/stat: user, nice, system, idle, iowait, irq, softirq, steal; guests are within user and nice. */
function cores(proc: string): { allTicks: number; busyTicks: number } {
  const [line = ''] = readFileSync(path.join(proc, 'stat'), 'latin1').split('\n', 1);
  const fields = line.trim().split(/\s+/).slice(1, 9).map(Number);
  const allTicks = fields.reduce((sum, ticks) => sum + ticks, 0);
  return { allTicks, busyTicks: allTicks - (fields[3] ?? 0) - (fields[4] ?? 0) };
}

function waited(proc: string): number | undefined {
  const total = /^some .*\btotal=(\d+)/m.exec(readable(path.join(proc, 'pressure', 'cpu')) ?? '')?.[1];
  return total === undefined ? undefined : Number(total);
}

function readable(file: string): string | undefined {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return undefined;
  }
}
