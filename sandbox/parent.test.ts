import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';

const watcher = `
  import { watchParent } from ${JSON.stringify(new URL('parent.ts', import.meta.url).href)};
  watchParent(process.argv[1], () => { console.log('gone'); process.exit(0); }, process.argv[2]);
  setInterval(() => {}, 1000);
  console.log('watching ' + process.pid);`;
// The parent lends its output, which stays open for as long as somebody below it holds it.
const parent = `
  const { spawn } = require('node:child_process');
  spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', ${JSON.stringify(watcher)}, ...process.argv.slice(1)], { stdio: ['ignore', 'inherit', 'inherit'] });
  setInterval(() => {}, 1000);`;

function heard(child: ChildProcess, text: string): Promise<void> {
  let said = '';
  return new Promise((resolve) => {
    child.stdout?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes(text)) resolve();
    });
  });
}

const idle = (): ChildProcess => spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });

test('who is to stay for somebody ends with them, not with its parent', { timeout: 60_000 }, async () => {
  const awaited = idle();
  const file = join(mkdtempSync(join(tmpdir(), 'muster-parent-')), 'awaited');
  writeFileSync(file, `${awaited.pid} 1 host`);
  const child = spawn(process.execPath, ['-e', parent, 'poll', file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await heard(child, 'watching');
  let gone = false;
  const ended = heard(child, 'gone').then(() => (gone = true));
  child.kill('SIGKILL');
  await once(child, 'exit');
  // Twice as long as it takes to notice.
  await new Promise((resolve) => setTimeout(resolve, 1500));
  assert.equal(gone, false);
  awaited.kill('SIGKILL');
  await ended;
});

test('without anybody to stay for it ends with its parent', { timeout: 60_000 }, async () => {
  const child = spawn(process.execPath, ['-e', parent, 'poll', join(tmpdir(), 'muster-nobody')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await heard(child, 'watching');
  const ended = heard(child, 'gone');
  child.kill('SIGKILL');
  await ended;
});
