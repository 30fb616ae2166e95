/** An embedded product of one's own: a sandbox in a process of its own, which ends when whoever started it is gone. */
import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { readAccounts, type Account } from '../run/accounts.ts';
import { childEnvironment } from '../run/settings.ts';

export interface InstanceOptions {
  /** Faults to switch on, by name, besides those that the environment asks for. */
  readonly faults?: readonly string[];
  /** Multiplies the least duration of each stage of a run. */
  readonly pace?: number;
  /** How many runs compute at the same time. */
  readonly slots?: number;
  readonly limits?: 'development' | 'production' | 'none';
  /** Multiplies the time that the limits look back. */
  readonly limitWindow?: number;
  readonly sessionMinutes?: number;
  /** How many accounts there are, half in each organisation. */
  readonly accounts?: number;
  /** Projects of every status that are there at the start, over both organisations; `pending` of them await a review. */
  readonly seeded?: { readonly projects: number; readonly pending: number };
}

export interface ProductInstance {
  /** The same after a restart. */
  readonly baseUrl: string;
  /** Endpoint of its object store; the same after a restart. */
  readonly objectsUrl: string;
  readonly accounts: readonly Account[];
  /** Ends the product and starts it again on the same data and address. `kill`: without letting it say goodbye. */
  restart(how: 'stop' | 'kill'): Promise<void>;
  /** Ends it and takes its data away; twice is harmless. */
  stop(): Promise<void>;
}

const root = fileURLToPath(new URL('../..', import.meta.url));
const readyLine = /Sandbox ready at (http:\/\/\S+) · objects (http:\/\/\S+) · accounts ([^\r\n]+)\r?\n/;
const startLimitMs = 60_000;
const endLimitMs = 10_000;

/** Starts an instance on free ports. @throws with the sandbox's own words when it does not start. */
export async function startInstance(options: InstanceOptions = {}): Promise<ProductInstance> {
  // Of a name that the next sandbox takes away when this process is gone and the folder is still there.
  const folder = await mkdtemp(path.join(os.tmpdir(), `muster-sandbox-${process.pid}-`));
  let running: Running | undefined;
  const stop = async (): Promise<void> => {
    await running?.end('SIGTERM');
    running = undefined;
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  };
  try {
    if (options.seeded !== undefined) await seed(folder, options, options.seeded);
    running = await run(folder, options, anyPorts);
    const { baseUrl, objectsUrl, accountsFile } = running;
    const accounts = await readAccounts(accountsFile);
    return {
      baseUrl,
      objectsUrl,
      accounts,
      async restart(how) {
        await running?.end(how === 'kill' ? 'SIGKILL' : 'SIGTERM');
        running = await run(folder, options, { app: new URL(baseUrl).port, objects: new URL(objectsUrl).port });
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** Ports to listen on; `0` takes a free one. */
interface Ports {
  readonly app: string;
  readonly objects: string;
}

const anyPorts: Ports = { app: '0', objects: '0' };

interface Running {
  readonly baseUrl: string;
  readonly objectsUrl: string;
  readonly accountsFile: string;
  end(signal: 'SIGTERM' | 'SIGKILL'): Promise<void>;
}

async function run(folder: string, options: InstanceOptions, ports: Ports): Promise<Running> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
    cwd: root,
    env: childEnvironment(environmentOf(options, folder, ports)),
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  const ended = once(child, 'exit');
  ended.catch(() => undefined); // A process that cannot be started is told of by `ready`.
  const end = async (signal: 'SIGTERM' | 'SIGKILL'): Promise<void> => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill(signal);
    const late = setTimeout(() => child.kill('SIGKILL'), endLimitMs);
    await ended;
    clearTimeout(late);
  };
  try {
    return { ...(await ready(child)), end };
  } catch (error) {
    await end('SIGKILL');
    throw error;
  }
}

/** Fills a data folder as `npm run seed` does. @throws with its own words when it cannot. */
async function seed(
  folder: string,
  options: InstanceOptions,
  { projects, pending }: NonNullable<InstanceOptions['seeded']>,
): Promise<void> {
  const asked = ['--projects', `${projects}`, '--pending', `${pending}`, '--data', folder];
  try {
    await promisify(execFile)(process.execPath, ['--import', 'tsx', 'scripts/seed.ts', ...asked], {
      cwd: root,
      env: childEnvironment(environmentOf(options, folder, anyPorts)),
      timeout: startLimitMs,
    });
  } catch (cause) {
    const said = cause instanceof Error && 'stderr' in cause ? String(cause.stderr).trim() : '';
    throw new Error(`The product's instance could not be filled with ${projects} projects: ${said}`, { cause });
  }
}

function environmentOf(options: InstanceOptions, folder: string, ports: Ports): Record<string, string> {
  const { faults = [], pace, slots, limits, limitWindow, sessionMinutes, accounts = 20 } = options;
  const given = {
    SANDBOX_PACE: pace,
    SANDBOX_SLOTS: slots,
    SANDBOX_LIMITS: limits,
    SANDBOX_LIMIT_WINDOW: limitWindow,
  };
  return {
    ...Object.fromEntries(
      Object.entries(given).flatMap(([name, value]) => (value === undefined ? [] : [[name, `${value}`]])),
    ),
    ...(sessionMinutes === undefined ? {} : { SANDBOX_SESSION_MINUTES: String(sessionMinutes) }),
    ...(faults.length === 0 ? {} : { SANDBOX_FAULTS: faults.join(',') }),
    SANDBOX_ACCOUNTS: String(accounts),
    SANDBOX_DATA: folder,
    SANDBOX_LOG: 'none',
    SANDBOX_PORT: ports.app,
    SANDBOX_OBJECTS_PORT: ports.objects,
    SANDBOX_LOGIN_PORT: '0',
    SANDBOX_PARENT: 'watch',
  };
}

/** The addresses and the accounts that it says when it is ready. */
function ready(child: ChildProcess): Promise<Omit<Running, 'end'>> {
  return new Promise((resolve, reject) => {
    let said = '';
    const late = setTimeout(
      () => reject(new Error(`The product's instance did not start within ${startLimitMs / 1000} s. It said: ${said}`)),
      startLimitMs,
    );
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-4000);
      const [, baseUrl, objectsUrl, accountsFile] = readyLine.exec(said) ?? [];
      if (baseUrl === undefined || objectsUrl === undefined || accountsFile === undefined) return;
      clearTimeout(late);
      resolve({ baseUrl, objectsUrl, accountsFile });
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('error', reject);
    child.once('exit', (code) => {
      clearTimeout(late);
      reject(new Error(`The product's instance ended with ${code ?? 'a signal'} before it was ready: ${said.trim()}`));
    });
  });
}
