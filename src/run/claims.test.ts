import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { markOf } from '../../scripts/lib/processes.mjs';
import { aloneWith } from './claims.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'muster-claims-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('one after the other: who comes second waits, hears for whom, and begins when the first has ended', async () => {
  const file = path.join(folder, 'turn');
  const course: string[] = [];
  let leave: () => void = () => undefined;
  const first = aloneWith(
    file,
    () => course.push('the first waits'),
    () => {
      course.push('the first begins');
      return new Promise<void>((resolve) => {
        leave = () => {
          course.push('the first ends');
          resolve();
        };
      });
    },
  );
  const second = new Promise<void>((resolve, reject) => {
    const waiting = (pid: number): void => {
      course.push(`the second waits for ${pid === process.pid ? 'this process' : pid}`);
      leave();
    };
    const begin = (): void => {
      // Only now is the claim the first one's for sure.
      if (course.length === 0) return void setImmediate(begin);
      aloneWith(file, waiting, () => Promise.resolve(course.push('the second begins'))).then(() => resolve(), reject);
    };
    begin();
  });
  await Promise.all([first, second]);
  assert.deepEqual(course, [
    'the first begins',
    'the second waits for this process',
    'the first ends',
    'the second begins',
  ]);
  await assert.rejects(readFile(file), /ENOENT/);
});

test('what a dead process claimed is void, and what fails gives its claim back', async () => {
  const file = path.join(folder, 'dead');
  const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)']);
  await new Promise((resolve) => child.once('spawn', resolve));
  await writeFile(file, markOf(child.pid ?? 0) ?? '');
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
  const failing = aloneWith(
    file,
    (pid) => assert.fail(`It waits for ${pid}.`),
    () => Promise.reject(new Error('no disk')),
  );
  await assert.rejects(failing, /no disk/);
  await assert.rejects(readFile(file), /ENOENT/);
});
