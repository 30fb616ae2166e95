/** What telemetry asks of whoever understands the product's sockets; telemetry itself knows no protocol and no product. */
import type { StageEvent } from './events.ts';

/** A card's new status, as a frame announced it to the page. */
export interface CardNews {
  readonly type: 'card';
  /** The title that the project's card bears. */
  readonly project: string;
  /** What the card will show, in the words of `SocketReader.statusOf`. */
  readonly status: string;
  /** The project itself is new. */
  readonly appeared?: true;
  /** When the change was committed; milliseconds since 1970, by the server's clock. */
  readonly committedAtMs?: number;
  /** When the server sent the frame; milliseconds since 1970, by the server's clock. */
  readonly sentAtMs?: number;
}

/** A run is at another stage, or has another status. */
export interface StageNews {
  readonly type: 'stage';
  /** The title that the project's card bears. */
  readonly project: string;
  /** The product's own id of the run. */
  readonly run: string;
  readonly standing: StageEvent['standing'];
  /** The product's own words. */
  readonly status: string;
  readonly stage: string;
  /** 0–100; it may fall. */
  readonly progress?: number;
  /** What a page that shows stages says of it. */
  readonly message?: string;
  /** When it was committed; absent when the page is told late, as after a reconnect. Milliseconds since 1970, by the server's clock. */
  readonly committedAtMs?: number;
  /** When the server sent the frame; milliseconds since 1970, by the server's clock. */
  readonly sentAtMs?: number;
}

/** The client introduced itself on a new connection: with count 0 after a page load, with a higher one on a reconnect. */
export interface ConnectedNews {
  readonly type: 'connected';
  /** Connections of one session follow each other. */
  readonly sessionId: string;
  readonly connectionCount: number;
  readonly lastCloseReason?: string;
}

/** A result came for a subscription. */
export interface TrafficNews {
  readonly type: 'traffic';
  readonly subscription: string;
  readonly bytes: number;
  /** When the server sent it; milliseconds since 1970, by the server's clock. */
  readonly sentAtMs?: number;
}

/** The connection holds everything that the page asked for; `changedRows` is what it had missed before. */
export interface SynchronisedNews {
  readonly type: 'synchronised';
  readonly changedRows: number;
}

/** A version came out of its turn; `filled`: it had been counted as missed. */
export interface OutOfSequenceNews {
  readonly type: 'out-of-sequence';
  readonly place: 'missed' | 'duplicated' | 'late';
  readonly filled: boolean;
}

/** A frame that the reader could not make sense of (a fault of telemetry), or an error that the server sent. */
export interface TroubleNews {
  readonly type: 'trouble';
  readonly fault: 'telemetry' | 'product';
  readonly message: string;
}

export type SocketNews =
  CardNews | StageNews | ConnectedNews | TrafficNews | SynchronisedNews | OutOfSequenceNews | TroubleNews;

/** Reads the frames of all sockets of one page, in the order in which they went over the wire. */
export interface SocketReader {
  /** Whether a socket is one to read; others (a bundler's reload socket) are neither read nor counted. */
  concerns(url: string): boolean;
  sent(socketId: string, text: string): readonly SocketNews[];
  received(socketId: string, text: string): readonly SocketNews[];
  closed(socketId: string): void;
  /** The project whose card this is, from the texts on it outside of its badges; undefined when none of them names one. */
  projectOf(texts: readonly string[]): string | undefined;
  /** The status that a card shows, from the texts of its badges; in the words of `CardNews.status`. */
  statusOf(badges: readonly string[]): string;
}
