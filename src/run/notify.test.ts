import assert from 'node:assert/strict';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { begun, ended, notify, type Notice } from './notify.ts';

const run = {
  runId: 'abc',
  target: { kind: 'attached' as const, baseURL: 'https://staging.example.org' },
  analysts: 15,
};

async function listening(status: number): Promise<{ server: Server; url: string; heard: Notice[] }> {
  const heard: Notice[] = [];
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += String(chunk)));
    request.on('end', () => {
      heard.push(JSON.parse(body) as Notice);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook/secret`, heard };
}

test('the team is told who loads what, and what became of it', async (t) => {
  const { server, url, heard } = await listening(200);
  t.after(() => server.close());
  assert.equal(await notify(begun(run, 'ada on lab'), { NOTIFY_URL: url }), undefined);
  assert.equal(
    await notify(ended(run, { verdict: 'FAIL', reasons: ['One was lost.'] }, 'ada on lab'), { NOTIFY_URL: url }),
    undefined,
  );
  assert.deepEqual(
    heard.map(({ text, event }) => [event, text]),
    [
      ['begun', 'Muster abc: ada on lab sends 15 analysts to https://staging.example.org.'],
      ['ended', 'Muster abc on https://staging.example.org has ended: FAIL. One was lost.'],
    ],
  );
});

test('without an address nothing is sent; one that refuses or is not there is told of, and stays secret', async () => {
  assert.equal(await notify(begun(run), { NOTIFY_URL: undefined }), undefined);
  const { server, url } = await listening(500);
  const refused = await notify(begun(run), { NOTIFY_URL: url });
  assert.match(refused ?? '', /answered 500/);
  await new Promise((resolve) => server.close(resolve));
  const gone = await notify(begun(run), { NOTIFY_URL: url });
  assert.match(gone ?? '', /cannot be reached/);
  assert.ok(![refused, gone].join().includes('secret'));
});

test('a webhook that leads elsewhere is not followed: what is told is meant for it alone', async (t) => {
  const elsewhere = await listening(200);
  const redirecting = createServer((_request, response) => response.writeHead(307, { location: elsewhere.url }).end());
  await new Promise<void>((resolve) => redirecting.listen(0, '127.0.0.1', resolve));
  t.after(() => [elsewhere.server, redirecting].forEach((server) => server.close()));
  const url = `http://127.0.0.1:${(redirecting.address() as AddressInfo).port}/`;
  assert.match((await notify(begun(run), { NOTIFY_URL: url })) ?? '', /was not told/);
  assert.deepEqual(elsewhere.heard, []);
});
