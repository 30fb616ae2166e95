import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdir } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startInstance } from './embedded.ts';

async function folders(): Promise<string[]> {
  return (await readdir(os.tmpdir())).filter((name) => name.startsWith(`muster-sandbox-${process.pid}-`));
}

test('an instance answers, comes back at the same address after a restart, and leaves nothing behind', async () => {
  const instance = await startInstance({ accounts: 4, seeded: { projects: 4, pending: 1 } });
  const health = async (): Promise<number> => (await fetch(`${instance.baseUrl}/api/health`)).status;
  try {
    assert.equal(instance.accounts.length, 4);
    const [folder = 'none', ...others] = await folders();
    assert.deepEqual(others, []);
    const kept = await readdir(path.join(os.tmpdir(), folder));
    assert.deepEqual([kept.includes('accounts.json'), kept.includes('sandbox.log')], [true, false]);
    assert.equal(await health(), 200);
    await instance.restart('kill');
    assert.equal(await health(), 200);
  } finally {
    await instance.stop();
  }
  await assert.rejects(health());
  assert.deepEqual(await folders(), []);
  await instance.stop();
});

test('an instance that cannot start says why, and leaves nothing behind', async () => {
  const wrong = {
    slots: 0,
    pace: -1,
    limits: 'many' as 'none',
    limitWindow: -1,
    sessionMinutes: -1,
    faults: ['a', 'b'],
  };
  await assert.rejects(startInstance(wrong), (error: Error) => {
    for (const name of ['SLOTS="0"', 'PACE="-1"', 'LIMITS="many"', 'LIMIT_WINDOW="-1"', 'SESSION_MINUTES="-1"'])
      assert.ok(error.message.includes(`SANDBOX_${name}`), `${name} is not in: ${error.message}`);
    assert.match(error.message, /SANDBOX_FAULTS="a,b"/);
    return true;
  });
  await assert.rejects(startInstance({ seeded: { projects: 1, pending: 2 } }), /filled with 1 projects: --pending 2/);
  assert.deepEqual(await folders(), []);
});

test('an instance ends when whoever started it is killed', async () => {
  const start = `import { startInstance } from ${JSON.stringify(new URL('./embedded.ts', import.meta.url).href)};
    console.log((await startInstance({ accounts: 4 })).baseUrl);`;
  const starter = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', start], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const [said] = (await once(starter.stdout, 'data')) as [Buffer];
  const health = `${said.toString().trim()}/api/health`;
  assert.equal((await fetch(health)).status, 200);
  starter.kill('SIGKILL');
  const answers = (): Promise<boolean> =>
    fetch(health).then(
      () => true,
      () => false,
    );
  for (const deadline = Date.now() + 60_000; await answers(); await sleep(100))
    assert.ok(Date.now() < deadline, 'it still answers a minute later');
});
