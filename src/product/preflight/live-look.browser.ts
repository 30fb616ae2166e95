/** What the preflight makes of a page's live connection: none, one that says nothing, one that brings lists, and its clock. */
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, test, type Page } from '@playwright/test';
import { WebSocketServer } from 'ws';
import { offsetOf, type ClockOffset } from '../../run/preflight/clocks.ts';
import { ClockBounds } from '../../telemetry/clock.ts';
import { LiveLook } from './live-look.ts';

const client = `
const socket = new WebSocket('ws://' + location.host + '/api/1.31.7/sync');
socket.onopen = () => {
  const add = (queryId, udfPath) => ({ type: 'Add', queryId, udfPath, args: [{ orgId: 'o1' }] });
  // As the published client does, it is wrong about the time.
  const clientTs = Date.now() + 60000;
  socket.send(JSON.stringify({ type: 'Connect', sessionId: 's', connectionCount: 0, lastCloseReason: 'InitialConnect', clientTs }));
  socket.send(JSON.stringify({ type: 'ModifyQuerySet', baseVersion: 0, newVersion: 1, modifications: [add(0, 'projects:listByOrg'), add(1, 'runs:listByOrg')] }));
};`;

interface LiveServer {
  /** Whether its page opens a connection. */
  readonly opens: boolean;
  /** What it answers to the queries; undefined: nothing at all. */
  readonly answer?: () => object;
}

let server: Server;
test.afterEach(() => {
  server.closeAllConnections();
  server.close();
});

async function serve({ opens, answer }: LiveServer): Promise<string> {
  server = createServer((_, response) =>
    response.end(`<!doctype html><title>Live</title>${opens ? `<script>${client}</script>` : ''}`),
  );
  new WebSocketServer({ server }).on('connection', (socket) =>
    socket.on('message', (data: Buffer) => {
      if (data.toString().includes('ModifyQuerySet') && answer) socket.send(JSON.stringify(answer()));
    }),
  );
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return `127.0.0.1:${(server.address() as AddressInfo).port}`;
}

/** Both lists, empty, sent by a clock that is so far ahead. */
function lists(aheadMs: number): object {
  const version = (querySet: number) => ({ querySet, identity: 0, ts: 'AAAAAAAAAAA=' });
  return {
    type: 'Transition',
    startVersion: version(0),
    endVersion: version(1),
    modifications: [0, 1].map((queryId) => ({ type: 'QueryUpdated', queryId, value: [], logLines: [] })),
    serverTs: (Date.now() + aheadMs) * 1e6,
  };
}

async function look(page: Page, host: string, timeoutMs: number): Promise<{ live: LiveLook; offset: ClockOffset }> {
  const clock = new ClockBounds();
  const live = new LiveLook(page, clock);
  await page.goto(`http://${host}/`);
  await live.listsCome('ada@north.test', timeoutMs);
  return { live, offset: offsetOf(clock) };
}

test('lists that come are all that is asked, and the clocks of one machine do not differ', async ({ page }) => {
  const host = await serve({ opens: true, answer: () => lists(0) });
  const { live, offset } = await look(page, host, 20_000);
  expect(live.hosts).toEqual([host]);
  expect(offset.minMs).toBeLessThanOrEqual(0);
  expect(offset.maxMs).toBeGreaterThanOrEqual(0);
});

test('a live server whose clock is ahead is seen to be', async ({ page }) => {
  const host = await serve({ opens: true, answer: () => lists(90_000) });
  const { offset } = await look(page, host, 20_000);
  expect(offset.minMs).toBeLessThanOrEqual(-90_000);
  expect(offset.maxMs).toBeLessThan(-60_000);
});

test('a page that opens no connection', async ({ page }) => {
  const host = await serve({ opens: false });
  await expect(look(page, host, 500)).rejects.toThrow(/opened no live connection .*may open WebSockets/);
});

test('a connection that brings nothing', async ({ page }) => {
  const host = await serve({ opens: true });
  await expect(look(page, host, 1500)).rejects.toThrow(new RegExp(`to ${host} brought no list of projects and runs`));
});

test('a connection that says why it brings nothing', async ({ page }) => {
  const host = await serve({ opens: true, answer: () => ({ type: 'AuthError', error: 'Token has expired' }) });
  await expect(look(page, host, 1500)).rejects.toThrow(/It said: Token has expired/);
});
