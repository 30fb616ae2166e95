/**
 * What CI does with Muster, without any CI: `node scripts/ci.mjs smoke | nightly | sweep`. The workflows in `.github/` call this
 * and nothing else, so that any other CI, or a person, can do the same. Settings come from the environment (README, “In CI”).
 */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import process from 'node:process';
import { fileURLToPath } from 'node:url';
import { jobs, runIdOf } from './lib/ci-jobs.mjs';
import { run } from './lib/run.mjs';
import { SetupError, setUp } from './lib/setup.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));
const name = process.argv[2] ?? '';
const job = jobs[name];
/** What a run that took too long has for its teardown. */
const graceMs = 4 * 60_000;

/**
 * The accounts of the environment as a file that only we can read, for as long as we need it.
 * @returns {Promise<{env: Record<string, string>, remove: () => Promise<void>}>}
 */
async function accountsFile() {
  const { ACCOUNTS_JSON: json = '', ACCOUNTS_FILE: given = '' } = process.env;
  if (json.trim() === '' || given.trim() !== '') return { env: {}, remove: async () => undefined };
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-ci-'));
  const file = path.join(folder, 'accounts.json');
  await writeFile(file, json, { mode: 0o600 });
  // The variable goes no further: what starts from here on reads the file.
  delete process.env['ACCOUNTS_JSON'];
  return { env: { ACCOUNTS_FILE: file }, remove: () => rm(folder, { recursive: true, force: true }) };
}

if (job === undefined) {
  console.error(
    `${name === '' ? 'Which job?' : `There is no job "${name}".`} There are: ${Object.keys(jobs).join(', ')}.`,
  );
  process.exitCode = 2;
} else {
  /** @type {Awaited<ReturnType<typeof accountsFile>> | undefined} */
  let accounts;
  try {
    await setUp();
    accounts = await accountsFile();
    const env = { ...accounts.env, ...job.defaults(process.env), RUN_ID: runIdOf(process.env) };
    let worst = 0;
    for (const { args, limitMs, decides } of job.commands(env.RUN_ID)) {
      const { code, ended } = await run(process.execPath, [...args], {
        cwd: root,
        inherit: true,
        limitMs,
        graceMs,
        env,
      });
      if (ended) console.error(`Told to end after ${limitMs / 60_000} minutes.`);
      // The run's own status first: what follows it only adds to it.
      if (decides && worst === 0) worst = code;
    }
    process.exitCode = worst;
  } catch (error) {
    if (!(error instanceof SetupError)) throw error;
    console.error(error.message);
    process.exitCode = 2;
  } finally {
    await accounts?.remove();
  }
}
