/** A double that speaks PRODUCT.md section 4's frames, for the tests of this room: one page, its connections, a server's state. */

export interface Wire {
  readonly from: 'page' | 'server';
  readonly text: string;
}

interface Query {
  readonly udfPath: string;
  readonly args: Record<string, unknown>;
}

/** Builds the frames of one connection; `ts` are milliseconds since 1970, written as the protocol writes them. */
export class ConnectionDouble {
  readonly wire: Wire[] = [];
  private readonly queries = new Map<number, Query>();
  private version = { querySet: 0, identity: 0, ts: encodeTs(0n) };
  private nextQueryId = 0;
  private transitions = 0;
  /** Characters a chunk; 0 sends every Transition whole. */
  chunkChars = 0;

  constructor(sessionId: string, connectionCount: number, lastCloseReason: string | null = 'InitialConnect') {
    this.page({ type: 'Connect', sessionId, connectionCount, lastCloseReason, clientTs: 1_760_000_000_000 });
  }

  /** The page subscribes; the server has not answered yet. */
  subscribe(udfPath: string, args: Record<string, unknown> = { orgId: 'o1' }): number {
    const queryId = this.nextQueryId++;
    this.queries.set(queryId, { udfPath, args });
    this.page({
      type: 'ModifyQuerySet',
      baseVersion: this.version.querySet,
      newVersion: this.version.querySet + 1,
      modifications: [{ type: 'Add', queryId, udfPath, args: [args] }],
    });
    return queryId;
  }

  unsubscribe(queryId: number): void {
    this.queries.delete(queryId);
    this.page({
      type: 'ModifyQuerySet',
      baseVersion: this.version.querySet,
      newVersion: this.version.querySet + 1,
      modifications: [{ type: 'Remove', queryId }],
    });
  }

  /** The server sends results valid at `ns`. */
  transition(
    ns: bigint,
    results: Readonly<Record<number, unknown>>,
    options: { acknowledge?: boolean; failed?: Readonly<Record<number, string>>; removed?: readonly number[] } = {},
  ): void {
    const endVersion = {
      querySet: this.version.querySet + (options.acknowledge ? 1 : 0),
      identity: 0,
      ts: encodeTs(ns),
    };
    const text = JSON.stringify({
      type: 'Transition',
      startVersion: this.version,
      endVersion,
      modifications: [
        ...Object.entries(results).map(([queryId, value]) => ({
          type: 'QueryUpdated',
          queryId: Number(queryId),
          value,
          logLines: [],
          journal: null,
        })),
        ...Object.entries(options.failed ?? {}).map(([queryId, errorMessage]) => ({
          type: 'QueryFailed',
          queryId: Number(queryId),
          errorMessage,
          logLines: [],
          journal: null,
        })),
        ...(options.removed ?? []).map((queryId) => ({ type: 'QueryRemoved', queryId })),
      ],
      clientClockSkew: -3,
      serverTs: Number(ns) + 2_000_000,
    });
    this.version = endVersion;
    this.transitions += 1;
    if (this.chunkChars === 0) {
      this.wire.push({ from: 'server', text });
      return;
    }
    const totalParts = Math.ceil(text.length / this.chunkChars);
    for (let partNumber = 0; partNumber < totalParts; partNumber += 1) {
      const chunk = text.slice(partNumber * this.chunkChars, (partNumber + 1) * this.chunkChars);
      this.server({ type: 'TransitionChunk', chunk, partNumber, totalParts, transitionId: `t${this.transitions}` });
    }
  }

  page(frame: unknown): void {
    this.wire.push({ from: 'page', text: JSON.stringify(frame) });
  }

  server(frame: unknown): void {
    this.wire.push({ from: 'server', text: JSON.stringify(frame) });
  }

  /** The frames since the last call, in order. */
  drain(): Wire[] {
    return this.wire.splice(0);
  }
}

export function encodeTs(ns: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ns);
  return bytes.toString('base64');
}

export function project(id: string, name: string, created = 1): Record<string, unknown> {
  return { _id: id, _creationTime: created, orgId: 'o1', name, projectType: 'crosstab', config: { theme: 'classic' } };
}

export function run(
  id: string,
  projectId: string,
  status: string,
  more: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    _id: id,
    _creationTime: 1,
    projectId,
    orgId: 'o1',
    status,
    stage: 'parsing',
    progress: 10,
    message: 'Processing data map...',
    cancelRequested: false,
    ...more,
  };
}
