/** Finds this process's own pipeline children, for tests that kill them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Process ids of the children of this process that run `child.ts`. */
export async function pipelineChildren(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,args=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, state, ...words]) =>
        Number(parent) === process.pid && !state?.startsWith('Z') && words.join(' ').includes('pipeline/child.ts'),
    )
    .map(([pid]) => Number(pid));
}
