/** Finds this process's own pipeline children, for tests that kill them. */
import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Process ids of the children of this process that run the pipeline's entry, bundled or not. */
export async function pipelineChildren(): Promise<number[]> {
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pid=,ppid=,stat=,args=']);
  return stdout
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter(
      ([, parent, state, ...words]) =>
        Number(parent) === process.pid &&
        !state?.startsWith('Z') &&
        /[/\\]pipeline[/\\].*\bchild\.[jt]s/.test(words.join(' ')),
    )
    .map(([pid]) => Number(pid));
}
