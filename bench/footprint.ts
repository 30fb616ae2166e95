/** What a tree of processes uses, part by part, looked at from outside through /proc: the measured need not cooperate. */
import { readFileSync } from 'node:fs';
import { memoryOf } from '../src/telemetry/health/machine-look.ts';
import type { Processes } from '../src/telemetry/health/processes.ts';

/** Node's first process and its others; Chromium's first process, its renderers, and its others (GPU, network, zygotes). */
export const parts = ['runner', 'workers', 'browser', 'renderers', 'helpers'] as const;
export type Part = (typeof parts)[number];
export type ByPart = Record<Part, number>;

/** Linux counts times in hundredths of a second, whatever the kernel's own clock. */
export const ticksPerSecond = 100;

interface Known {
  ticks: number;
  part: Part;
}

/** A tree of processes at one moment. */
export interface Tree {
  readonly processes: Processes;
  readonly members: ReadonlySet<number>;
}

/** Adds up what the processes of a tree use. What ends between two looks counts as it was at the first. */
export class Footprint {
  readonly #proc: string;
  readonly #root: number;
  readonly #known = new Map<string, Known>();
  #peak: { bytes: number; byPart: ByPart } = { bytes: 0, byPart: none() };

  constructor(root: number, proc = '/proc') {
    this.#root = root;
    this.#proc = proc;
  }

  /** Takes the processor times of all there are. */
  look(tree: Tree): void {
    this.#take(tree);
  }

  /** Takes processor times and memory. */
  async weigh(tree: Tree): Promise<void> {
    const byPart = none();
    for (const [part, members] of this.#take(tree)) byPart[part] = await memoryOf(this.#proc, tree.processes, members);
    const bytes = sum(byPart);
    if (bytes > this.#peak.bytes) this.#peak = { bytes, byPart };
  }

  /** The most memory at one moment, shared pages in proportion, in bytes. */
  get peak(): { readonly bytes: number; readonly byPart: ByPart } {
    return this.#peak;
  }

  /** Seconds of processor time so far. */
  get cpuSeconds(): ByPart {
    const seconds = none();
    for (const { ticks, part } of this.#known.values()) seconds[part] += ticks / ticksPerSecond;
    return seconds;
  }

  #take({ processes, members }: Tree): Map<Part, Set<number>> {
    const sorted = new Map<Part, Set<number>>(parts.map((part) => [part, new Set()]));
    for (const pid of members) {
      const row = processes.get(pid);
      if (!row) continue;
      const key = `${pid} ${row.startedTicks}`;
      const known = this.#known.get(key)?.part;
      // A zygote becomes a renderer; nothing else changes.
      const part =
        known === undefined || known === 'helpers'
          ? (partOf(this.#commandLine(pid), pid === this.#root) ?? 'helpers')
          : known;
      this.#known.set(key, { ticks: row.ownTicks, part });
      sorted.get(part)?.add(pid);
    }
    return sorted;
  }

  #commandLine(pid: number): string {
    try {
      return readFileSync(`${this.#proc}/${pid}/cmdline`, 'latin1').replaceAll('\0', ' ').trim();
    } catch {
      return ''; // Ended meanwhile.
    }
  }
}

/** Which part a process is, by its command line; undefined when it has none (any more). */
export function partOf(commandLine: string, isRoot: boolean): Part | undefined {
  if (commandLine === '') return undefined;
  if (isRoot) return 'runner';
  const type = /\s--type=(\S+)/.exec(commandLine)?.[1];
  if (type === 'renderer') return 'renderers';
  if (type !== undefined) return 'helpers';
  if (/^\S*\bnode(\.exe)?(\s|$)/.test(commandLine)) return 'workers';
  return /chrom|headless[-_]shell/i.test(commandLine) ? 'browser' : 'workers';
}

/** Of all parts together. */
export function sum(byPart: Readonly<ByPart>): number {
  return parts.reduce((total, part) => total + byPart[part], 0);
}

function none(): ByPart {
  return { runner: 0, workers: 0, browser: 0, renderers: 0, helpers: 0 };
}
