/** The live monitor beside a run: a process of its own, with low priority, that ends when the runner does. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { Socket } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { runIdentity } from './identity.ts';
import { childEnvironment, readSettings } from './settings.ts';

const root = path.resolve(import.meta.dirname, '../..');
/** How long it may take to say its address; the run does not depend on it. */
const patienceMs = 30_000;

/**
 * Opens the monitor where `MONITOR` asks for it, by default when windows can be seen.
 * @returns its address; undefined where it is not wanted. A monitor that does not start is told of, and stops nobody.
 */
export async function openMonitor({ headed }: { headed: boolean }): Promise<string | undefined> {
  const settings = readSettings();
  if (settings.MONITOR === '0' || (settings.MONITOR === 'auto' && !headed)) return undefined;
  const { folder } = runIdentity(settings);
  // Its standard input closes with the runner, however that ends.
  const child = spawn(process.execPath, ['--import', 'tsx', 'scripts/monitor.ts', folder, '--attended'], {
    cwd: root,
    env: childEnvironment({}),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  child.stdin.on('error', () => undefined); // It may be gone before us.
  const url = await addressOf(child).catch(() => undefined);
  // The run may end without waiting for it.
  child.unref();
  child.stdout.destroy();
  if (child.stdin instanceof Socket) child.stdin.unref();
  if (url === undefined) console.warn('The live monitor did not start: the run goes on without it.');
  return url;
}

/** Rejects when the process cannot be started; undefined when it ends, or takes too long, before it has said its address. */
async function addressOf(child: ChildProcess & { readonly stdout: Readable }): Promise<string | undefined> {
  const gone = once(child, 'exit').then(() => undefined);
  const late = new Promise<undefined>((resolve) => setTimeout(resolve, patienceMs, undefined).unref());
  // It has ended already where there is none of that number.
  if (child.pid !== undefined) os.setPriority(child.pid, os.constants.priority.PRIORITY_LOW);
  return Promise.race([firstAddress(child.stdout), gone, late]);
}

async function firstAddress(output: Readable): Promise<string | undefined> {
  for await (const line of createInterface({ input: output })) {
    const found = /http:\/\/\S+/.exec(line)?.[0];
    if (found !== undefined) return found;
  }
  return undefined;
}
