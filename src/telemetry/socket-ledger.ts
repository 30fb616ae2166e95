/** Counts a page's sockets from both sides: Playwright sees each of them and its frames, the page sees with which code it closed. */
import type { WebSocket } from '@playwright/test';
import type { SocketEvent } from './events.ts';
import { frameKey } from './in-page/frame-key.ts';
import type { Report, SocketReport } from './in-page/messages.ts';
import type { SocketNews, SocketReader } from './socket-reader.ts';

export interface SocketLedgerOptions {
  readonly reader: SocketReader;
  readonly record: (event: SocketEvent) => void;
  /** News of a frame, with the frame's key. */
  readonly onNews: (frame: string, news: SocketNews) => void;
  /** Runs a listener; whatever it throws becomes a problem instead of an unhandled error. */
  readonly guard: (action: () => void) => void;
}

interface Tally {
  readonly socketId: string;
  framesReceived: number;
  bytesReceived: number;
  ended: boolean;
  written: boolean;
}

export class SocketLedger {
  private readonly options: SocketLedgerOptions;
  /** In the order in which they were opened, which is also the page's. */
  private readonly tallies: Tally[] = [];
  private readonly constructed: string[] = [];
  private readonly codes = new Map<string, number>();

  constructor(options: SocketLedgerOptions) {
    this.options = options;
  }

  /** Playwright saw a socket open. `socketId` is unique within the analyst. */
  opened(socket: WebSocket, socketId: string): void {
    const { reader, onNews, record, guard } = this.options;
    if (!reader.concerns(socket.url())) return;
    const tally: Tally = { socketId, framesReceived: 0, bytesReceived: 0, ended: false, written: false };
    this.tallies.push(tally);
    const read = (text: string, news: readonly SocketNews[]): void => {
      for (const one of news) {
        if (one.type !== 'connected') {
          onNews(frameKey(text), one);
          continue;
        }
        const { connectionCount, lastCloseReason } = one;
        record({
          type: 'socket',
          phase: connectionCount === 0 ? 'opened' : 'reconnected',
          socketId,
          connectionCount,
          ...(lastCloseReason === undefined ? {} : { lastCloseReason }),
        });
      }
    };
    socket.on('framesent', ({ payload }) =>
      guard(() => {
        if (typeof payload === 'string') read(payload, reader.sent(socketId, payload));
      }),
    );
    socket.on('framereceived', ({ payload }) =>
      guard(() => {
        tally.framesReceived += 1;
        tally.bytesReceived += Buffer.byteLength(payload);
        if (typeof payload === 'string') read(payload, reader.received(socketId, payload));
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
  reported({ document, socket, phase, url, code }: SocketReport & Pick<Report, 'document'>): void {
    if (!this.options.reader.concerns(url)) return;
    const key = `${document} ${socket}`;
    if (phase === 'constructed') this.constructed.push(key);
    else if (code !== undefined) this.codes.set(key, code);
  }

  /** Records the sockets that have closed; with `all` also those still open, so that their frames are counted. */
  write(all: boolean): void {
    for (const [place, tally] of this.tallies.entries()) {
      if (tally.written || !(all || tally.ended)) continue;
      tally.written = true;
      const key = this.constructed[place];
      const closeCode = key === undefined ? undefined : this.codes.get(key);
      const { socketId, framesReceived, bytesReceived } = tally;
      this.options.record({
        type: 'socket',
        phase: 'closed',
        socketId,
        framesReceived,
        bytesReceived,
        ...(closeCode === undefined ? {} : { closeCode }),
      });
    }
  }

  /** A sentence when page and Playwright disagree on how many sockets there were. */
  disagreement(): string | undefined {
    if (this.tallies.length === this.constructed.length) return undefined;
    return `Playwright saw ${this.tallies.length} sockets, the page itself ${this.constructed.length}: socket counts of this analyst cannot be trusted.`;
  }
}
