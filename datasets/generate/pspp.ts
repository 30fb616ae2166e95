/** Runs GNU PSPP, the second opinion on everything that Muster writes. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

export class PsppMissing extends Error {
  override readonly name = 'PsppMissing';
}

/** Whether `pspp` can be started here. */
export async function hasPspp(): Promise<boolean> {
  try {
    await run('pspp', ['--version']);
    return true;
  } catch {
    return false;
  }
}

/** A string literal of PSPP's syntax. */
export function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/**
 * Runs syntax and returns what PSPP printed. The callback makes the syntax, given a scratch folder that is removed in the end;
 * `collect` is called while it still exists. Throws `PsppMissing` when PSPP is not installed, and an Error with PSPP's own words
 * when it reports one.
 */
export async function withPspp<T>(
  syntax: (folder: string) => string | Promise<string>,
  collect: (folder: string) => Promise<T>,
): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-pspp-'));
  try {
    const file = join(folder, 'job.sps');
    // PSPP takes the encoding of the files it writes from its locale, which may be anything here.
    await writeFile(file, `SET LOCALE='UTF-8'.\n${await syntax(folder)}\n`);
    await run('pspp', ['--batch', '--syntax-encoding=UTF-8', '-o', join(folder, 'output.txt'), file], {
      maxBuffer: 1 << 24,
    }).catch(explain);
    return await collect(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function explain(error: NodeJS.ErrnoException & { stdout?: string; stderr?: string }): never {
  if (error.code === 'ENOENT')
    throw new PsppMissing('PSPP is needed for this and is not installed. On Debian: apt-get install pspp', {
      cause: error,
    });
  const said = `${error.stdout ?? ''}${error.stderr ?? ''}`.trim();
  throw new Error(`PSPP failed: ${said.slice(0, 1000) || error.message}`, { cause: error });
}
