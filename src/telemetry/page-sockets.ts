/** The sockets of a page as it sees them itself, from its reports and its stamps of frames. Pure. Milliseconds since 1970. */
import type { Report, SocketReport } from './in-page/messages.ts';

export interface PageSocket {
  readonly url: string;
  readonly inFrame: boolean;
  firstWords?: string;
  openedAt?: number;
  spokeAt?: number;
  closedAt?: number;
  code?: number;
  /** The last sign of life: the opening or a frame. */
  lastAt?: number;
  silenceMaxMs: number;
  readonly document: string;
  /** Its document was left; nobody says when it closed. */
  gone: boolean;
}

export class PageSockets {
  /** By document and number. */
  private readonly sockets = new Map<string, PageSocket>();

  get count(): number {
    return this.sockets.size;
  }

  reported({
    document,
    socket,
    phase,
    url,
    inFrame,
    key,
    code,
    at,
  }: SocketReport & Pick<Report, 'document' | 'at'>): void {
    const name = `${document} ${socket}`;
    const one = this.sockets.get(name) ?? { document, url, inFrame, silenceMaxMs: 0, gone: false };
    this.sockets.set(name, one);
    if (phase === 'opened') one.lastAt = one.openedAt = at;
    if (phase === 'spoke' && key !== undefined) {
      one.firstWords = key;
      one.spokeAt = at;
    }
    if (phase === 'closed') {
      one.closedAt = at;
      if (code !== undefined) one.code = code;
    }
  }

  /** The page loaded another document. */
  left(current: string): void {
    for (const one of this.sockets.values()) if (one.document !== current && !one.inFrame) one.gone = true;
  }

  /** A frame arrived on a socket. */
  arrived(socket: string, at: number): void {
    const one = this.sockets.get(socket);
    if (!one) return;
    if (one.lastAt !== undefined) one.silenceMaxMs = Math.max(one.silenceMaxMs, at - one.lastAt);
    one.lastAt = at;
  }

  byFirstWords(key: string): PageSocket | undefined {
    for (const one of this.sockets.values()) if (one.firstWords === key) return one;
    return undefined;
  }

  /** Those that never sent anything, to be taken in their order, each once. */
  silent(): { take(url: string): PageSocket | undefined } {
    const left = [...this.sockets.values()].filter(({ firstWords }) => firstWords === undefined);
    return {
      take(url) {
        const place = left.findIndex((one) => one.url === url);
        return place < 0 ? undefined : left.splice(place, 1)[0];
      },
    };
  }
}
