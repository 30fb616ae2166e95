/**
 * One socket's side of the sync protocol: its query set, the version it was last told, and what it is still owed.
 * Only the newest result matters, so whatever happens while the socket is busy is sent as one Transition afterwards.
 */
import type { WebSocket } from 'ws';
import type { Session } from '../contract.ts';
import type { Change, LiveSource } from '../ports.ts';
import { nowNs } from './clock.ts';
import type { CreateDelivery, Delivery, Subscribed } from './delivery.ts';
import type { Evaluate } from './evaluation.ts';
import {
  chunkTransition,
  fatalErrorFrame,
  initialVersion,
  parseClientFrame,
  pingFrame,
  refusalFrame,
  transitionFrame,
  type ClientFrame,
  type Modification,
  type QueryOutcome,
} from './frames.ts';

interface Subscription extends Subscribed {
  /** Digest of what was sent last; an unchanged result is not sent again. */
  sent: string;
}

export interface ConnectionOptions {
  readonly socket: WebSocket;
  readonly session: Session;
  readonly source: LiveSource;
  /** A fresh evaluator that sees the store as it is now. */
  readonly evaluate: () => Evaluate;
  readonly deliver: CreateDelivery;
  /** Bytes waiting in the socket from which on updates are held back. */
  readonly highWaterBytes: number;
  /** Bytes from which on a Transition is sent in chunks. */
  readonly chunkSize: number;
}

export class Connection {
  readonly session: Session;
  private readonly options: ConnectionOptions;
  private readonly queries = new Map<number, Subscription>();
  private readonly stale = new Set<number>();
  private readonly delivery: Delivery;
  private version = initialVersion;
  /** Commit time of the newest change that this connection is owed. */
  private owedTs = 0n;
  private clockSkewMs: number | undefined;
  private connected = false;
  private transitions = 0;

  constructor(options: ConnectionOptions) {
    this.options = options;
    this.session = options.session;
    this.delivery = options.deliver((query, outcome) => this.sendLater(query, outcome));
  }

  /** Takes a client frame. A frame against the protocol ends the connection with a FatalError. */
  receive(text: string): void {
    try {
      this.handle(parseClientFrame(text));
    } catch (error) {
      this.fail(error instanceof Error ? error.message : String(error));
    }
  }

  /** Marks the queries that a commit can alter; true when there are any. */
  note(change: Change): boolean {
    let concerned = false;
    for (const [queryId, query] of this.queries) {
      if (!this.options.source.concerns(this.session, query.udfPath, query.args, change)) continue;
      this.stale.add(queryId);
      concerned = true;
    }
    if (concerned && change.ts > this.owedTs) this.owedTs = change.ts;
    return concerned;
  }

  /** Sends what is owed as one Transition; nothing when nothing changed. Waits for a busy socket to drain. */
  flush(evaluate: Evaluate): void {
    if (this.stale.size === 0 || this.busy()) return;
    const modifications: Modification[] = [];
    for (const queryId of this.stale) {
      const query = this.queries.get(queryId);
      if (!query) continue;
      const outcome = this.delivery.push(query, evaluate(this.session, query.udfPath, query.args));
      if (outcome === undefined || outcome.digest === query.sent) continue;
      query.sent = outcome.digest;
      modifications.push({ queryId, outcome });
    }
    this.stale.clear();
    if (modifications.length > 0) this.transition(modifications, this.version.querySet, this.owedTs);
  }

  ping(): void {
    this.send(pingFrame);
  }

  private busy(): boolean {
    return this.options.socket.bufferedAmount > this.options.highWaterBytes;
  }

  private handle(frame: ClientFrame): void {
    if (frame.type === 'Connect') {
      if (this.connected) throw new Error('Connect was sent twice on one connection.');
      this.connected = true;
      this.delivery.connected(frame.sessionId, frame.connectionCount > 0);
      if (frame.clientTs !== undefined) this.clockSkewMs = Math.round(frame.clientTs - Number(nowNs() / 1000n) / 1000);
      return;
    }
    if (!this.connected) throw new Error(`${frame.type} was sent before Connect.`);
    switch (frame.type) {
      case 'ModifyQuerySet':
        this.modify(frame);
        return;
      case 'Mutation':
      case 'Action':
        this.send(refusalFrame(frame.type, frame.requestId));
        return;
      case 'Authenticate':
        throw new Error('This deployment takes no tokens: the session cookie says who is asking.');
      case 'Event':
        return;
    }
  }

  private modify(frame: Extract<ClientFrame, { type: 'ModifyQuerySet' }>): void {
    if (frame.baseVersion !== this.version.querySet) {
      throw new Error(
        `ModifyQuerySet starts at version ${frame.baseVersion}, the connection is at ${this.version.querySet}.`,
      );
    }
    const evaluate = this.options.evaluate();
    const modifications = new Map<number, Modification>();
    for (const modification of frame.modifications) {
      const { queryId } = modification;
      this.stale.delete(queryId);
      if (modification.type === 'Remove') {
        this.queries.delete(queryId);
        modifications.set(queryId, { queryId, removed: true });
        continue;
      }
      const args = modification.args[0] ?? {};
      const query = { udfPath: modification.udfPath, args, sent: '' };
      const outcome = this.delivery.answer(query, evaluate(this.session, query.udfPath, args));
      query.sent = outcome.digest;
      this.queries.set(queryId, query);
      modifications.set(queryId, { queryId, outcome });
    }
    this.transition([...modifications.values()], frame.newVersion, this.options.source.latestTs);
  }

  private sendLater(subscribed: Subscribed, outcome: QueryOutcome): void {
    for (const [queryId, query] of this.queries) {
      if (query !== subscribed || outcome.digest === query.sent) continue;
      query.sent = outcome.digest;
      this.transition([{ queryId, outcome }], this.version.querySet, this.owedTs);
    }
  }

  private transition(modifications: readonly Modification[], querySet: number, ts: bigint): void {
    const start = this.version;
    const end = { querySet, identity: start.identity, ts: ts > start.ts ? ts : start.ts };
    this.version = end;
    this.transitions += 1;
    const frame = transitionFrame({ start, end, modifications, clockSkewMs: this.clockSkewMs, sentAtNs: nowNs() });
    for (const part of chunkTransition(frame, this.options.chunkSize, String(this.transitions))) this.send(part);
  }

  private send(frame: string | Buffer): void {
    const { socket } = this.options;
    if (socket.readyState !== socket.OPEN) return;
    socket.send(frame, { binary: false }, (error) => {
      // A failed write is followed by the socket's close; a finished one may have made room for what was held back.
      if (!error && this.stale.size > 0) this.flush(this.options.evaluate());
    });
  }

  private fail(error: string): void {
    this.send(fatalErrorFrame(error));
    this.options.socket.close(1008, 'Protocol error');
  }
}
