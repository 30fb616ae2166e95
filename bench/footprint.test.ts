import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { readProcesses, treeOf } from '../src/telemetry/health/processes.ts';
import { Footprint, partOf, sum, type Tree } from './footprint.ts';

interface FakeProcess {
  readonly pid: number;
  readonly parent: number;
  readonly command: string;
  readonly ticks: number;
  readonly pssKb: number;
}

async function write(proc: string, processes: readonly FakeProcess[]): Promise<void> {
  await rm(proc, { recursive: true, force: true });
  for (const { pid, parent, command, ticks, pssKb } of processes) {
    const folder = path.join(proc, String(pid));
    await mkdir(folder, { recursive: true });
    const fields = Array.from({ length: 50 }, () => '0');
    fields[1] = String(parent);
    fields[11] = String(ticks);
    fields[19] = String(pid * 10);
    fields[0] = 'S';
    await writeFile(path.join(folder, 'stat'), `${pid} (a (b) c) ${fields.join(' ')}`);
    await writeFile(path.join(folder, 'cmdline'), command.replaceAll(' ', '\0'));
    await writeFile(path.join(folder, 'smaps_rollup'), `Rss: 9 kB\nPss:           ${pssKb} kB\n`);
  }
}

function treeIn(proc: string, root: number): Tree {
  const processes = readProcesses(proc);
  return { processes, members: treeOf(processes, root) };
}

const chromium = '/usr/lib/chromium/chromium-headless-shell';
const runner = { pid: 10, parent: 1, command: 'node cli.js test', ticks: 100, pssKb: 100 };
const worker = { pid: 11, parent: 10, command: 'node process.js', ticks: 50, pssKb: 200 };
const browser = { pid: 12, parent: 10, command: `${chromium} --headless`, ticks: 30, pssKb: 300 };
const renderer = { pid: 13, parent: 12, command: `${chromium} --type=renderer --x`, ticks: 20, pssKb: 400 };
const stranger = { pid: 20, parent: 1, command: 'node other.js', ticks: 999, pssKb: 999 };

test('only the tree counts; what ended keeps its time, and the peak is of one moment', async () => {
  const proc = await mkdtemp(path.join(os.tmpdir(), 'muster-proc-'));
  try {
    const footprint = new Footprint(10, proc);
    await write(proc, [runner, worker, browser, renderer, stranger]);
    await footprint.weigh(treeIn(proc, 10));
    await write(proc, [{ ...runner, ticks: 150, pssKb: 500 }, browser, stranger]);
    await footprint.weigh(treeIn(proc, 10));
    assert.deepEqual(footprint.cpuSeconds, { runner: 1.5, workers: 0.5, browser: 0.3, renderers: 0.2, helpers: 0 });
    assert.equal(footprint.peak.bytes, 1000 * 1024);
    assert.deepEqual(footprint.peak.byPart, {
      runner: 100 * 1024,
      workers: 200 * 1024,
      browser: 300 * 1024,
      renderers: 400 * 1024,
      helpers: 0,
    });
  } finally {
    await rm(proc, { recursive: true, force: true });
  }
});

test('a process that became a renderer counts as one from its first look on', async () => {
  const proc = await mkdtemp(path.join(os.tmpdir(), 'muster-proc-'));
  try {
    const footprint = new Footprint(10, proc);
    await write(proc, [runner, browser, { ...renderer, command: `${chromium} --type=zygote` }]);
    footprint.look(treeIn(proc, 10));
    await write(proc, [runner, browser, { ...renderer, ticks: 70 }]);
    footprint.look(treeIn(proc, 10));
    assert.equal(footprint.cpuSeconds.renderers, 0.7);
    assert.equal(footprint.cpuSeconds.helpers, 0);
  } finally {
    await rm(proc, { recursive: true, force: true });
  }
});

test('parts by command line', () => {
  assert.equal(partOf('/usr/bin/node x.js', true), 'runner');
  assert.equal(partOf('/usr/bin/node x.js --browser=chromium', false), 'workers');
  assert.equal(partOf(`${chromium} --type=gpu-process`, false), 'helpers');
  assert.equal(partOf('/ms-playwright/chromium_headless_shell-1/headless_shell --headless', false), 'browser');
  assert.equal(partOf('/x/esbuild --service', false), 'workers');
  assert.equal(partOf('', false), undefined);
});

test('a real process that works is seen working', { skip: process.platform !== 'linux' }, async () => {
  const busy = spawn(process.execPath, [
    '-e',
    'process.stdin.resume(); for (let i = 0; i < 3e8; i += 1); console.log()',
  ]);
  try {
    const { pid } = busy;
    assert.ok(pid !== undefined);
    await once(busy.stdout, 'data');
    const footprint = new Footprint(pid);
    await footprint.weigh(treeIn('/proc', pid));
    assert.ok(footprint.cpuSeconds.runner > 0);
    assert.ok(sum(footprint.cpuSeconds) === footprint.cpuSeconds.runner);
    assert.ok(footprint.peak.byPart.runner > 5e6);
  } finally {
    busy.kill();
  }
});
