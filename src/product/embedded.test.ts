import assert from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import test from 'node:test';
import { startInstance } from './embedded.ts';

test('an instance answers, comes back at the same address after a restart, and leaves nothing behind', async () => {
  const folders = async (): Promise<string[]> =>
    (await readdir(os.tmpdir())).filter((name) => name.startsWith(`muster-sandbox-${process.pid}-`));
  const instance = await startInstance({ accounts: 4, seeded: { projects: 4, pending: 1 } });
  const health = async (): Promise<number> => (await fetch(`${instance.baseUrl}/api/health`)).status;
  try {
    assert.equal(instance.accounts.length, 4);
    assert.equal((await folders()).length, 1);
    assert.equal(await health(), 200);
    await instance.restart('kill');
    assert.equal(await health(), 200);
  } finally {
    await instance.stop();
  }
  await assert.rejects(health());
  assert.deepEqual(await folders(), []);
});

test('an instance that cannot start says why', async () => {
  await assert.rejects(startInstance({ slots: 0 }), /SANDBOX_SLOTS/);
  await assert.rejects(startInstance({ seeded: { projects: 1, pending: 2 } }), /filled with 1 projects: --pending 2/);
});
