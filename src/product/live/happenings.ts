/** What the frames of a page's sockets say, in the product's terms. */

/** The product's objects that live queries return as rows. */
export type ObjectKind = 'project' | 'run' | 'organization' | 'membership' | 'other';

/** A row as the product sent it: any object with an `_id`. */
export type Row = Readonly<Record<string, unknown>> & { readonly _id: string };

export interface RowChange {
  readonly kind: ObjectKind;
  readonly id: string;
  /** A project's name. */
  readonly name?: string;
  /** The project that a run belongs to; for a project its own id. */
  readonly projectId?: string;
  /** Absent when the row is new to this page. */
  readonly before?: Row;
  /** Absent when the row is gone. */
  readonly after?: Row;
  /** Top-level fields that differ; empty for new and vanished rows. */
  readonly fields: readonly string[];
}

/** Times of a Transition. Milliseconds since 1970 with fractions, by the server's clock. */
export interface FrameTimes {
  /** `endVersion.ts` as it came: nanoseconds since 1970. */
  readonly version: bigint;
  readonly committedAtMs: number;
  readonly sentAtMs?: number;
  /** Client's clock minus server's, as the server measured it at Connect, from what the client said its time was. */
  readonly clockSkewMs?: number;
}

/** A full result arrived, and this is how it differs from the one before it. */
export interface ChangeRecord extends FrameTimes {
  readonly type: 'changes';
  readonly socketId: string;
  readonly subscription: string;
  readonly args: Readonly<Record<string, unknown>>;
  /**
   * The first result of this subscription on this connection. Its changes happened at some time before, not at
   * `committedAtMs`: after a page load everything is new, after a reconnect whatever was missed.
   */
  readonly initial: boolean;
  /** Size of the result as it came. */
  readonly bytes: number;
  readonly changes: readonly RowChange[];
}

export interface Connected {
  readonly type: 'connected';
  readonly socketId: string;
  readonly sessionId: string;
  /** 0 after a page load, at least 1 on a reconnect of the same session. */
  readonly connectionCount: number;
  readonly lastCloseReason?: string;
  /** What the client said its time was; milliseconds since 1970. */
  readonly clientTs?: number;
}

export interface Subscribed {
  readonly type: 'subscribed' | 'unsubscribed';
  readonly socketId: string;
  readonly queryId: number;
  readonly subscription: string;
  readonly args: Readonly<Record<string, unknown>>;
}

export interface QueryFailed extends FrameTimes {
  readonly type: 'query-failed';
  readonly socketId: string;
  readonly subscription: string;
  readonly args: Readonly<Record<string, unknown>>;
  readonly message: string;
}

export interface ServerError {
  readonly type: 'fatal-error' | 'auth-error';
  readonly socketId: string;
  readonly message: string;
}

export interface Ping {
  readonly type: 'ping';
  readonly socketId: string;
}

/** Every query that was added on this connection has had its first result. Once a connection. */
export interface Synchronised {
  readonly type: 'synchronised';
  readonly socketId: string;
  /** Rows that differ from what this page knew before: on a reconnect, what it had missed. */
  readonly changedRows: number;
}

/** A Transition out of its turn (lost, doubled or overtaken on the way). Its results, if it comes late, are not news. */
export interface OutOfSequence {
  readonly type: 'out-of-sequence';
  readonly socketId: string;
  readonly place: 'missed' | 'duplicated' | 'late';
  /** It is one that had been missed. */
  readonly filled: boolean;
}

/** A frame outside the contract, or one that contradicts those before it. Never dropped in silence. */
export interface Unexpected {
  readonly type: 'unexpected';
  readonly socketId: string;
  readonly reason: string;
  /** How the frame begins. */
  readonly excerpt: string;
}

export type Happening =
  ChangeRecord | Connected | Subscribed | Synchronised | OutOfSequence | QueryFailed | ServerError | Ping | Unexpected;
