/** Real time, as the product's database speaks it (PRODUCT.md section 4): full results, again at each change, in parts when they are long. */
import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { WebSocketServer, type WebSocket } from 'ws';
import type { DoubleOptions } from '../options.ts';
import type { State, Table } from './state.ts';

interface Query {
  readonly udfPath: string;
  readonly args: Readonly<Record<string, string>>;
}

interface Peer {
  readonly socket: WebSocket;
  readonly queries: Map<number, Query>;
  version: { readonly querySet: number; readonly identity: 0; readonly ts: string };
  clientClockSkew: number;
}

interface ClientFrame {
  readonly type: string;
  readonly clientTs?: number;
  readonly newVersion?: number;
  readonly modifications?: readonly {
    readonly type: 'Add' | 'Remove';
    readonly queryId: number;
    readonly udfPath?: string;
    readonly args?: readonly Readonly<Record<string, string>>[];
  }[];
}

const pingMs = 15_000;
const path = '/api/1.31.7/sync';

export interface Sync {
  /** Closes every socket as a server does that meets with something unexpected. Returns how many. */
  drop(): number;
  stop(): void;
}

/** Speaks on a server of its own, as the product's database does. */
export function openSync(server: Server, state: State, { chunkChars, flapS }: DoubleOptions): Sync {
  const sockets = new WebSocketServer({ server, path });
  const peers = new Set<Peer>();
  sockets.on('connection', (socket) => {
    const peer: Peer = {
      socket,
      queries: new Map(),
      version: { querySet: 0, identity: 0, ts: timestamp(0n) },
      clientClockSkew: 0,
    };
    peers.add(peer);
    const flap = flapS > 0 ? setTimeout(() => socket.close(1011, 'InternalServerError'), flapS * 1000) : undefined;
    socket.on('message', (data) => hear(peer, JSON.parse((data as Buffer).toString()) as ClientFrame));
    socket.on('close', () => {
      clearTimeout(flap);
      peers.delete(peer);
    });
  });
  state.onCommit((tables) => {
    for (const peer of peers) {
      const touched = [...peer.queries].filter(([, { udfPath }]) => tables.has(tableOf(udfPath)));
      if (touched.length > 0)
        tell(
          peer,
          peer.version.querySet,
          touched.map(([id, query]) => answer(id, query)),
        );
    }
  });
  const ping = setInterval(() => {
    for (const { socket } of peers) socket.send(JSON.stringify({ type: 'Ping' }));
  }, pingMs);

  function hear(peer: Peer, { type, clientTs, newVersion = 0, modifications = [] }: ClientFrame): void {
    if (type === 'Connect') peer.clientClockSkew = clientTs === undefined ? 0 : clientTs - Date.now();
    if (type !== 'ModifyQuerySet') return;
    const results = modifications.map(({ type: kind, queryId, udfPath = '', args: [args = {}] = [] }) => {
      if (kind === 'Remove') {
        peer.queries.delete(queryId);
        return { type: 'QueryRemoved', queryId };
      }
      peer.queries.set(queryId, { udfPath, args });
      return answer(queryId, { udfPath, args });
    });
    tell(peer, newVersion, results);
  }

  function answer(queryId: number, { udfPath, args }: Query): object {
    const value = evaluate(state, udfPath, args);
    return value === undefined
      ? { type: 'QueryFailed', queryId, errorMessage: `Could not find public function for '${udfPath}'`, logLines: [] }
      : { type: 'QueryUpdated', queryId, value, logLines: [], journal: null };
  }

  function tell(peer: Peer, querySet: number, modifications: readonly object[]): void {
    const startVersion = peer.version;
    peer.version = { querySet, identity: 0, ts: timestamp(state.committedNs) };
    const text = JSON.stringify({
      type: 'Transition',
      startVersion,
      endVersion: peer.version,
      modifications,
      clientClockSkew: peer.clientClockSkew,
      serverTs: Math.round((performance.timeOrigin + performance.now()) * 1e6),
    });
    if (text.length <= chunkChars) {
      peer.socket.send(text);
      return;
    }
    const transitionId = randomUUID();
    const totalParts = Math.ceil(text.length / chunkChars);
    for (let partNumber = 0; partNumber < totalParts; partNumber += 1) {
      const chunk = text.slice(partNumber * chunkChars, (partNumber + 1) * chunkChars);
      peer.socket.send(JSON.stringify({ type: 'TransitionChunk', chunk, partNumber, totalParts, transitionId }));
    }
  }

  return {
    drop() {
      const dropped = peers.size;
      for (const { socket } of peers) socket.close(1011, 'InternalServerError');
      return dropped;
    },
    stop() {
      clearInterval(ping);
      for (const socket of sockets.clients) socket.terminate();
      sockets.close();
    },
  };
}

function tableOf(udfPath: string): Table {
  return udfPath.startsWith('projects:') ? 'projects' : 'runs';
}

/** As in the product, a query believes the organisation that it is given. Undefined for a name that it does not know. */
function evaluate(state: State, udfPath: string, { orgId = '', projectId = '' }: Query['args']): unknown {
  switch (udfPath) {
    case 'projects:listByOrg':
      return state.projectsOf(orgId);
    case 'runs:listByOrg':
      return state.runsOf(orgId);
    case 'projects:get':
      return state.projectsOf(orgId).find(({ _id }) => _id === projectId) ?? null;
    case 'runs:getByProject':
      return state.runsOf(orgId).filter((run) => run.projectId === projectId);
    default:
      return undefined;
  }
}

function timestamp(ns: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ns);
  return bytes.toString('base64');
}
