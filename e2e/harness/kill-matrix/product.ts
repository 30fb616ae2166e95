/** The sandbox that runs of the matrix are attached to: its projects can be looked at from behind. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { startSandbox } from '../../../sandbox/start.ts';
import type { RunningSandbox } from '../../../sandbox/start.ts';
import { remainingIn } from '../child-run.ts';

const root = fileURLToPath(new URL('../../..', import.meta.url));

export interface MatrixProduct {
  /** Settings that attach a run to it. */
  readonly attached: Record<string, string>;
  /** Ends it without a word; only where it has a process of its own. */
  readonly kill: (() => Promise<void>) | undefined;
  /** Starts it again on the same data and address. */
  restart(): Promise<void>;
  /** Names of the projects of all organisations that are still there. @throws while it has a process of its own. */
  remaining(): string[];
  close(): Promise<void>;
}

/** @param apart in a process of its own, which can be killed; after that it is started again in this one. */
export async function openProduct(room: string, apart: boolean): Promise<MatrixProduct> {
  const data = path.join(room, 'product');
  const settings = { data, pace: 0.3, limits: 'none', accounts: 8, log: 'none' } as const;
  let inside: RunningSandbox | undefined;
  let process: ChildProcess | undefined;
  let attached: Record<string, string>;
  if (apart) {
    const started = await startApart(data);
    process = started.child;
    attached = { BASE_URL: started.url, ACCOUNTS_FILE: started.accountsFile };
  } else {
    inside = await startSandbox(settings);
    // Elsewhere than its data, which is the product's own business.
    const accountsFile = path.join(room, 'accounts.json');
    await writeFile(accountsFile, JSON.stringify(inside.accounts), { mode: 0o600 });
    attached = { BASE_URL: inside.url, ACCOUNTS_FILE: accountsFile };
  }
  const kill = async (): Promise<void> => {
    if (!process || process.exitCode !== null || process.signalCode !== null) return;
    const ended = once(process, 'exit');
    process.kill('SIGKILL');
    await ended;
  };
  return {
    attached,
    kill: apart ? kill : undefined,
    async restart() {
      inside = await startSandbox({ ...settings, port: Number(new URL(attached['BASE_URL'] ?? '').port) });
    },
    remaining() {
      if (!inside) throw new Error('The product runs in a process of its own: nobody can look behind it.');
      return remainingIn(inside);
    },
    async close() {
      await kill();
      await inside?.stop();
    },
  };
}

async function startApart(data: string): Promise<{ child: ChildProcess; url: string; accountsFile: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'sandbox/main.ts'], {
    cwd: root,
    env: {
      ...process.env,
      SANDBOX_DATA: data,
      SANDBOX_PACE: '0.3',
      SANDBOX_LIMITS: 'none',
      SANDBOX_ACCOUNTS: '8',
      SANDBOX_LOG: 'none',
      SANDBOX_PARENT: 'watch',
    },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for (;;) {
    const [, url, accountsFile] =
      /Sandbox ready at (http:\/\/\S+) · (?:.* · )?accounts ([^\r\n]+)\r?\n/.exec(said) ?? [];
    if (url !== undefined && accountsFile !== undefined) return { child, url, accountsFile };
    if (child.exitCode !== null) throw new Error(`The product did not start: ${said}`);
    await Promise.race([once(child.stdout, 'data'), once(child, 'exit')]);
  }
}
