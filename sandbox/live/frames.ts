/**
 * The sync protocol's frames, as the published `convex` client 1.48 reads and writes them
 * (its `src/browser/sync/protocol.ts`). Query results are spliced in as JSON that was made and encoded once for everybody.
 */
import { createHash } from 'node:crypto';
import { z } from 'zod';

const addSchema = z.object({
  type: z.literal('Add'),
  queryId: z.int().min(0),
  udfPath: z.string().min(1).max(200),
  args: z.array(z.record(z.string(), z.unknown())).max(1),
});
const removeSchema = z.object({ type: z.literal('Remove'), queryId: z.int().min(0) });

const clientFrameSchema = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Connect'),
    sessionId: z.string().min(1).max(100),
    connectionCount: z.int().min(0),
    lastCloseReason: z.string().nullish(),
    maxObservedTimestamp: z.string().optional(),
    /** The browser's clock, milliseconds since 1970. */
    clientTs: z.number().optional(),
  }),
  z.object({
    type: z.literal('ModifyQuerySet'),
    baseVersion: z.int().min(0),
    newVersion: z.int().min(0),
    modifications: z.array(z.discriminatedUnion('type', [addSchema, removeSchema])).max(1000),
  }),
  z.object({ type: z.literal('Authenticate'), baseVersion: z.int().min(0) }),
  z.object({ type: z.enum(['Mutation', 'Action']), requestId: z.int().min(0) }),
  z.object({ type: z.literal('Event') }),
]);
export type ClientFrame = z.infer<typeof clientFrameSchema>;
export type AddQuery = z.infer<typeof addSchema>;

/** Reads a client frame. Throws an Error that says what is wrong with it. */
export function parseClientFrame(text: string): ClientFrame {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (cause) {
    throw new Error('The frame is not JSON.', { cause });
  }
  const frame = clientFrameSchema.safeParse(json);
  if (!frame.success) throw new Error(`The frame is not one this server knows: ${z.prettifyError(frame.error)}`);
  return frame.data;
}

/** What the client compares: a Transition must start exactly where the one before it on the connection ended. */
export interface StateVersion {
  readonly querySet: number;
  readonly identity: number;
  /** Commit time, nanoseconds since 1970. */
  readonly ts: bigint;
}
export const initialVersion: StateVersion = { querySet: 0, identity: 0, ts: 0n };

/** Outcome of one query, ready to be sent. `digest` tells it from another outcome of the same query. */
export interface QueryOutcome {
  readonly ok: boolean;
  /** Of the value, or for a failure of its message; UTF-8. */
  readonly json: Buffer;
  readonly digest: string;
}

/** A result (`ok`), or the message of a failure. */
export function outcomeOf(ok: boolean, value: unknown): QueryOutcome {
  const json = Buffer.from(JSON.stringify(value));
  return { ok, json, digest: `${ok} ${createHash('sha1').update(json).digest('base64')}` };
}

export type Modification =
  { readonly queryId: number; readonly outcome: QueryOutcome } | { readonly queryId: number; readonly removed: true };

/** An unsigned 64 bit integer, little-endian, base64. */
export function encodeU64(value: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(value);
  return bytes.toString('base64');
}

function versionJson(version: StateVersion): string {
  return `{"querySet":${version.querySet},"identity":${version.identity},"ts":"${encodeU64(version.ts)}"}`;
}

function modificationJson(modification: Modification): readonly (string | Buffer)[] {
  const { queryId } = modification;
  if ('removed' in modification) return [`{"type":"QueryRemoved","queryId":${queryId}}`];
  const { ok, json } = modification.outcome;
  const head = ok
    ? `{"type":"QueryUpdated","queryId":${queryId},"value":`
    : `{"type":"QueryFailed","queryId":${queryId},"errorMessage":`;
  return [head, json, ',"logLines":[],"journal":null}'];
}

/**
 * A Transition as UTF-8 text. `sentAtNs` is written digit by digit: a JavaScript number would round it to 256 ns.
 * `clockSkewMs`: client's clock minus server's at Connect; positive when the client is ahead.
 */
export function transitionFrame(input: {
  start: StateVersion;
  end: StateVersion;
  modifications: readonly Modification[];
  clockSkewMs: number | undefined;
  sentAtNs: bigint;
}): Buffer {
  const skew = input.clockSkewMs === undefined ? '' : `,"clientClockSkew":${input.clockSkewMs}`;
  const pieces = [
    `{"type":"Transition","startVersion":${versionJson(input.start)},"endVersion":${versionJson(input.end)},"modifications":[`,
    ...input.modifications.flatMap((modification, place) =>
      place === 0 ? modificationJson(modification) : [',', ...modificationJson(modification)],
    ),
    `]${skew},"serverTs":${input.sentAtNs}}`,
  ];
  return Buffer.concat(pieces.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

/** Cuts a frame of more than `chunkSize` bytes into TransitionChunks of at most as many characters; a shorter one stays whole. */
export function chunkTransition(frame: Buffer, chunkSize: number, transitionId: string): (Buffer | string)[] {
  if (frame.length <= chunkSize) return [frame];
  const text = frame.toString('utf8');
  const totalParts = Math.ceil(text.length / chunkSize);
  return Array.from({ length: totalParts }, (_, partNumber) =>
    JSON.stringify({
      type: 'TransitionChunk',
      chunk: text.slice(partNumber * chunkSize, (partNumber + 1) * chunkSize),
      partNumber,
      totalParts,
      transitionId,
    }),
  );
}

export const pingFrame = '{"type":"Ping"}';

export function fatalErrorFrame(error: string): string {
  return JSON.stringify({ type: 'FatalError', error });
}

/** The product reads over its socket and writes over HTTP; a mutation or an action sent here is refused, not lost. */
export function refusalFrame(type: 'Mutation' | 'Action', requestId: number): string {
  return JSON.stringify({
    type: `${type}Response`,
    requestId,
    success: false,
    result: 'This socket only reads; the product writes over its JSON API.',
    logLines: [],
  });
}
