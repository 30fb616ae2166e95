import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import type { MusterEvent } from '../telemetry/events.ts';

/** A runner that does nothing but open the monitor, say what came of it, and wait until its standard input closes. */
const RUNNER = `
import { openMonitor } from './src/run/monitor.ts';
import { runIdentity } from './src/run/identity.ts';
import { readSettings } from './src/run/settings.ts';
const url = await openMonitor({ headed: process.argv[1] === 'headed' });
console.log(JSON.stringify({ url, folder: runIdentity(readSettings()).folder }));
process.stdin.on('end', () => process.exit(0)).resume();
`;

interface Runner {
  readonly child: ChildProcess;
  readonly url: string | undefined;
  readonly folder: string;
  /** What it said of trouble, so far. */
  readonly warnings: () => string;
}

async function startRunner(t: TestContext, env: Record<string, string>, headed = false): Promise<Runner> {
  const child = spawn(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '--eval', RUNNER, headed ? 'headed' : 'headless'],
    { cwd: path.resolve(import.meta.dirname, '../..'), env: { ...process.env, ...env }, stdio: 'pipe' },
  );
  t.after(() => child.kill('SIGKILL'));
  let warnings = '';
  child.stderr.on('data', (chunk) => (warnings += String(chunk)));
  for await (const line of createInterface({ input: child.stdout }))
    if (line.startsWith('{'))
      return { child, ...(JSON.parse(line) as { url?: string; folder: string }), warnings: () => warnings } as Runner;
  throw new Error(`The runner said nothing: ${warnings}`);
}

async function scratch(t: TestContext): Promise<string> {
  const folder = await mkdtemp(path.join(tmpdir(), 'muster-monitor-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Whoever watched, as the run's records say. */
async function watchers(folder: string): Promise<boolean[]> {
  const names = await readdir(path.join(folder, 'events'));
  const texts = await Promise.all(names.map((name) => readFile(path.join(folder, 'events', name), 'utf8')));
  return texts
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MusterEvent)
    .flatMap((event) => (event.type === 'watcher' ? [event.looking] : []));
}

test('the monitor serves on loopback while its run lasts, tells that somebody looked, and ends with it', async (t) => {
  const results = await scratch(t);
  const { child, url, folder } = await startRunner(t, { MONITOR: '1', RESULTS_DIR: results });
  assert.match(url ?? '', /^http:\/\/127\.0\.0\.1:\d+\/$/);
  assert.match(await (await fetch(`${url}`)).text(), /<title>Muster monitor<\/title>/);
  assert.deepEqual(await watchers(folder), []);

  const picture = await fetch(`${url}picture`);
  const stream = (picture.body as ReadableStream<Uint8Array>).getReader();
  assert.equal(new TextDecoder().decode((await stream.read()).value), 'data: null\n\n');
  assert.deepEqual(await watchers(folder), [true]);

  // However it ends: the one that is killed cannot say so.
  child.kill('SIGKILL');
  await once(child, 'exit');
  for (;;) if ((await stream.read()).done) break;
  assert.deepEqual(await watchers(folder), [true, false]);
  await assert.rejects(fetch(`${url}`));
});

test('without being asked for it is there for windows only, and one that cannot start stops nobody', async (t) => {
  const results = await scratch(t);
  const none = await startRunner(t, { MONITOR: '0', RESULTS_DIR: results }, true);
  assert.equal(none.url, undefined);
  none.child.kill('SIGKILL');
  const headless = await startRunner(t, { MONITOR: 'auto', RESULTS_DIR: results });
  assert.equal(headless.url, undefined);
  headless.child.kill('SIGKILL');

  const blocked = path.join(results, 'a file');
  await writeFile(blocked, '');
  const failed = await startRunner(t, { MONITOR: 'auto', RESULTS_DIR: blocked }, true);
  assert.equal(failed.url, undefined);
  assert.match(failed.warnings(), /The live monitor did not start: the run goes on without it\./);
});
