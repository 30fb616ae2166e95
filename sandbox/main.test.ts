import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, test } from 'node:test';
import { assemble } from './assemble.ts';
import { roles } from './contract.ts';
import { IdlePipeline } from './http/testing.ts';
import { PagesMissingError } from './http/pages.ts';
import type { Account } from './ports.ts';
import { completeSettings, readSettings, SettingsError } from './settings.ts';

const main = join(dirname(fileURLToPath(import.meta.url)), 'main.ts');
const built = existsSync(join(dirname(main), 'web', 'dist', 'index.html'));
const needsPages = built ? false : 'the pages are not built: npm run setup';

interface Started {
  child: ChildProcess;
  output: () => string;
  exit: Promise<number | null>;
}

function start(environment: Record<string, string>): Started {
  const child = spawn(process.execPath, ['--import', 'tsx', main], {
    env: { ...process.env, ...environment },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (chunk: string) => (text += chunk));
  return { child, output: () => text, exit: new Promise((resolve) => child.once('close', resolve)) };
}

/** The address and the accounts file that it printed. */
async function ready({ child, output, exit }: Started): Promise<{ url: string; accountsFile: string }> {
  const line = /^Sandbox ready at (http:\/\/127\.0\.0\.1:\d+) · objects http:\/\/127\.0\.0\.1:\d+ · accounts (\/.+)$/m;
  await new Promise<void>((resolve, reject) => {
    child.stdout?.on('data', () => {
      if (line.test(output())) resolve();
    });
    void exit.then((code) => {
      reject(new Error(`It ended with ${code}: ${output()}`));
    });
  });
  const [, url = '', accountsFile = ''] = line.exec(output()) ?? [];
  return { url, accountsFile };
}

describe('npm run sandbox', { skip: needsPages, timeout: 120_000 }, () => {
  test('says where it is once it answers, keeps the accounts to the owner, and leaves nothing after SIGTERM', async () => {
    const started = start({ SANDBOX_ACCOUNTS: '4', SANDBOX_PASSWORD: 'one two' });
    const { url, accountsFile } = await ready(started);
    assert.equal((await fetch(`${url}/api/health`)).status, 200);
    const accounts = JSON.parse(readFileSync(accountsFile, 'utf8')) as Account[];
    assert.deepEqual(
      accounts.map(({ password }) => password),
      Array(4).fill('one two'),
    );
    assert.equal(statSync(accountsFile).mode & 0o777, 0o600);
    started.child.kill('SIGTERM');
    assert.equal(await started.exit, 0);
    assert.match(started.output(), /sign in, password as in SANDBOX_PASSWORD:/);
    assert.doesNotMatch(started.output(), /one two/);
    assert.equal(existsSync(dirname(accountsFile)), false);
  });

  test('tells whoever reads it how to sign in, terminal or not, after the line that the harness reads', async () => {
    const started = start({ SANDBOX_ACCOUNTS: '40' });
    await ready(started);
    started.child.kill('SIGTERM');
    assert.equal(await started.exit, 0);
    const [line, , instruction, ...rest] = started.output().split('\n');
    assert.match(line ?? '', /^Sandbox ready at /);
    assert.match(instruction ?? '', /sign in, password muster-sandbox:$/);
    for (const role of roles)
      assert.equal(rest.filter((text) => text.includes(` ${role} `)).length, role === 'member' ? 4 : 2, role);
    assert.ok(rest.some((text) => text.includes('and 32 more in the accounts file')));
  });

  test('ends when the pipe to its parent closes, if told to watch it', async () => {
    const started = start({ SANDBOX_ACCOUNTS: '2', SANDBOX_PARENT: 'watch' });
    const { accountsFile } = await ready(started);
    started.child.stdin?.end();
    assert.equal(await started.exit, 0);
    assert.equal(existsSync(dirname(accountsFile)), false);
  });

  const starts = {
    'which started it': [process.execPath, ['--import', 'tsx', main]],
    // As `npm run` does; only Linux tells who stands behind the shell.
    ...(process.platform === 'linux' && {
      'with a shell in between': ['sh', ['-c', `"${process.execPath}" --import tsx "${main}"; true`]],
    }),
  };
  for (const [how, [command, args]] of Object.entries(starts))
    test(`ends when its parent is killed, ${how}`, async () => {
      const script = `console.log('pid', require('child_process').spawn(${JSON.stringify(command)}, ${JSON.stringify(args)}, { stdio: 'inherit' }).pid)`;
      const parent = spawn(process.execPath, ['-e', script], {
        env: { ...process.env, SANDBOX_ACCOUNTS: '2', SANDBOX_LOG: 'none' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      let text = '';
      // Closes when the last one that holds the other end has ended: the sandbox itself.
      const closed = new Promise<string>((resolve) => parent.stdout.once('close', () => resolve('ended')));
      await new Promise<void>((resolve) =>
        parent.stdout.setEncoding('utf8').on('data', (chunk: string) => {
          text += chunk;
          if (text.includes('Sandbox ready')) resolve();
        }),
      );
      parent.kill('SIGKILL');
      const deadline = new Promise<string>((resolve) => setTimeout(resolve, 60_000, 'still running').unref());
      const outcome = await Promise.race([closed, deadline]);
      if (outcome !== 'ended') process.kill(Number(/^pid (\d+)$/m.exec(text)?.[1]));
      assert.equal(outcome, 'ended');
      assert.equal(existsSync(/accounts (.+)$/m.exec(text)?.[1] ?? '/'), false);
    });

  test('a port in use is one sentence and exit 2', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    try {
      const started = start({ SANDBOX_PORT: String(port), SANDBOX_ACCOUNTS: '2' });
      assert.equal(await started.exit, 2);
      assert.equal(
        started.output().trim(),
        `Port ${port} is not free. Stop what uses it, or set SANDBOX_PORT to another port (0 takes a free one).`,
      );
    } finally {
      other.close();
    }
  });

  // Below /proc nobody can make a folder, and the kernel says so in a way that Node's own recursion tries again for ever.
  for (const [what, folder] of [
    ['a file', main],
    ['below a file', join(main, 'below-a-file')],
    ['below /proc', '/proc/nowhere/data'],
  ] as const) {
    test(`a data folder that is ${what} is one sentence and exit 2`, { timeout: 60_000 }, async (context) => {
      const started = start({ SANDBOX_DATA: folder });
      context.after(() => started.child.kill('SIGKILL'));
      assert.equal(await started.exit, 2);
      assert.match(
        started.output(),
        /^The data folder \/.+ cannot be used \(.+\)\. Name one in SANDBOX_DATA that can be written to\.\n$/,
      );
    });
  }

  test('a log that cannot be written is one sentence and exit 2', { timeout: 60_000 }, async (context) => {
    const started = start({ SANDBOX_ACCOUNTS: '2', SANDBOX_LOG: '/proc/nowhere/sandbox.log' });
    context.after(() => started.child.kill('SIGKILL'));
    assert.equal(await started.exit, 2);
    assert.match(
      started.output(),
      /^The log \/proc\/nowhere\/sandbox\.log cannot be written \(.+\)\. Name another file in SANDBOX_LOG, or none\.\n$/,
    );
  });

  test('a bad setting is one sentence and exit 2', async () => {
    const started = start({ SANDBOX_SLOTS: 'many' });
    assert.equal(await started.exit, 2);
    assert.match(started.output(), /^The sandbox cannot start with these settings\. SANDBOX_SLOTS="many": .+\n$/);
  });
});

test('pages that were not built are a sentence that says what to type, and nothing stays behind', async () => {
  const data = mkdtempSync(join(tmpdir(), 'muster-no-pages-'));
  try {
    const settings = completeSettings({ data, accounts: 2, log: 'none' });
    const starting = (): Promise<unknown> =>
      assemble(settings, { dist: join(data, 'dist'), createPipeline: ({ store }) => new IdlePipeline(store.runs) });
    await assert.rejects(
      starting,
      (error: unknown) => error instanceof PagesMissingError && error.message.endsWith('Run npm run setup'),
    );
    await assert.rejects(starting, PagesMissingError, 'the folder is free again');
  } finally {
    rmSync(data, { recursive: true, force: true });
  }
});

describe('settings', () => {
  test('have defaults, and empty values count as none', () => {
    assert.deepEqual(readSettings({ SANDBOX_PORT: ' ', SANDBOX_PACE: '0.5', SANDBOX_LIMITS: 'production' }), {
      port: 0,
      loginPort: 0,
      objectsPort: 0,
      objectsKey: 'sandbox',
      objectsSecret: 'muster-sandbox-objects',
      accounts: 40,
      password: 'muster-sandbox',
      invitations: 0,
      invitationDays: 7,
      limits: 'production',
      mode: 'development',
      limitWindow: 1,
      pace: 0.5,
      slots: 3,
      sessionMinutes: 720,
      faults: '',
      parent: 'poll',
    });
  });

  test('that cannot be used are all named, and a password is not shown', () => {
    assert.throws(
      () => readSettings({ SANDBOX_PORT: '70000', SANDBOX_LIMITS: 'some', SANDBOX_ACCOUNTS: '1.5' }),
      (error: unknown) =>
        error instanceof SettingsError &&
        ['SANDBOX_PORT="70000"', 'SANDBOX_LIMITS="some"', 'SANDBOX_ACCOUNTS="1.5"'].every((part) =>
          error.message.includes(part),
        ),
    );
  });
});
