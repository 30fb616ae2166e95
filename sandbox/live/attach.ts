/** The live server: upgrades at `/api/<client version>/sync`, one Connection a socket, commits pushed to whom they concern. */
import { STATUS_CODES, type IncomingMessage, type Server } from 'node:http';
import type { Duplex } from 'node:stream';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Session } from '../contract.ts';
import { deliveryWith } from '../faults/delivery.ts';
import { flap } from '../faults/socket-flap.ts';
import { noFaults, type Faults } from '../faults/index.ts';
import type { LiveSource } from '../ports.ts';
import { Connection } from './connection.ts';
import { createEvaluation, type Evaluate } from './evaluation.ts';

export interface Visitor {
  readonly session: Session;
  /** What all sockets of one sign-in have in common. */
  readonly token?: string;
  /** When the session is over, and the socket with it: milliseconds since 1970. */
  readonly expiresAtMs?: number;
}

export interface LiveOptions {
  readonly server: Server;
  readonly source: LiveSource;
  /** Who is behind an upgrade request; undefined is answered with 401. */
  readonly authenticate: (request: IncomingMessage) => Visitor | undefined | Promise<Visitor | undefined>;
  /**
   * Whether a session may still read: asked again at every flush, so that a removed member's queries fail at once.
   * With it, one result serves everybody of an organisation and role.
   */
  readonly isMember?: (session: Session) => boolean;
  /** Milliseconds between pings; a socket that stayed silent for two of them is dropped. */
  readonly pingMs?: number;
  readonly highWaterBytes?: number;
  readonly chunkSize?: number;
  readonly faults?: Faults;
}

export interface LiveServer {
  /** Stops listening for upgrades and commits and closes every socket with 1012 (service restart). */
  close(): Promise<void>;
  /** Closes the sockets of a sign-in that was given up. */
  readonly endSession: (token: string) => void;
  connections(): number;
}

const syncPath = /^\/api\/[^/]+\/sync$/;
/** Client frames are small: names of queries and their arguments. */
const maxPayloadBytes = 1_000_000;

/** Attaches the live server to an HTTP server that somebody else listens with. */
export function attachLive(options: LiveOptions): LiveServer {
  const {
    server,
    source,
    authenticate,
    isMember,
    pingMs = 15_000,
    highWaterBytes = 1_000_000,
    chunkSize = 5_000_000,
    faults = noFaults,
  } = options;
  const sockets = new WebSocketServer({ noServer: true, perMessageDeflate: false, maxPayload: maxPayloadBytes });
  const connections = new Map<WebSocket, Connection>();
  const tokens = new Map<WebSocket, string | undefined>();
  const evaluate = (): Evaluate => createEvaluation(source, isMember);
  const deliver = deliveryWith(faults);
  let closing = false;

  const flushAll = createCoalescer(() => {
    const shared = evaluate();
    for (const connection of connections.values()) connection.flush(shared);
  });
  const unsubscribe = source.onCommit((change) => {
    let concerned = false;
    for (const connection of connections.values()) concerned = connection.note(change) || concerned;
    if (concerned) flushAll();
  });

  const accept = (socket: WebSocket, { session, token, expiresAtMs }: Visitor): void => {
    const connection = new Connection({ socket, session, source, evaluate, deliver, highWaterBytes, chunkSize });
    connections.set(socket, connection);
    tokens.set(socket, token);
    const stopWaiting = closeAt(socket, expiresAtMs);
    flap(socket, faults);
    const stopPinging = keepAlive(socket, connection, pingMs);
    socket.on('message', (data, isBinary) => {
      if (isBinary) socket.close(1003, 'Text frames only');
      else connection.receive((data as Buffer).toString('utf8'));
    });
    // 'close' always follows and does the tidying.
    socket.on('error', () => socket.terminate());
    socket.on('close', () => {
      stopPinging();
      stopWaiting();
      connections.delete(socket);
      tokens.delete(socket);
    });
  };

  const upgrade = async (request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> => {
    if (!syncPath.test(pathOf(request))) {
      // Somebody else may serve that path.
      if (server.listenerCount('upgrade') === 1) refuse(stream, 404);
      return;
    }
    const drop = (): void => void stream.destroy();
    stream.on('error', drop);
    let visitor: Visitor | undefined;
    try {
      visitor = await authenticate(request);
    } catch {
      refuse(stream, 500);
      return;
    }
    if (closing) return refuse(stream, 503);
    if (!visitor) return refuse(stream, 401);
    const person = visitor;
    stream.off('error', drop);
    sockets.handleUpgrade(request, stream, head, (socket) => accept(socket, person));
  };
  const onUpgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void =>
    void upgrade(request, stream, head);
  server.on('upgrade', onUpgrade);

  return {
    connections: () => connections.size,
    endSession: (token) => {
      for (const [socket, of] of tokens) if (of === token) socket.close(...sessionOver);
    },
    async close() {
      closing = true;
      server.off('upgrade', onUpgrade);
      unsubscribe();
      await Promise.all([...connections.keys()].map(closeSocket));
    },
  };
}

/** Runs `action` once per tick however often it is asked to. */
function createCoalescer(action: () => void): () => void {
  let scheduled = false;
  return () => {
    if (scheduled) return;
    scheduled = true;
    setImmediate(() => {
      scheduled = false;
      action();
    });
  };
}

/** The protocol's Ping keeps the client's inactivity timer quiet; the WebSocket's own ping tells whether anybody is there. */
function keepAlive(socket: WebSocket, connection: Connection, pingMs: number): () => void {
  let missed = 0;
  socket.on('pong', () => (missed = 0));
  const timer = setInterval(() => {
    if (missed >= 2) {
      socket.terminate();
      return;
    }
    missed += 1;
    socket.ping();
    connection.ping();
  }, pingMs);
  timer.unref();
  return () => clearInterval(timer);
}

const sessionOver = [1008, 'Session over'] as const;
/** A timer cannot be set further ahead. */
const longestTimerMs = 2 ** 31 - 1;

/** Closes a socket at that time; the answer is the way to change one's mind. */
function closeAt(socket: WebSocket, atMs = Number.POSITIVE_INFINITY): () => void {
  let timer: NodeJS.Timeout;
  const wait = (): void => {
    const restMs = atMs - Date.now();
    if (restMs <= 0) return socket.close(...sessionOver);
    timer = setTimeout(wait, Math.min(restMs, longestTimerMs)).unref();
  };
  wait();
  return () => clearTimeout(timer);
}

/** Closes with 1012; a peer that does not answer within a second is cut off. */
function closeSocket(socket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => socket.terminate(), 1000);
    socket.once('close', () => {
      clearTimeout(deadline);
      resolve();
    });
    socket.close(1012, 'Service restart');
  });
}

function pathOf(request: IncomingMessage): string {
  return (request.url ?? '').split('?', 1)[0] ?? '';
}

function refuse(stream: Duplex, status: number): void {
  stream.end(`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
