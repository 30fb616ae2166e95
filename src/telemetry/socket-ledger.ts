/** Counts a page's sockets from both sides: Playwright sees each of them and its frames, the page sees when it opened and with which code it closed. */
import type { WebSocket } from '@playwright/test';
import { ClockBounds } from './clock.ts';
import type { ClockEvent, GapEvent, SocketEvent } from './events.ts';
import { frameKey } from './in-page/frame-key.ts';
import type { Report, SocketReport } from './in-page/messages.ts';
import { nowMs } from './now.ts';
import { PageSockets, type PageSocket } from './page-sockets.ts';
import type { SocketNews, SocketReader } from './socket-reader.ts';

export interface SocketLedgerOptions {
  readonly reader: SocketReader;
  readonly record: (event: SocketEvent | GapEvent) => void;
  /** News of a frame, with the frame's key. */
  readonly onNews: (frame: string, news: SocketNews) => void;
  /** Runs a listener; whatever it throws becomes a problem instead of an unhandled error. */
  readonly guard: (action: () => void) => void;
  /** Whether the page has, or had, a worker that may open sockets of its own. */
  readonly hasWorkers: () => boolean;
}

/** What Playwright saw of a socket. */
interface Tally {
  readonly socketId: string;
  readonly url: string;
  /** The key of the first frame it sent: the page knows it by the same one. */
  firstWords?: string;
  sessionId?: string;
  /** The connection of the same session that was lost before this one. */
  lost?: Tally;
  /** When the server sent its first result; by its own clock. */
  firstSentAt?: number;
  framesReceived: number;
  bytesReceived: number;
  readonly subscriptions: Map<string, { results: number; bytes: number }>;
  readonly out: { missed: number; duplicated: number; late: number };
  /** The key of the frame that completed what the page had asked for. */
  synchronised?: { readonly frame: string; readonly changedRows: number; at?: number | undefined };
  ended: boolean;
  waited: boolean;
  written: boolean;
  gapWritten: boolean;
}

const keptArrivals = 100;

export class SocketLedger {
  private readonly options: SocketLedgerOptions;
  private readonly tallies: Tally[] = [];
  private readonly page = new PageSockets();
  /** The latest frames by their keys: the page's word on one may come before Playwright's. */
  private readonly arrivals = new Map<string, number>();
  /** The server's times of frames of whose arrival the page has not told yet. */
  private readonly sendings = new Map<string, number>();
  private readonly productClock = new ClockBounds();

  constructor(options: SocketLedgerOptions) {
    this.options = options;
  }

  /** Playwright saw a socket open. `socketId` is unique within the analyst. */
  opened(socket: WebSocket, socketId: string): void {
    const { reader, guard } = this.options;
    if (!reader.concerns(socket.url())) return;
    const tally: Tally = {
      socketId,
      url: socket.url(),
      framesReceived: 0,
      bytesReceived: 0,
      subscriptions: new Map(),
      out: { missed: 0, duplicated: 0, late: 0 },
      ended: false,
      waited: false,
      written: false,
      gapWritten: false,
    };
    this.tallies.push(tally);
    socket.on('framesent', ({ payload }) =>
      guard(() => {
        if (typeof payload !== 'string') return;
        tally.firstWords ??= frameKey(payload);
        this.read(tally, payload, reader.sent(socketId, payload));
      }),
    );
    socket.on('framereceived', ({ payload }) =>
      guard(() => {
        tally.framesReceived += 1;
        tally.bytesReceived += Buffer.byteLength(payload);
        if (typeof payload === 'string') this.read(tally, payload, reader.received(socketId, payload));
      }),
    );
    socket.on('close', () =>
      guard(() => {
        tally.ended = true;
        reader.closed(socketId);
      }),
    );
  }

  /** The page said something of one of its sockets. */
  reported(report: SocketReport & Pick<Report, 'document' | 'at'>): void {
    if (this.options.reader.concerns(report.url)) this.page.reported(report);
  }

  /** The page loaded another document: the sockets of those before are gone, and neither side says so. */
  navigated(document: string): void {
    this.page.left(document);
  }

  /** A frame arrived in the page. */
  arrived(socket: string, frame: string, at: number): void {
    this.page.arrived(socket, at);
    this.arrivals.set(frame, at);
    const sentAt = this.sendings.get(frame);
    if (sentAt !== undefined) this.productClock.pageAfter(at, sentAt);
    this.sendings.delete(frame);
    for (const oldest of this.arrivals.keys()) {
      if (this.arrivals.size <= keptArrivals) break;
      this.arrivals.delete(oldest);
    }
    for (const tally of this.tallies) if (tally.synchronised?.frame === frame) tally.synchronised.at ??= at;
  }

  /** Records the sockets that have closed; with `all` also those still open, so that their frames are counted. */
  write(all: boolean): void {
    const now = nowMs();
    const pairs = this.pair();
    for (const tally of this.tallies) {
      this.writeGap(tally, pairs, all);
      const seen = pairs.get(tally);
      if (tally.written || !(all || tally.ended || seen?.gone)) continue;
      // Its page's own word on the end may be a moment behind.
      if (!all && seen?.closedAt === undefined && !seen?.gone && !tally.waited) {
        tally.waited = true;
        continue;
      }
      tally.written = true;
      this.options.record(closedEvent(tally, seen, now));
    }
  }

