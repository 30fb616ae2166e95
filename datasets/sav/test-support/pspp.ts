/** PSPP as a second opinion, where it is installed. */
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';

const DEADLINE_MS = 120_000;
const SEARCH_PATH = '/usr/local/bin:/usr/bin:/bin:/opt/homebrew/bin';

/** Why tests that need PSPP are skipped, or `false` when it is there. */
export function psppIsAbsent(): string | false {
  const { error } = spawnSync('pspp', ['--version'], { timeout: DEADLINE_MS, env: { PATH: SEARCH_PATH } });
  return error ? 'PSPP is not installed (Debian: apt-get install pspp)' : false;
}

/** Runs syntax in `folder` and returns what PSPP prints, as CSV. Throws with PSPP's own words when it complains of anything. */
export function runPspp(folder: string, syntax: readonly string[]): string {
  const path = join(folder, 'syntax.sps');
  writeFileSync(path, `${syntax.join('\n')}\n`);
  const result = spawnSync('pspp', ['-O', 'format=csv', path], {
    cwd: folder,
    encoding: 'utf8',
    timeout: DEADLINE_MS,
    maxBuffer: 64 * 1024 * 1024,
    env: { PATH: SEARCH_PATH, LC_ALL: 'C.UTF-8' },
  });
  const complaint = /^.*\b(?:warning|error): .*$/m.exec(`${result.stdout}\n${result.stderr}`);
  if (result.error || result.status !== 0 || complaint) {
    throw new Error(
      `PSPP: ${complaint?.[0] ?? result.error?.message ?? `exit status ${result.status}`}\n${result.stdout}${result.stderr}`.slice(
        0,
        2000,
      ),
    );
  }
  return result.stdout;
}
