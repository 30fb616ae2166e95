/** The processes of a run, seen from outside: by the mark in their environment, and by whom they descend from. Linux tells both. */
import { readdir, readFile } from 'node:fs/promises';
import { markOf, stateOf } from '../../../scripts/lib/processes.mjs';

export interface SeenProcess {
  readonly pid: number;
  readonly command: string;
  /** What tells it from a later process of the same number. */
  readonly mark: string;
}

/** Whether this system shows the environments of processes. */
export const canSee = process.platform === 'linux';

/** All whose environment holds this text, other than the one that asks. */
export async function markedWith(text: string): Promise<SeenProcess[]> {
  const seen = await Promise.all(
    (await readdir('/proc'))
      .filter((name) => /^\d+$/.test(name) && Number(name) !== process.pid)
      .map(async (name) => {
        const environment = await readFile(`/proc/${name}/environ`, 'utf8').catch(() => '');
        return environment.split('\0').includes(text) ? describe(Number(name)) : undefined;
      }),
  );
  return seen.filter((one) => one !== undefined);
}

/** All that descend from a process, the nearest first; browsers hide the environment of some of theirs. */
export async function descendantsOf(parent: number): Promise<SeenProcess[]> {
  const found: SeenProcess[] = [];
  const queue = [parent];
  for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
    for (const thread of await readdir(`/proc/${next}/task`).catch(() => [])) {
      const children = await readFile(`/proc/${next}/task/${thread}/children`, 'utf8').catch(() => '');
      for (const child of children.split(' ').filter(Boolean).map(Number)) {
        queue.push(child);
        const seen = await describe(child);
        if (seen) found.push(seen);
      }
    }
  }
  return found;
}

/** Those of them that go on. */
export function stillAlive(processes: readonly SeenProcess[]): SeenProcess[] {
  return processes.filter(({ mark }) => stateOf(mark) === 'alive');
}

async function describe(pid: number): Promise<SeenProcess | undefined> {
  const mark = markOf(pid);
  if (mark === undefined) return undefined;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
  return { pid, mark, command: command.replaceAll('\0', ' ').trim() };
}
