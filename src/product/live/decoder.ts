/**
 * From frames to happenings, for both products. Feed it every text frame of a page's sync sockets in the order in which
 * they went over the wire, both ways. It keeps the last full result of each subscription, also across connections: so a
 * reconnect's first result yields exactly what was missed meanwhile.
 */
import { ChunkBuffer } from './chunks.ts';
import { diffRows, kindOf, rowsOf, type Rows } from './diff.ts';
import type { FrameTimes, Happening, Unexpected } from './happenings.ts';
import { Sequence } from './sequence.ts';
import { clientFrame, decodeTs, nsToMs, parseFrame, serverFrame, type Transition } from './wire.ts';

interface Subscription {
  readonly udfPath: string;
  readonly args: Readonly<Record<string, unknown>>;
  /** Whether its first result on this connection has come. */
  answered: boolean;
}

interface Connection {
  readonly queries: Map<number, Subscription>;
  /** Removed by the client, perhaps before the server heard of it. */
  readonly removed: Set<number>;
  readonly chunks: ChunkBuffer;
  readonly sequence: Sequence;
  synchronised: boolean;
  changedRows: number;
}

/** Whether a socket's address is that of the sync protocol: `/api/<client version>/sync`. */
export function isSyncSocket(url: string): boolean {
  return URL.canParse(url) && /^\/api\/[^/]+\/sync$/.test(new URL(url).pathname);
}

export class FrameDecoder {
  private readonly connections = new Map<string, Connection>();
  private readonly known = new Map<string, Rows>();

  /** A text frame that the page sent. */
  sent(socketId: string, text: string): Happening[] {
    const parsed = parseFrame(clientFrame, text);
    if ('problem' in parsed) return [unexpected(socketId, `client frame: ${parsed.problem}`, text)];
    const { frame } = parsed;
    if (frame.type === 'Connect') {
      this.connections.set(socketId, {
        queries: new Map(),
        removed: new Set(),
        chunks: new ChunkBuffer(),
        sequence: new Sequence(),
        synchronised: false,
        changedRows: 0,
      });
      const { sessionId, connectionCount, lastCloseReason, clientTs } = frame;
      return [
        {
          type: 'connected',
          socketId,
          sessionId,
          connectionCount,
          ...(lastCloseReason ? { lastCloseReason } : {}),
          ...(clientTs === undefined ? {} : { clientTs }),
        },
      ];
    }
    const connection = this.connections.get(socketId);
    if (!connection) return [unexpected(socketId, 'ModifyQuerySet came before Connect', text)];
    return frame.modifications.map((modification) => {
      const { queryId } = modification;
      if (modification.type === 'Add') {
        const subscription = { udfPath: modification.udfPath, args: argumentsOf(modification.args), answered: false };
        connection.queries.set(queryId, subscription);
        connection.removed.delete(queryId);
        return { type: 'subscribed', socketId, queryId, subscription: subscription.udfPath, args: subscription.args };
      }
      const subscription = connection.queries.get(queryId);
      connection.queries.delete(queryId);
      connection.removed.add(queryId);
      if (!subscription) return unexpected(socketId, `query ${queryId} was removed and had never been added`, text);
      return { type: 'unsubscribed', socketId, queryId, subscription: subscription.udfPath, args: subscription.args };
    });
  }

  /** A text frame that the page received. */
  received(socketId: string, text: string): Happening[] {
    const parsed = parseFrame(serverFrame, text);
    if ('problem' in parsed) return [unexpected(socketId, `server frame: ${parsed.problem}`, text)];
    const { frame } = parsed;
    if (frame.type === 'Ping') return [{ type: 'ping', socketId }];
    if (frame.type === 'FatalError') return [{ type: 'fatal-error', socketId, message: frame.error }];
    if (frame.type === 'AuthError') return [{ type: 'auth-error', socketId, message: frame.error }];
    const connection = this.connections.get(socketId);
    if (!connection) return [unexpected(socketId, `${frame.type} came before Connect`, text)];
    if (frame.type === 'TransitionChunk') {
      const { text: whole, problem } = connection.chunks.add(frame);
      const problems = problem === undefined ? [] : [unexpected(socketId, problem, text)];
      return whole === undefined ? problems : [...problems, ...this.assembled(socketId, connection, whole)];
    }
    const interrupted = connection.chunks.pending
      ? [unexpected(socketId, 'a Transition came between the chunks of another', text)]
      : [];
    connection.chunks.reset();
    return [...interrupted, ...this.transition(socketId, connection, frame, text)];
  }

