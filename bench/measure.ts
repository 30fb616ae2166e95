/** One measurement from beginning to end: a fresh product, the arm's processes, and what they used, seen from outside. */
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { smallestBundles } from '../datasets/catalog.ts';
import { settingsTable } from '../src/run/settings.ts';
import { looker, type Look } from '../src/telemetry/health/machine-look.ts';
import { ticksBetween } from '../src/telemetry/health/processes.ts';
import type { Arm, Condition } from './conditions.ts';
import { Footprint, sum, ticksPerSecond } from './footprint.ts';
import type { Measurement } from './measurement.ts';
import { readOutcome } from './outcome.ts';
import { startProduct, type Product } from './product.ts';

const root = path.resolve(import.meta.dirname, '..');
const limitMs = 300_000;
const lookEveryMs = 500;
/** Weighing a hundred processes takes the kernel a tenth of a second. */
const weighEveryMs = 2000;
const runId = 'bench';

const playwright = ['node_modules/@playwright/test/cli.js', 'test', '--config'];
const commands: Readonly<Record<Arm, readonly string[]>> = {
  muster: [...playwright, 'bench/muster.config.ts'],
  silent: [...playwright, 'bench/muster.config.ts'],
  plain: [...playwright, 'bench/plain.config.ts'],
  bare: ['--import', 'tsx', 'bench/bare.ts'],
};

/**
 * Measures one condition. Journeys that failed are counted, not thrown.
 * @throws when nothing can be measured; and what aborted it, after everything it began has ended.
 */
export async function measure(condition: Condition, browser: string, signal: AbortSignal): Promise<Measurement> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-bench-'));
  let product: Product | undefined;
  try {
    product = await startProduct({ lively: condition.journey === 'dwell', folder });
    const began = Date.now();
    const watched = await watch(condition.arm, await environment(condition, product, folder), product, signal);
    const outcome = await readOutcome(condition, path.join(folder, runId));
    if (outcome.finished === 0)
      throw new Error(
        `No journey of ${condition.arm} came to its end:\n${watched.output.trimEnd().split('\n').slice(-12).join('\n')}`,
      );
    return {
      ...condition,
      at: new Date(began).toISOString(),
      browser,
      finished: outcome.finished,
      wallSeconds: watched.wallSeconds,
      startLineSeconds: outcome.readyAt === null ? null : (outcome.readyAt - began) / 1000,
      peakBytes: watched.footprint.peak.bytes,
      peakByPart: watched.footprint.peak.byPart,
      cpuSeconds: watched.footprint.cpuSeconds,
      restShare: watched.restShare,
      product: {
        cpuSeconds: watched.productCpuSeconds,
        ...(await product.requests(began)),
        runP50Ms: outcome.runP50Ms,
      },
      inp: outcome.inp,
      cls: outcome.cls,
      guards: outcome.guards,
    };
  } finally {
    await product?.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

interface Watched {
  readonly footprint: Footprint;
  readonly wallSeconds: number;
  readonly productCpuSeconds: number;
  readonly restShare: number;
  readonly output: string;
}

/** Runs an arm's processes to their end and looks at them all the while. */
async function watch(
  arm: Arm,
  env: Readonly<Record<string, string | undefined>>,
  product: Product,
  signal: AbortSignal,
): Promise<Watched> {
  // A group of its own, so that all of it can be ended.
  const child = spawn(process.execPath, commands[arm], {
    cwd: root,
    env,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const began = performance.now();
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const ended = new Promise<void>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', () => resolve());
  });
  const { pid } = child;
  if (pid === undefined) {
    await ended;
    throw new Error('The process could not be started.');
  }
  const kill = (): void => killGroup(pid);
  const timer = setTimeout(kill, limitMs);
  signal.addEventListener('abort', kill);
  const footprint = new Footprint(pid);
  const look = looker({ proc: '/proc', root: pid, productPort: Number(new URL(product.url).port) });
  const before = look();
  const ownBefore = process.cpuUsage();
  let after = before;
  let over = false;
  const end = ended.then(() => (over = true));
  try {
    for (let weighAt = began; !over;) {
      const now = look();
      if (now.generator.size > 0) after = now;
      const tree = { processes: now.processes, members: now.generator };
      if (performance.now() < weighAt) footprint.look(tree);
      else {
        weighAt = performance.now() + weighEveryMs;
        await footprint.weigh(tree);
      }
      await Promise.race([end, sleep(lookEveryMs)]);
    }
    signal.throwIfAborted();
    const own = process.cpuUsage(ownBefore);
    return {
      footprint,
      wallSeconds: (performance.now() - began) / 1000,
      output,
      ...others(before, after, sum(footprint.cpuSeconds) + (own.user + own.system) / 1e6),
    };
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', kill);
    kill();
  }
}

/** What the product used between two looks, and which share of all cores was used by neither it nor us. */
function others(before: Look, after: Look, ourSeconds: number): Pick<Watched, 'productCpuSeconds' | 'restShare'> {
  const productTicks = ticksBetween(
    { processes: before.processes, tree: before.product },
    { processes: after.processes, tree: after.product },
  );
  const busy = after.busyTicks - before.busyTicks;
  const all = after.allTicks - before.allTicks;
  return {
    productCpuSeconds: productTicks / ticksPerSecond,
    restShare: all > 0 ? Math.max(0, busy - productTicks - ourSeconds * ticksPerSecond) / all : 0,
  };
}

/** Every setting is given, empty ones too, so that neither the environment nor a .env file leads elsewhere. */
async function environment(
  { arm, analysts, journey }: Condition,
  { url, accountsFile }: Product,
  folder: string,
): Promise<Record<string, string | undefined>> {
  const clean = Object.entries(process.env).filter(
    ([name]) => !/^(MUSTER_|SANDBOX_|PLAYWRIGHT_|PW_|BENCH_)/.test(name),
  );
  return {
    ...Object.fromEntries(clean),
    ...Object.fromEntries(settingsTable.map(({ name }) => [name, ''])),
    BASE_URL: url,
    ACCOUNTS_FILE: accountsFile,
    ANALYSTS: String(analysts),
    // The other arms neither set out one by one nor think.
    RAMP_S: '0',
    THINK_S: '0',
    JOURNEY: journey,
    BUNDLES: (await smallestBundles(3)).join(','),
    RUN_ID: runId,
    RESULTS_DIR: folder,
    ALLURE_RESULTS_DIR: path.join(folder, 'allure'),
    // The product is on this machine: as with the embedded one, its work is no fault of the generator's.
    GUARD_CPU: '1',
    BROWSER: process.env['BROWSER'] ?? '',
    NO_COLOR: '1',
    ...(arm === 'silent' ? { BENCH_SILENT: 'yes' } : {}),
  };
}

function killGroup(pid: number): void {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
