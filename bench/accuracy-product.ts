/** The product of the accuracy bench: serves its page and pushes, now and then, a change of one card to every page at once. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';
import { accuracyPage } from './accuracy-page.ts';

const cards = 24;
const changeEveryMs = 500;

export interface AccuracyProduct {
  readonly url: string;
  stop(): Promise<void>;
}

interface Version {
  readonly querySet: number;
  readonly identity: number;
  readonly ts: string;
}

/** Starts it on loopback. */
export async function startAccuracyProduct(): Promise<AccuracyProduct> {
  const statuses = Array.from({ length: cards }, () => 'in_progress');
  const peers = new Map<WebSocket, Version>();
  const server = createServer((_, response) => void response.setHeader('content-type', 'text/html').end(accuracyPage));
  const sockets = new WebSocketServer({ server });
  sockets.on('connection', (peer) => {
    peer.on('message', (data: Buffer) => {
      if (!data.toString().includes('"ModifyQuerySet"')) return;
      peers.set(peer, push(peer, { querySet: 0, identity: 0, ts: commitTime(0n) }, 1, statuses));
    });
    peer.on('close', () => peers.delete(peer));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  let changes = 0;
  const timer = setInterval(() => {
    const place = changes % cards;
    statuses[place] = statuses[place] === 'in_progress' ? 'pending_review' : 'in_progress';
    changes += 1;
    for (const [peer, version] of peers) peers.set(peer, push(peer, version, 0, statuses));
  }, changeEveryMs);
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async stop() {
      clearInterval(timer);
      for (const peer of sockets.clients) peer.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Sends the whole state, as the product does, stamped at the last moment. @returns the version it ends with. */
function push(peer: WebSocket, startVersion: Version, queries: number, statuses: readonly string[]): Version {
  const ids = statuses.map((status, place) => ({ id: `p${place}`, name: `Tracker ${place + 1}`, status }));
  const modifications = [
    ids.map(({ id, name }) => ({ _id: id, _creationTime: 1, orgId: 'o', name })),
    ids.map(({ id, status }) => ({ _id: `r${id}`, _creationTime: 1, orgId: 'o', projectId: id, status })),
  ].map((value, queryId) => ({ type: 'QueryUpdated', queryId, value }));
  const ns = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1000)) * 1000n;
  const endVersion = { querySet: startVersion.querySet + queries, identity: 0, ts: commitTime(ns) };
  peer.send(
    JSON.stringify({
      type: 'Transition',
      startVersion,
      endVersion,
      modifications,
      clientClockSkew: 0,
      serverTs: Number(ns),
    }),
  );
  return endVersion;
}

/** Nanoseconds since 1970 as the protocol writes them. */
function commitTime(ns: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ns);
  return bytes.toString('base64');
}
