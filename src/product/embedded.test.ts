import assert from 'node:assert/strict';
import { access } from 'node:fs/promises';
import path from 'node:path';
import test from 'node:test';
import { startInstance } from './embedded.ts';

test('an instance answers, comes back at the same address after a restart, and leaves nothing behind', async () => {
  let folder = '';
  const instance = await startInstance({
    accounts: 4,
    async prepare(dataFolder) {
      folder = dataFolder;
    },
  });
  const health = async (): Promise<number> => (await fetch(`${instance.baseUrl}/api/health`)).status;
  try {
    assert.equal(instance.accounts.length, 4);
    assert.equal(await health(), 200);
    await instance.restart('kill');
    assert.equal(await health(), 200);
  } finally {
    await instance.stop();
  }
  await assert.rejects(health());
  await assert.rejects(access(path.join(folder, 'accounts.json')));
});

test('an instance that cannot start says why', async () => {
  await assert.rejects(startInstance({ slots: 0 }), /SANDBOX_SLOTS/);
});
