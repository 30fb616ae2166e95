/** One cell of the matrix: a small run is begun, struck where the cell says, and looked after when all of it has ended. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { run } from '../../../scripts/lib/run.mjs';
import { startRun, type ChildRun } from '../child-run.ts';
import { stages, type Cell } from './cells.ts';
import { kills } from './kills.ts';
import { descendantsOf, markedWith, stillAlive, type SeenProcess } from './processes.ts';
import { openProduct, type MatrixProduct } from './product.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));
const fullDiskLoader = pathToFileURL(path.join(root, 'scripts/lib/full-disk.mjs')).href;
/** How long the last process of a run may take after its runner and its reaper have ended; milliseconds. */
const lastOnesMs = 30_000;
/** Compiled code, kept from run to run: no trace of one. */
const caches = /^(tsx-|playwright-transform-cache|node-compile-cache|node-jiti)/;

export interface Played {
  /** What is not as it should be, a sentence each; none: the run left no trace. */
  readonly wrong: readonly string[];
  readonly exitStatus: number | null;
  readonly seconds: number;
  /** What the run said. */
  readonly output: string;
}

export async function playCell(cell: Cell): Promise<Played> {
  const room = await mkdtemp(path.join(os.tmpdir(), 'muster-matrix-'));
  const began = Date.now();
  let product: MatrixProduct | undefined;
  try {
    if (cell.product === 'attached') product = await openProduct(room, cell.kill === 'product killed');
    return { ...(await playIn(room, cell, product)), seconds: Math.round((Date.now() - began) / 1000) };
  } finally {
    await product?.close();
    await rm(room, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function playIn(room: string, cell: Cell, product: MatrixProduct | undefined): Promise<Omit<Played, 'seconds'>> {
  const mark = `MATRIX_CELL=${randomUUID()}`;
  const [results, temporary, fullDisk] = ['results', 'tmp', 'full-disk'].map((name) => path.join(room, name)) as [
    string,
    string,
    string,
  ];
  await mkdir(results);
  await openTemporary(temporary);
  const settings = {
    ...settingsOf(cell),
    ...product?.attached,
    MATRIX_CELL: mark.split('=')[1] ?? '',
    TMPDIR: temporary,
    ...(cell.kill === 'disk full' ? { FULL_DISK: fullDisk, NODE_OPTIONS: `--import=${fullDiskLoader}` } : {}),
  };
  const child = startRun(results, settings);
  const seen: SeenProcess[] = [];
  try {
    await reached(child, cell);
    seen.push(...(await descendantsOf(child.child.pid ?? 0)));
    await kills[cell.kill]({
      runner: child.child.pid ?? 0,
      isOver: () => child.child.exitCode !== null || child.child.signalCode !== null,
      stopFile: path.join(results, 'stop'),
      fullDisk,
      killProduct: product?.kill,
    });
    // Its output closes when the last one who could write to it has ended, the reaper too.
    const exitStatus = await child.ended;
    const processes = await leftProcesses(mark, seen);
    const wrong = [
      ...(exitStatus === 0 ? ['The run ended with status 0, as if nothing had happened.'] : []),
      ...processes.map(({ pid, command }) => `A process goes on: ${pid} ${command.slice(0, 200)}`),
      ...(await leftTemporary(temporary)).map((name) => `A temporary folder is left: ${name}`),
      ...(await leftLeases(await child.folder())).map((name) => `A lease is left: ${name}`),
      ...(await leftProjects(cell, product, results)).map((name) => `A project is left: ${name}`),
    ];
    return { wrong, exitStatus, output: child.output() };
  } finally {
    // Nothing of a test outlives it, whatever became of the run.
    for (const { pid } of await leftProcesses(mark, seen, 0)) process.kill(pid, 'SIGKILL');
  }
}

/** Two analysts, who have a review to decide where the stage asks for it. */
function settingsOf({ stage }: Cell): Record<string, string> {
  return {
    ANALYSTS: '2',
    PER_WORKER: '2',
    BUNDLES: stage === 'review' ? 'mobile-networks' : 'coffee-loyalty',
    UNTIL: stage === 'teardown' ? 'launched' : 'done',
    CLEANUP_DEADLINE_S: '60',
    STEP_DEADLINE_S: '30',
    SANDBOX_PACE: '0.3',
    SANDBOX_LIMITS: 'none',
    SANDBOX_ACCOUNTS: '8',
  };
}

/** An empty folder for temporary files, but for the caches of compiled code, without which each run would compile anew. */
async function openTemporary(folder: string): Promise<void> {
  await mkdir(folder);
  for (const name of await readdir(os.tmpdir()))
    if (caches.test(name)) await symlink(path.join(os.tmpdir(), name), path.join(folder, name));
}

/** Waits for the stage. @throws when the run ends before. */
async function reached(started: ChildRun, { stage }: Cell): Promise<void> {
  const { child } = started;
  const { file, text } = stages[stage];
  for (;;) {
    if (await holds(await started.folder(), file, text)) return;
    if (child.exitCode !== null)
      throw new Error(`The run ended with ${child.exitCode} before the ${stage}:\n${started.output()}`);
    await sleep(20);
  }
}

async function holds(folder: string, file: string, text: string): Promise<boolean> {
  const [directory, name] = [path.join(folder, path.dirname(file)), path.basename(file)];
  const pattern = new RegExp(`^${name.replaceAll('.', '\\.').replace('*', '.*')}$`);
  const names = await readdir(directory).catch(() => []);
  const texts = await Promise.all(
    names.filter((one) => pattern.test(one)).map((one) => readFile(path.join(directory, one), 'utf8').catch(() => '')),
  );
  return texts.some((content) => content.includes(text));
}

/** Waits until none is left, or long enough. */
async function leftProcesses(mark: string, seen: readonly SeenProcess[], waitMs = lastOnesMs): Promise<SeenProcess[]> {
  const deadline = Date.now() + waitMs;
  for (;;) {
    const marked = await markedWith(mark);
    const left = [...marked, ...stillAlive(seen).filter(({ pid }) => !marked.some((one) => one.pid === pid))];
    if (left.length === 0 || Date.now() >= deadline) return left;
    await sleep(100);
  }
}

async function leftTemporary(folder: string): Promise<string[]> {
  return (await readdir(folder)).filter((name) => !caches.test(name));
}

/** Leases that name the run's folder. */
async function leftLeases(folder: string): Promise<string[]> {
  const leases = path.join(root, '.cache', 'leases');
  const names = await readdir(leases).catch(() => []);
  const texts = await Promise.all(names.map((name) => readFile(path.join(leases, name), 'utf8').catch(() => '')));
  return names.filter((_, index) => texts[index]?.includes(JSON.stringify(folder)));
}

/** While the product was down nobody could delete: it is started again, and swept as a person would. */
async function leftProjects(cell: Cell, product: MatrixProduct | undefined, results: string): Promise<string[]> {
  if (!product) return [];
  if (cell.kill !== 'product killed') return product.remaining();
  await product.restart();
  const { code, output } = await run(process.execPath, ['--import', 'tsx', 'scripts/sweep.ts'], {
    cwd: root,
    limitMs: 120_000,
    env: { ...product.attached, RESULTS_DIR: results },
  });
  const left = product.remaining();
  return code === 0 ? left : [...left, `(the sweep ended with ${code}: ${output.trim()})`];
}

/** For people: a file with what a run said. */
export async function keepOutput(folder: string, name: string, output: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(path.join(folder, `${name.replaceAll(/[^\w-]+/g, '-')}.txt`), output);
}