  /**
   * The page's clock against the server's: no frame arrived before it was sent, and no result was sent before the page had
   * asked for it.
   */
  clock(): ClockEvent {
    for (const [{ firstSentAt }, { spokeAt }] of this.pair())
      if (firstSentAt !== undefined && spokeAt !== undefined) this.productClock.pageBefore(spokeAt, firstSentAt);
    return this.productClock.event('product');
  }

  /** A sentence when page and Playwright disagree on how many sockets there were. */
  disagreement(): string | undefined {
    const paired = this.pair().size;
    const unseen = this.page.count - paired;
    const unheard = this.tallies.length - paired;
    if (unseen === 0 && (unheard === 0 || this.options.hasWorkers())) return undefined;
    return `Playwright saw ${this.tallies.length} sockets, the page itself ${this.page.count}: socket counts of this analyst cannot be trusted.`;
  }

  private read(tally: Tally, text: string, news: readonly SocketNews[]): void {
    for (const one of news) {
      switch (one.type) {
        case 'connected':
          this.connected(tally, one);
          break;
        case 'traffic': {
          const entry = tally.subscriptions.get(one.subscription) ?? { results: 0, bytes: 0 };
          tally.subscriptions.set(one.subscription, { results: entry.results + 1, bytes: entry.bytes + one.bytes });
          if (one.sentAtMs !== undefined) this.sentBy(tally, frameKey(text), one.sentAtMs);
          break;
        }
        case 'synchronised':
          tally.synchronised = { frame: frameKey(text), changedRows: one.changedRows };
          tally.synchronised.at = this.arrivals.get(tally.synchronised.frame);
          break;
        case 'out-of-sequence':
          tally.out[one.place] += 1;
          if (one.filled) tally.out.missed -= 1;
          break;
        case 'card':
        case 'stage':
        case 'trouble':
          this.options.onNews(frameKey(text), one);
      }
    }
  }

  private sentBy(tally: Tally, frame: string, sentAt: number): void {
    tally.firstSentAt ??= sentAt;
    const arrivedAt = this.arrivals.get(frame);
    if (arrivedAt !== undefined) this.productClock.pageAfter(arrivedAt, sentAt);
    else this.sendings.set(frame, sentAt);
  }

  private connected(
    tally: Tally,
    { sessionId, connectionCount, lastCloseReason }: Extract<SocketNews, { type: 'connected' }>,
  ): void {
    const lost = this.tallies.findLast((other) => other !== tally && other.sessionId === sessionId);
    tally.sessionId = sessionId;
    if (connectionCount > 0 && lost) tally.lost = lost;
    this.options.record({
      type: 'socket',
      phase: connectionCount === 0 ? 'opened' : 'reconnected',
      socketId: tally.socketId,
      connectionCount,
      ...(lastCloseReason === undefined ? {} : { lastCloseReason }),
    });
  }

  private writeGap(tally: Tally, pairs: ReadonlyMap<Tally, PageSocket>, all: boolean): void {
    const { lost, synchronised } = tally;
    if (!lost || tally.gapWritten) return;
    const [before, after] = [pairs.get(lost), pairs.get(tally)];
    if (!all && (before?.closedAt === undefined || synchronised?.at === undefined)) return;
    tally.gapWritten = true;
    this.options.record({
      type: 'gap',
      socketId: tally.socketId,
      lostSocketId: lost.socketId,
      ...(before?.code === undefined ? {} : { closeCode: before.code }),
      ...(before?.closedAt === undefined ? {} : { closedAt: before.closedAt }),
      ...(after?.openedAt === undefined ? {} : { openedAt: after.openedAt }),
      ...(synchronised?.at === undefined ? {} : { resyncedAt: synchronised.at }),
      ...(synchronised ? { rowsCaughtUp: synchronised.changedRows } : {}),
    });
  }

  /** Which of the page's sockets is which of Playwright's: by their first words; those that never spoke, in their order. */
  private pair(): Map<Tally, PageSocket> {
    const pairs = new Map<Tally, PageSocket>();
    const silent = this.page.silent();
    for (const tally of this.tallies) {
      const seen = tally.firstWords === undefined ? silent.take(tally.url) : this.page.byFirstWords(tally.firstWords);
      if (seen) pairs.set(tally, seen);
    }
    return pairs;
  }
}

function closedEvent(tally: Tally, seen: PageSocket | undefined, now: number): SocketEvent {
  const { socketId, framesReceived, bytesReceived, subscriptions, out } = tally;
  return {
    type: 'socket',
    phase: 'closed',
    socketId,
    place: seen === undefined ? 'worker' : seen.inFrame ? 'frame' : 'page',
    framesReceived,
    bytesReceived,
    subscriptions: Object.fromEntries(subscriptions),
    versionsMissed: out.missed,
    versionsDuplicated: out.duplicated,
    versionsLate: out.late,
    ...(seen?.code === undefined ? {} : { closeCode: seen.code }),
    ...(seen?.openedAt === undefined ? {} : { openedAt: seen.openedAt }),
    ...(seen?.closedAt === undefined ? {} : { closedAt: seen.closedAt }),
    // A frame's arrivals are not stamped; a document that is gone took the end of its socket with it.
    ...(seen === undefined || seen.inFrame || seen.lastAt === undefined
      ? {}
      : {
          silenceMaxMs: Math.max(
            seen.silenceMaxMs,
            seen.closedAt !== undefined
              ? seen.closedAt - seen.lastAt
              : tally.ended || seen.gone
                ? 0
                : now - seen.lastAt,
          ),
        }),
  };
}