  /** The socket closed: its queries are gone, their last results stay known. */
  closed(socketId: string): void {
    this.connections.delete(socketId);
  }

  private assembled(socketId: string, connection: Connection, text: string): Happening[] {
    const parsed = parseFrame(serverFrame, text);
    if ('problem' in parsed) return [unexpected(socketId, `assembled chunks: ${parsed.problem}`, text)];
    if (parsed.frame.type !== 'Transition')
      return [unexpected(socketId, `assembled chunks are a ${parsed.frame.type}`, text)];
    return this.transition(socketId, connection, parsed.frame, text);
  }

  private transition(socketId: string, connection: Connection, frame: Transition, text: string): Happening[] {
    const happenings: Happening[] = [];
    const times = timesOf(frame);
    if (times.version < decodeTs(frame.startVersion.ts))
      return [unexpected(socketId, 'a Transition goes back in time', text)];
    const { place, filled } = connection.sequence.place(frame.startVersion, frame.endVersion);
    if (place !== 'next') happenings.push({ type: 'out-of-sequence', socketId, place, filled });
    if (place === 'duplicated' || place === 'late') return happenings;
    const alone = frame.modifications.length === 1;
    for (const modification of frame.modifications) {
      const { queryId } = modification;
      if (modification.type === 'QueryRemoved') continue;
      const query = connection.queries.get(queryId);
      if (!query) {
        if (!connection.removed.has(queryId))
          happenings.push(unexpected(socketId, `a result came for query ${queryId}, which nobody added`, text));
        continue;
      }
      const about = { socketId, subscription: query.udfPath, args: query.args, ...times };
      if (modification.type === 'QueryFailed') {
        happenings.push({ type: 'query-failed', ...about, message: modification.errorMessage });
        continue;
      }
      const rows = rowsOf(modification.value);
      if (!rows) {
        happenings.push(unexpected(socketId, `the result of ${query.udfPath} is not made of rows with an _id`, text));
        continue;
      }
      const key = `${query.udfPath} ${JSON.stringify(query.args)}`;
      const changes = diffRows(kindOf(query.udfPath), this.known.get(key) ?? new Map(), rows);
      this.known.set(key, rows);
      const bytes = Buffer.byteLength(alone ? text : JSON.stringify(modification));
      happenings.push({ type: 'changes', ...about, initial: !query.answered, bytes, changes });
      if (!query.answered) connection.changedRows += changes.length;
      query.answered = true;
    }
    if (!connection.synchronised && connection.queries.size > 0 && allAnswered(connection)) {
      connection.synchronised = true;
      happenings.push({ type: 'synchronised', socketId, changedRows: connection.changedRows });
    }
    return happenings;
  }
}

function timesOf(frame: Transition): FrameTimes {
  const version = decodeTs(frame.endVersion.ts);
  return {
    version,
    committedAtMs: nsToMs(version),
    ...(typeof frame.serverTs === 'number' ? { sentAtMs: frame.serverTs / 1e6 } : {}),
    ...(typeof frame.clientClockSkew === 'number' ? { clockSkewMs: frame.clientClockSkew } : {}),
  };
}

function allAnswered({ queries }: Connection): boolean {
  for (const { answered } of queries.values()) if (!answered) return false;
  return true;
}

function argumentsOf(args: readonly unknown[]): Readonly<Record<string, unknown>> {
  const [first] = args;
  return typeof first === 'object' && first !== null ? (first as Record<string, unknown>) : {};
}

function unexpected(socketId: string, reason: string, text: string): Unexpected {
  return { type: 'unexpected', socketId, reason, excerpt: text.slice(0, 200) };
}
