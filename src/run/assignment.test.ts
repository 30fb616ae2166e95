import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, readFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import type { Account } from './accounts.ts';
import { proposeAssignment, readAssignment, takeAssignment } from './assignment.ts';
import type { RunIdentity } from './identity.ts';
import { releaseLeases } from './leases.ts';
import { parseSettings, type Settings } from './settings.ts';

const account = (email: string, role: Account['role'] = 'member'): Account => ({
  email,
  password: 'secret-word',
  name: '',
  organization: 'north',
  role,
});
const accounts = [account('admin@x', 'admin'), account('one@x'), account('two@x'), account('three@x')];

/** Runs on a product that no other test knows, whose leases are given back in the end. */
async function withRuns(
  action: (run: (runId: string, analysts: number) => Parameters<typeof takeAssignment>[1]) => Promise<void>,
): Promise<void> {
  const results = await mkdtemp(path.join(os.tmpdir(), 'muster-assignment-'));
  const baseUrl = `http://${randomUUID()}.localhost`;
  const identities: RunIdentity[] = [];
  try {
    for (const runId of ['first', 'second']) await mkdir(path.join(results, runId));
    await action((runId, analysts) => {
      const folder = path.join(results, runId);
      const identity = { runId, folder, prefix: 'p', startedAt: 1, shard: undefined };
      identities.push(identity);
      const settings: Settings = { ...parseSettings({}), ANALYSTS: analysts };
      return { target: { kind: 'attached', baseUrl, accountsFile: '' }, settings, identity };
    });
  } finally {
    for (const identity of identities) await releaseLeases(identity);
  }
}

const emails = (given: readonly Account[]): string[] => given.map(({ email }) => email);

test('the second of two runs gets the accounts that the first has left, and both share who cleans up', async () => {
  await withRuns(async (run) => {
    const first = await takeAssignment(accounts, run('first', 2));
    const second = await takeAssignment(accounts, run('second', 1));
    assert.deepEqual([emails(first.analysts), emails(second.analysts)], [['one@x', 'two@x'], ['three@x']]);
    assert.deepEqual(emails([...first.admins.values(), ...second.admins.values()]), ['admin@x', 'admin@x']);
  });
});

test('too few that are free: who uses the others is named, and nothing is taken', async () => {
  await withRuns(async (run) => {
    await takeAssignment(accounts, run('first', 2));
    await assert.rejects(
      takeAssignment(accounts, run('second', 3)),
      /3 analysts need 3 accounts .* of 4 only 2 are free: 2 are in use by the run first \(process \d+\)\. Wait until/,
    );
    assert.equal((await proposeAssignment(accounts, run('first', 4))).analysts.length, 4);
  });
});

test('workers read what set-up decided; no account and no password stands in it', async () => {
  await withRuns(async (run) => {
    const wanted = run('first', 3);
    const { analysts } = await takeAssignment(accounts, wanted);
    const { folder } = wanted.identity;
    assert.deepEqual(await readAssignment(folder, wanted.target, [...accounts].reverse()), analysts);
    assert.doesNotMatch(await readFile(path.join(folder, 'assignment.json'), 'utf8'), /@x|secret-word/);
    await assert.rejects(readAssignment(folder, wanted.target, accounts.slice(0, 2)), /account of analyst 2 has gone/);
  });
});
