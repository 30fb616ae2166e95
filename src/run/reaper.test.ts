import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { stateOf } from '../../scripts/lib/processes.mjs';
import { ownMark, reaperMark, signOn, standingOf } from './processes.ts';
import { startReaper } from './reaper.ts';
import { parseSettings } from './settings.ts';
import { refuseStopFile, watchStopFile } from './stop-file.ts';

const folder = (): Promise<string> => mkdtemp(path.join(os.tmpdir(), 'muster-reaper-'));

test('a reaper that is told that all is done ends without a word', async () => {
  const room = await folder();
  const reaper = await startReaper(room, parseSettings({}));
  const mark = await readFile(reaperMark(room), 'utf8');
  assert.equal(stateOf(mark), 'alive');
  await reaper.release();
  assert.equal(stateOf(mark), 'dead');
  assert.equal(existsSync(path.join(room, 'reaper.log')), false);
  await reaper.release();
});

test('a run goes on while its runner does, or its reaper', async () => {
  const room = await folder();
  assert.deepEqual(await standingOf(room), { state: 'unknown' });
  await signOn(room, 'runner');
  assert.deepEqual(await standingOf(room), { state: 'alive', pid: process.pid });
  const dead = ownMark().replace(/^(\d+) \S+/, '$1 0');
  await writeFile(path.join(room, 'processes', 'runner'), dead);
  assert.deepEqual(await standingOf(room), { state: 'dead' });
  await signOn(room, 'reaper');
  assert.deepEqual(await standingOf(room), { state: 'cleaning', pid: process.pid });
});

test('a process of the same number that started at another time is another one', () => {
  assert.equal(stateOf(ownMark()), 'alive');
  assert.equal(stateOf(ownMark().replace(/^(\d+) \S+/, '$1 0')), 'dead');
  assert.equal(stateOf('1 2 another-machine'), 'elsewhere');
});

test('the stop file stops once when it appears, and keeps a run from beginning while it is there', async () => {
  const file = path.join(await folder(), 'stop');
  refuseStopFile(file);
  let stops = 0;
  await new Promise<void>((resolve) => {
    watchStopFile(file, () => {
      stops += 1;
      resolve();
    });
    void writeFile(file, '');
    // The watch keeps no process alive; this test does.
    const alive = setInterval(() => stops > 0 && clearInterval(alive), 50);
  });
  assert.equal(stops, 1);
  assert.throws(() => refuseStopFile(file), /stop file .* is there, so nothing is begun: delete it/);
});
