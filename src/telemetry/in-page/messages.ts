/** What the page tells Node. Times are milliseconds since 1970 by the page's clock (`performance.timeOrigin + performance.now()`). */
import type { HttpEvent, LongFrameEvent, VitalEvent } from '../events.ts';

/** Selectors of a card and of the badges within it. Which of its other texts is the project's name, the reader knows. */
export interface CardShape {
  readonly card: string;
  readonly badge: string;
  /** How the card begins that tells of a run's stages: it is news whenever one of its texts changes. */
  readonly stages?: string;
}

export interface PageConfig {
  readonly cards: CardShape;
  /** Selector of a message that tells the user of a failure. */
  readonly failureToast: string;
  /** Of the product: requests of its pages to it are timed. */
  readonly origin: string;
}

export interface NavigationReport {
  readonly type: 'navigation';
  readonly kind: 'hard' | 'soft';
  /** Within its document. */
  readonly navigation: string;
  readonly url: string;
}

export interface VitalReport {
  readonly type: 'vital';
  readonly kind: 'hard' | 'soft';
  readonly navigation: string;
  readonly url: string;
  readonly name: VitalEvent['name'];
  readonly metricId: string;
  readonly value: number;
  readonly rating: VitalEvent['rating'];
  readonly attribution: Readonly<Record<string, string | number | boolean>>;
}

export interface SocketReport {
  readonly type: 'socket';
  /** Counts the sockets of the document. */
  readonly socket: number;
  readonly phase: 'constructed' | 'opened' | 'spoke' | 'closed';
  readonly url: string;
  /** Whether the document is that of a frame. */
  readonly inFrame: boolean;
  /** On `spoke`: the key of the first frame that the page sent, by which Node knows the socket. */
  readonly key?: string;
  readonly code?: number;
}

export interface ToastReport {
  readonly type: 'toast';
  readonly text: string;
}

export interface TroubleReport {
  readonly type: 'trouble';
  readonly message: string;
}

export type ReportBody = NavigationReport | VitalReport | SocketReport | ToastReport | TroubleReport;

/** Rare and precious: sent at once through a binding, and kept for the next document when this one is being left. */
export type Report = ReportBody & {
  /** Unique; a report may come twice. */
  readonly id: string;
  readonly document: string;
  readonly at: number;
};

/** A request of the page to the product. Times as Resource Timing has them, where it has them. */
export interface RequestStamp {
  readonly type: 'request';
  readonly method: string;
  readonly url: string;
  readonly traceId: string;
  /** 0 without an answer, and for one that the browser keeps to itself. */
  readonly status: number;
  readonly outcome: HttpEvent['outcome'];
  readonly retryAfter?: string;
  readonly startedAt: number;
  /** The last click, key, drop or choice of a file before it. */
  readonly promptedAt?: number;
  /** Of the files in its body; absent where it carries none. */
  readonly fileBytes?: number;
  /** How long its parts took by the server's own word, in milliseconds; only of requests that carry files. */
  readonly serverMs?: HttpEvent['serverMs'];
  readonly sentAt?: number;
  /** The last byte of the body was sent; only XMLHttpRequest tells, in steps of 100 ms. */
  readonly uploadedAt?: number;
  readonly firstByteAt?: number;
  readonly endedAt: number;
  readonly bytesReceived?: number;
}

/** Frequent and cheap: kept in an array that Node drains. */
export type Stamp =
  /** Something went wrong with telling itself. */
  | { readonly type: 'trouble'; readonly message: string }
  /** The page's time as it hands over its stamps. */
  | { readonly type: 'clock'; readonly at: number }
  /** Another path is shown from now on. */
  | {
      readonly type: 'route';
      readonly at: number;
      readonly path: string;
      readonly url: string;
      /** By loading the document, not by changing its address. */
      readonly loaded: boolean;
    }
  | RequestStamp
  | {
      /** The page that a change of route led to. */
      readonly type: 'arrival';
      readonly url: string;
      /** What was last asked of the page before the change; absent for nothing. */
      readonly promptedAt?: number;
      readonly routedAt: number;
      /** Its heading; absent when the page was left, or another route taken, before there was one. */
      readonly paintedAt?: number;
    }
  | {
      readonly type: 'frame';
      readonly key: string;
      readonly at: number;
      /** The document and its count of the socket. */
      readonly socket: string;
    }
  | {
      readonly type: 'card';
      /** Its texts outside of the badges, in order. */
      readonly texts: readonly string[];
      readonly badges: readonly string[];
      /** The card was put on the page, rather than changed on it. */
      readonly mounted: boolean;
      readonly paintedAt: number;
      /** The browser did not tell when it presented the frame: the time is that of the first task after it. */
      readonly paintEstimated?: true;
      /** When the route last changed, or the document began. */
      readonly routeAt: number;
    }
  | {
      /** One second of timer drift. */
      readonly type: 'drift';
      readonly from: number;
      readonly to: number;
      readonly samples: number;
      /** How many were more than 50 ms late, the page's own work taken off. */
      readonly over: number;
      /** How many more were, but by the page's own work. */
      readonly own: number;
      /** The latest, the page's own work taken off. */
      readonly maxMs: number;
    }
  | {
      /** A frame that took more than 50 ms. */
      readonly type: 'long-frame';
      readonly at: number;
      readonly url: string;
      readonly durationMs: number;
      readonly blockingMs: number;
      /** The page's scripts, and style and layout. */
      readonly ownMs: number;
      /** The script that took longest. */
      readonly script?: LongFrameEvent['script'];
    };
