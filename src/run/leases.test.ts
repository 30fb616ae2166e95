import assert from 'node:assert/strict';
import { fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { markOf } from '../../scripts/lib/processes.mjs';
import type { Account } from './accounts.ts';
import { leasedElsewhere, leaseKey, leasingRuns, releaseLeases, takeLeases } from './leases.ts';

const product = 'https://staging.example.org';
const accounts = ['a', 'b', 'c'].map((name): Account => ({
  email: `${name}@example.org`,
  password: 'secret-word',
  name,
  organization: 'o',
  role: 'member',
}));
const room = (): Promise<string> => mkdtemp(path.join(os.tmpdir(), 'muster-leases-'));
const run = (runId: string, folder: string) => ({ runId, folder: path.join(folder, runId) });

/** A run whose runner has ended without giving anything back. */
async function leaveVoid(leases: string, account: Account, runId: string): Promise<void> {
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await once(child, 'spawn');
  const runner = markOf(child.pid ?? 0);
  child.kill('SIGKILL');
  await once(child, 'exit');
  const holder = { runId, folder: path.join(leases, 'gone'), runner, at: Date.now() };
  await writeFile(path.join(leases, leaseKey(product, account.email)), JSON.stringify(holder));
}

test('what one run has taken another does not get, until it is given back', async () => {
  const leases = await room();
  assert.equal(await takeLeases(product, accounts.slice(0, 2), run('one', leases), leases), undefined);
  assert.equal((await takeLeases(product, accounts.slice(1), run('two', leases), leases))?.email, 'b@example.org');
  assert.deepEqual(
    [...(await leasedElsewhere(product, accounts, run('two', leases), leases)).keys()],
    ['a@example.org', 'b@example.org'],
  );
  assert.deepEqual([...(await leasingRuns(leases))], ['one']);
  await releaseLeases(run('one', leases), leases);
  assert.deepEqual(await readdir(leases), []);
  assert.equal(await takeLeases(product, accounts.slice(1), run('two', leases), leases), undefined);
});

test('of a run that does not get all, none stay taken', async () => {
  const leases = await room();
  await takeLeases(product, accounts.slice(2), run('one', leases), leases);
  assert.equal((await takeLeases(product, accounts, run('two', leases), leases))?.email, 'c@example.org');
  assert.equal((await readdir(leases)).length, 1);
});

test('another product has leases of its own, and shards of one run share theirs', async () => {
  const leases = await room();
  await takeLeases(product, accounts, run('one', leases), leases);
  assert.equal(await takeLeases('https://other.example.org', accounts, run('two', leases), leases), undefined);
  assert.equal(await takeLeases(product, accounts, { runId: 'one', folder: `${leases}/one-s2` }, leases), undefined);
  assert.equal(await takeLeases(`${product}/dashboard`, accounts, run('one', leases), leases), undefined);
});

test('the lease of a process that is gone is void', async () => {
  const leases = await room();
  const [account] = accounts as [Account];
  await leaveVoid(leases, account, 'gone');
  assert.equal((await leasedElsewhere(product, accounts, run('two', leases), leases)).size, 0);
  assert.equal(await takeLeases(product, [account], run('two', leases), leases), undefined);
  assert.match(await readFile(path.join(leases, leaseKey(product, account.email)), 'utf8'), /"runId":"two"/);
});

test('a lease on another machine holds for a day', async () => {
  const leases = await room();
  const [account] = accounts as [Account];
  const file = path.join(leases, leaseKey(product, account.email));
  const holder = { runId: 'far', folder: '/far', runner: '1 2 another-machine', at: Date.now() };
  await writeFile(file, JSON.stringify(holder));
  assert.equal(await takeLeases(product, [account], run('two', leases), leases), account);
  await writeFile(file, JSON.stringify({ ...holder, at: Date.now() - 25 * 3600_000 }));
  assert.equal(await takeLeases(product, [account], run('two', leases), leases), undefined);
});

test('nobody can read from a lease whose account it is', async () => {
  const leases = await room();
  await takeLeases(product, accounts, run('one', leases), leases);
  const names = await readdir(leases);
  const texts = await Promise.all(names.map((name) => readFile(path.join(leases, name), 'utf8')));
  assert.doesNotMatch([...names, ...texts].join('\n'), /@example|secret-word/);
});

test('of processes that take a void lease at once, one gets it', async () => {
  const leases = await room();
  const [account] = accounts as [Account];
  await leaveVoid(leases, account, 'gone');
  const script = `import { takeLeases } from ${JSON.stringify(new URL('./leases.ts', import.meta.url).href)};
    process.on('message', async () => {
      const refused = await takeLeases(${JSON.stringify(product)}, [${JSON.stringify(account)}], { runId: process.argv[1], folder: '/none' }, ${JSON.stringify(leases)});
      process.send(refused === undefined);
    });
    process.send('ready');`;
  const children = ['p1', 'p2', 'p3', 'p4'].map((name) =>
    fork('--', [name], { execArgv: ['--import', 'tsx', '--input-type=module', '-e', script] }),
  );
  await Promise.all(children.map((child) => once(child, 'message')));
  const answers = children.map((child) => once(child, 'message'));
  for (const child of children) child.send('go');
  const taken = (await Promise.all(answers)).flat().filter((answer) => answer === true);
  for (const child of children) child.kill('SIGKILL');
  assert.equal(taken.length, 1);
});
