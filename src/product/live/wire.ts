/** The frames of PRODUCT.md section 4, as far as the decoder leans on them; whatever else they carry is let through. */
import { z } from 'zod';

const add = z.object({
  type: z.literal('Add'),
  queryId: z.int(),
  udfPath: z.string(),
  args: z.array(z.unknown()).default([]),
});
const remove = z.object({ type: z.literal('Remove'), queryId: z.int() });

export const clientFrame = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('Connect'),
    sessionId: z.string(),
    connectionCount: z.int(),
    lastCloseReason: z.string().nullish(),
    clientTs: z.number().optional(),
  }),
  z.object({
    type: z.literal('ModifyQuerySet'),
    baseVersion: z.int(),
    newVersion: z.int(),
    modifications: z.array(z.discriminatedUnion('type', [add, remove])),
  }),
]);

const version = z.object({ querySet: z.int(), identity: z.int().default(0), ts: z.base64().length(12) });
export type WireVersion = z.infer<typeof version>;

const modification = z.discriminatedUnion('type', [
  z.object({ type: z.literal('QueryUpdated'), queryId: z.int(), value: z.unknown() }),
  z.object({ type: z.literal('QueryFailed'), queryId: z.int(), errorMessage: z.string() }),
  z.object({ type: z.literal('QueryRemoved'), queryId: z.int() }),
]);

const transition = z.object({
  type: z.literal('Transition'),
  startVersion: version,
  endVersion: version,
  modifications: z.array(modification),
  serverTs: z.number().nullish(),
  clientClockSkew: z.number().nullish(),
});
export type Transition = z.infer<typeof transition>;

const chunk = z.object({
  type: z.literal('TransitionChunk'),
  chunk: z.string(),
  partNumber: z.int().min(0),
  totalParts: z.int().min(1),
  transitionId: z.string(),
});
export type TransitionChunk = z.infer<typeof chunk>;

export const serverFrame = z.discriminatedUnion('type', [
  transition,
  chunk,
  z.object({ type: z.literal('Ping') }),
  z.object({ type: z.literal('FatalError'), error: z.string() }),
  z.object({ type: z.literal('AuthError'), error: z.string() }),
]);

/** Parses a frame, or says in one line why it is not one. */
export function parseFrame<T>(
  schema: z.ZodType<T>,
  text: string,
): { readonly frame: T } | { readonly problem: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { problem: 'it is not JSON' };
  }
  const parsed = schema.safeParse(json);
  if (parsed.success) return { frame: parsed.data };
  const issue = parsed.error.issues[0];
  return { problem: issue ? `${issue.path.join('.') || 'frame'}: ${issue.message}` : 'it does not fit' };
}

/** A commit time: unsigned 64 bit little-endian, base64; nanoseconds since 1970. */
export function decodeTs(ts: string): bigint {
  return Buffer.from(ts, 'base64').readBigUInt64LE();
}

/** Nanoseconds since 1970 to milliseconds with fractions; exact to a quarter of a microsecond. */
export function nsToMs(ns: bigint): number {
  return Number(ns / 1_000_000n) + Number(ns % 1_000_000n) / 1e6;
}
