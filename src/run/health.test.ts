import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test, { type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { MusterEvent } from '../telemetry/events.ts';
import { portOnThisMachine, watchRunner, watchWorker } from './health.ts';
import type { RunIdentity } from './identity.ts';

test('only a product on this machine has a port that can be looked at', () => {
  assert.equal(portOnThisMachine('http://127.0.0.1:4100'), 4100);
  assert.equal(portOnThisMachine('http://127.1.2.3:81'), 81);
  assert.equal(portOnThisMachine('http://localhost'), 80);
  assert.equal(portOnThisMachine('https://[::1]/'), 443);
  for (const host of ['staging.example.org', 'localhost.example.org', 'not-localhost', '128.0.0.1'])
    assert.equal(portOnThisMachine(`https://${host}`), undefined, host);
});

async function run(context: TestContext): Promise<RunIdentity> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-health-'));
  context.after(() => rm(folder, { recursive: true }));
  return { runId: 'abc12345', startedAt: 1, shard: 2, prefix: 'Muster 2026-03-01 abc12345 s2', folder };
}

function eventsIn(file: string): MusterEvent[] {
  if (!existsSync(file)) return [];
  return readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as MusterEvent);
}

async function firstOf(file: string): Promise<MusterEvent> {
  for (const deadline = Date.now() + 60_000; Date.now() < deadline; await sleep(50)) {
    const [event] = eventsIn(file);
    if (event) return event;
  }
  throw new Error(`Nothing was written to ${file} within a minute.`);
}

test('a worker writes down its own health until it stops, the rest of the last second included', async (context) => {
  const identity = await run(context);
  const file = path.join(identity.folder, 'events', 'worker-3.jsonl');
  const watch = watchWorker(identity, 3);
  const first = await firstOf(file);
  assert.deepEqual(
    [first.type, first.analyst, first.runId, first.shard, first.attempt],
    ['health', 'worker-3', 'abc12345', 2, 1],
  );
  // Several ticks of the loop's clock.
  await sleep(100);
  const before = eventsIn(file).length;
  watch.stop();
  assert.equal(eventsIn(file).length, before + 1);
  assert.ok(!openFiles().includes(file), 'the file was left open');
});

const linux = { skip: existsSync('/proc/self/fd') ? false : 'only Linux tells of its processes' };

test('the runner writes down the machine’s health, the product’s share of it by its port', linux, async (context) => {
  const identity = await run(context);
  const serve = `require('node:http').createServer().listen(0, '127.0.0.1', function () { console.log(this.address().port) })`;
  // As the embedded product: a process of its own.
  const product = spawn(process.execPath, ['-e', serve], { stdio: ['ignore', 'pipe', 'inherit'] });
  context.after(() => product.kill());
  const [port] = (await once(product.stdout, 'data')) as [Buffer];
  const watch = watchRunner(identity, `http://127.0.0.1:${port.toString().trim()}`);
  const first = await firstOf(path.join(identity.folder, 'events', 'machine.jsonl')).finally(() => watch.stop());
  assert.ok(first.type === 'health' && first.source === 'machine' && first.analyst === 'machine');
  assert.equal(typeof first.cpuProduct, 'number');
});

function openFiles(): string[] {
  if (linux.skip !== false) return [];
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      return [readlinkSync(`/proc/self/fd/${descriptor}`)];
    } catch {
      return []; // The one that reads the folder.
    }
  });
}
