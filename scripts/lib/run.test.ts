import assert from 'node:assert/strict';
import { test } from 'node:test';
import { run } from './run.mjs';

const node = process.execPath;

test('tells how a program ended and what it said', async () => {
  assert.deepEqual(await run(node, ['-e', 'console.log("a"); process.exitCode = 3']), {
    code: 3,
    output: 'a\n',
    ended: undefined,
  });
});

test('a program that is not there is told of, not thrown', async () => {
  const { code, output } = await run('no-such-program-anywhere', []);
  assert.equal(code, 127);
  assert.match(output, /ENOENT/);
});

test('a program that takes too long is ended, with what it started', async () => {
  const child = `require('child_process').spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'inherit' }); setInterval(() => console.log('x'), 50)`;
  // Resolves only when the grandchild, which holds the same pipe, is gone as well.
  const { ended, code } = await run(node, ['-e', child], { limitMs: 1500 });
  assert.equal(ended, 'limit');
  assert.notEqual(code, 0);
});

test('a program that falls silent is ended, so that a closed network stalls nobody', async () => {
  const { ended, output } = await run(node, ['-e', 'console.log("downloading"); setInterval(() => {}, 1000)'], {
    silenceMs: 5000,
    limitMs: 60_000,
  });
  assert.equal(ended, 'silence');
  assert.equal(output, 'downloading\n');
});

test('a program that takes too long may tidy up when it is told to end', async () => {
  const child = `process.on('SIGINT', () => setTimeout(() => { console.log('tidied'); process.exit(7); }, 1500)); console.log('begun'); setInterval(() => {}, 1000)`;
  assert.deepEqual(await run(node, ['-e', child], { limitMs: 3000, graceMs: 60_000 }), {
    code: 7,
    output: 'begun\ntidied\n',
    ended: 'limit',
  });
});

test('a program that is deaf to being told is ended after its grace', async () => {
  const child = `process.on('SIGINT', () => undefined); setInterval(() => {}, 1000)`;
  const { ended, code } = await run(node, ['-e', child], { limitMs: 1500, graceMs: 500 });
  assert.equal(ended, 'limit');
  assert.equal(code, 143);
});
