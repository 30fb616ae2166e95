import assert from 'node:assert/strict';
import { fork } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { readStart, standAtLine, stayAway, type Start } from './start-line.ts';
import { takeTurn } from './turnstile.ts';

const folder = (): Promise<string> => mkdtemp(path.join(os.tmpdir(), 'muster-line-'));

test('all start at one epoch when the last one is ready', async () => {
  const room = await folder();
  const starts = await Promise.all(
    ['a', 'b', 'c'].map((analyst) => standAtLine({ folder: room, size: 3, deadlineMs: 60_000 }, analyst)),
  );
  assert.equal(new Set(starts.map(({ epoch }) => epoch)).size, 1);
  assert.deepEqual(starts[0] && { openedBy: starts[0].openedBy, ready: starts[0].ready }, {
    openedBy: 'all',
    ready: 3,
  });
  assert.ok(Date.now() >= (starts[0]?.epoch ?? Infinity));
});

test('who stays away is not waited for', async () => {
  const room = await folder();
  const waiting = standAtLine({ folder: room, size: 2, deadlineMs: 60_000 }, 'a');
  await stayAway(room, 'b');
  const start = await waiting;
  assert.deepEqual([start.openedBy, start.ready], ['all', 1]);
});

test('who gives up while waiting at the line counts once', async () => {
  const room = await folder();
  const line = { folder: room, size: 3, deadlineMs: 60_000 };
  const waiting = [standAtLine(line, 'a'), standAtLine(line, 'b')];
  await stayAway(room, 'b');
  await sleep(300);
  assert.equal(await readStart(room), undefined);
  const start = await standAtLine(line, 'c');
  assert.deepEqual([start.openedBy, start.ready], ['all', 2]);
  await Promise.all(waiting);
});

test('the deadline opens the line, and late comers pass at once', async () => {
  const room = await folder();
  const start = await standAtLine({ folder: room, size: 2, deadlineMs: 100 }, 'a');
  assert.equal(start.openedBy, 'deadline');
  const late = await standAtLine({ folder: room, size: 2, deadlineMs: 60_000 }, 'b');
  assert.equal(late.epoch, start.epoch);
});

test('separate processes agree on one epoch', async () => {
  const room = await folder();
  const script = `import { standAtLine } from ${JSON.stringify(new URL('./start-line.ts', import.meta.url).href)};
    standAtLine({ folder: ${JSON.stringify(room)}, size: 3, deadlineMs: 60000 }, process.argv[1]).then((start) => process.send(start));`;
  const starts = await Promise.all(
    ['a', 'b', 'c'].map(
      (analyst) =>
        new Promise<Start>((resolve, reject) => {
          const child = fork('--', [analyst], {
            execArgv: ['--import', 'tsx', '--input-type=module', '-e', script],
            execPath: process.execPath,
          });
          child.once('message', (start) => resolve(start as Start));
          child.once('exit', (code) => reject(new Error(`The process ended with ${code} before it started.`)));
        }),
    ),
  );
  assert.equal(new Set(starts.map(({ epoch }) => epoch)).size, 1);
});

test('turns are taken once each, a fixed time apart', async () => {
  const room = await folder();
  const turns = await Promise.all(Array.from({ length: 6 }, () => takeTurn(room, 40)));
  const sorted = [...turns].sort((one, other) => one - other);
  assert.equal(new Set(turns).size, 6);
  for (const [place, turn] of sorted.entries()) assert.ok(place === 0 || turn - (sorted[place - 1] ?? 0) >= 40);
});
