/** Whatever is wrong outside the run: a sentence that says what to do, exit status 2, and nothing left running. */
import assert from 'node:assert/strict';
import { mkdtemp, writeFile } from 'node:fs/promises';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { startRun } from './child-run.ts';

const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-wrong-'));
const accounts = path.join(folder, 'accounts.json');
await writeFile(
  accounts,
  JSON.stringify([{ email: 'a@b.test', password: 'hush', name: 'A', organization: 'North', role: 'admin' }]),
);

async function taken(): Promise<net.Server> {
  const server = net.createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

async function sentenceOf(settings: Record<string, string>, args: readonly string[] = []): Promise<string> {
  const run = startRun(await mkdtemp(path.join(folder, 'results-')), settings, args);
  const status = await run.ended;
  assert.equal(status, 2, run.output());
  assert.ok(!/^\s+at /m.test(run.output()), `no stack is shown:\n${run.output()}`);
  // The reporter folds lines to the width of a terminal.
  return run.output().replace(/\s+/g, ' ');
}

test('a setting that is no number', async () => {
  assert.match(await sentenceOf({ ANALYSTS: 'many' }), /ANALYSTS is "many": it must be a whole number from 1 to 500\./);
});

test('a journey that does not exist', async () => {
  assert.match(await sentenceOf({ JOURNEY: 'stroll' }), /JOURNEY is "stroll": it must be one of whole, browse/);
});

test('a bundle that does not exist', async () => {
  assert.match(await sentenceOf({ BUNDLES: 'no-such-data' }), /There is no bundle "no-such-data"/);
});

test('a product that nobody answers for', async () => {
  const server = await taken();
  const { port } = server.address() as net.AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  assert.match(
    await sentenceOf({ BASE_URL: `http://127.0.0.1:${port}`, ACCOUNTS_FILE: accounts, ANALYSTS: '1' }),
    /cannot be reached \(.*check BASE_URL and that it is running/,
  );
});

test('an accounts file that is not there', async () => {
  const server = net.createServer((socket) =>
    socket.end('HTTP/1.1 200 OK\r\ncontent-length: 15\r\nconnection: close\r\n\r\n{"status":"ok"}'),
  );
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as net.AddressInfo;
  try {
    assert.match(
      await sentenceOf({ BASE_URL: `http://127.0.0.1:${port}`, ACCOUNTS_FILE: path.join(folder, 'none.json') }),
      /accounts file .*none\.json cannot be read/,
    );
    assert.match(
      await sentenceOf({ BASE_URL: `http://127.0.0.1:${port}`, ACCOUNTS_FILE: accounts, ANALYSTS: '3' }),
      /3 analysts need 3 accounts.*there are 1/,
    );
  } finally {
    server.close();
  }
});

test('a port that is in use', async () => {
  const server = await taken();
  const { port } = server.address() as net.AddressInfo;
  try {
    assert.match(await sentenceOf({ SANDBOX_PORT: String(port) }), new RegExp(`${port}`));
  } finally {
    server.close();
  }
});

test('a browser that is none', async () => {
  assert.match(await sentenceOf({ BROWSER: '/nowhere/chromium', ANALYSTS: '1' }), /BROWSER/);
});

test('a person’s review without a window', async () => {
  assert.match(await sentenceOf({ REVIEW: 'human', ANALYSTS: '1' }), /add --headed/);
});
