import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { eventBodySchema } from '../events.ts';
import { listenerOf } from './listener.ts';
import { looker, machineLacks, memoryOf, sharesBetween } from './machine-look.ts';
import { watchMachine } from './machine.ts';
import { readProcesses } from './processes.ts';

interface FakeProcess {
  readonly parent: number;
  readonly own: number;
  readonly pssKb?: number;
  readonly socket?: string;
}

/** A folder like /proc: process 1 is the runner, 2 a worker, 3 the browser, 5 the product, 6 its job, 9 somebody else's. */
class FakeProc {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<FakeProc> {
    const fake = new FakeProc(await mkdtemp(path.join(os.tmpdir(), 'muster-proc-')));
    await fake.put('net/tcp', [
      '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode',
      '   0: 0100007F:1F90 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 777 1 0 100',
      '   1: 0100007F:1F91 00000000:0000 0A 00000000:00000000 00:00000000 00000000     0        0 778 1 0 100',
    ]);
    return fake;
  }

  async put(file: string, lines: readonly string[]): Promise<void> {
    await mkdir(path.dirname(path.join(this.folder, file)), { recursive: true });
    await writeFile(path.join(this.folder, file), `${lines.join('\n')}\n`);
  }

  async process(pid: number, { parent, own, pssKb, socket }: FakeProcess): Promise<void> {
    const fields = ['S', parent, ...Array<number>(9).fill(0), own, 0, 0, 0, 0, 0, 0, 0, pid, 0, 10];
    await this.put(`${pid}/stat`, [`${pid} (name) ${fields.join(' ')}`]);
    if (pssKb !== undefined) await this.put(`${pid}/smaps_rollup`, ['Rss: 999999 kB', `Pss:            ${pssKb} kB`]);
    if (socket === undefined) return;
    await mkdir(path.join(this.folder, String(pid), 'fd'), { recursive: true });
    await symlink(socket, path.join(this.folder, String(pid), 'fd', '4')).catch(() => undefined);
  }

  /** `busy` of `all` ticks since the beginning, and microseconds that something waited. */
  async cores(all: number, busy: number, waitedUs: number): Promise<void> {
    await this.put('stat', [`cpu  ${busy} 0 0 ${all - busy} 0 0 0 0 0 0`, 'cpu0 1 1 1 1']);
    await this.put('pressure/cpu', [`some avg10=0.00 avg60=0.00 avg300=0.00 total=${waitedUs}`]);
  }
}

const linux = existsSync('/proc/self/stat');

test('CPU and memory are split into generator, product and the rest', async () => {
  const fake = await FakeProc.make();
  const { folder: proc } = fake;
  const step = async (step: number): Promise<void> => {
    await fake.process(1, { parent: 0, own: 10 * step, pssKb: 100 });
    await fake.process(2, { parent: 1, own: 20 * step, pssKb: 200 });
    await fake.process(3, { parent: 1, own: 10 * step });
    await fake.process(5, { parent: 1, own: 5 * step, pssKb: 50, socket: 'socket:[777]' });
    await fake.process(6, { parent: 5, own: 15 * step, pssKb: 7 });
    await fake.process(9, { parent: 0, own: 30 * step, pssKb: 4000, socket: 'socket:[778]' });
    await fake.cores(200 * step, 100 * step, 0);
  };
  try {
    const look = looker({ proc, root: 1, productPort: 8080 });
    await step(1);
    const before = look();
    assert.deepEqual(
      [[...before.generator].sort(), [...before.product].sort()],
      [
        [1, 2, 3],
        [5, 6],
      ],
    );
    await step(2);
    const after = look();
    const event = eventBodySchema.parse(
      sharesBetween({ ...before, at: 1000 }, { ...after, at: 2000, waitedUs: 250_000 }),
    );
    assert.ok(event.type === 'health');
    assert.deepEqual(
      { ...event, cpuRest: Math.round((event.cpuRest ?? 0) * 1e6) / 1e6 },
      {
        type: 'health',
        source: 'machine',
        from: 1000,
        to: 2000,
        cpuGenerator: 40 / 200,
        cpuProduct: 20 / 200,
        cpuRest: 40 / 200,
        psiCpuSome: 0.25,
      },
    );
    // Of process 3 only its ten resident pages are known.
    assert.equal(await memoryOf(proc, after.processes, after.generator), 300 * 1024 + 10 * 4096);
    assert.equal(await memoryOf(proc, after.processes, after.product), 57 * 1024);
  } finally {
    await rm(proc, { recursive: true });
  }
});

test('a product elsewhere has no share, and a kernel without pressure figures none of that', async () => {
  const fake = await FakeProc.make();
  try {
    await fake.process(1, { parent: 0, own: 10 });
    await fake.cores(200, 100, 0);
    await rm(path.join(fake.folder, 'pressure'), { recursive: true });
    const look = looker({ proc: fake.folder, root: 1, productPort: undefined });
    const before = look();
    await fake.process(1, { parent: 0, own: 60 });
    await fake.put('stat', ['cpu  200 0 0 200 0 0 0 0 0 0']);
    const event = sharesBetween(before, look());
    assert.deepEqual(
      [event?.cpuGenerator, event?.cpuProduct, event?.cpuRest, event?.psiCpuSome],
      [0.25, undefined, 0.25, undefined],
    );
    assert.equal(machineLacks(fake.folder).length, 2);
    assert.equal(machineLacks(path.join(fake.folder, 'nothing')).length, 1);
  } finally {
    await rm(fake.folder, { recursive: true });
  }
});

test('who answers at a port is found', { skip: !linux && 'there is no /proc on this system' }, async () => {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    assert.equal(listenerOf('/proc', readProcesses('/proc'), port), process.pid);
  } finally {
    server.close();
    await once(server, 'close');
  }
  assert.equal(listenerOf('/proc', readProcesses('/proc'), port), undefined);
});

test(
  'the watch keeps no process alive and tells of this machine',
  { skip: !linux && 'there is no /proc on this system' },
  async () => {
    const script = `
    import { watchMachine } from ${JSON.stringify(new URL('./machine.ts', import.meta.url).href)};
    watchMachine((event) => { process.stdout.write(JSON.stringify(event)); process.exitCode = 7; }, { productPort: undefined });
    const until = Date.now() + 1500;
    const busy = () => { const stop = Date.now() + 20; while (Date.now() < stop); if (Date.now() < until) setImmediate(busy); };
    busy();`;
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
      timeout: 60_000,
    });
    let told = '';
    child.stdout.on('data', (chunk: Buffer) => (told += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number | null];
    assert.equal(code, 7);
    const event = eventBodySchema.parse(JSON.parse(told));
    assert.ok(event.type === 'health' && (event.cpuGenerator ?? 0) > 0.05, told);
  },
);

test('what recording met is thrown at the end', { skip: !linux && 'there is no /proc on this system' }, async () => {
  const watch = watchMachine(
    () => {
      throw new Error('no room');
    },
    { productPort: undefined },
  );
  await sleep(1300);
  assert.throws(() => watch.stop(), /no room/);
});
