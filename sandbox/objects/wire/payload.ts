import { createHash } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { S3Error } from '../s3-error.ts';
import type { Authenticated } from './authenticate.ts';
import { decodeChunks, incomplete, type Coding } from './aws-chunked.ts';

/** A request's body, decoded and checked as it streams. */
export interface Payload {
  /** How many bytes it is to have; undefined when the client did not say. */
  readonly sizeBytes: number | undefined;
  /** The bytes. Throws at their end, at the latest, when they are not what was signed. */
  readonly chunks: AsyncIterable<Buffer>;
  /** What came after the bytes, once they have all been taken; lower-case names. */
  readonly trailers: ReadonlyMap<string, string>;
}

/** @throws S3Error when the body is announced in a way that is not known. */
export function openPayload(request: IncomingMessage, { payloadHash, chunkSigning }: Authenticated): Payload {
  const trailers = new Map<string, string>();
  // Not destroyed when a reader gives up: the answer that says why still has to get back.
  const raw = (): AsyncIterableIterator<Buffer, undefined> =>
    request.iterator({ destroyOnReturn: false }) as AsyncIterableIterator<Buffer, undefined>;
  const length = sizeHeader(request, 'content-length');

  if (!payloadHash.startsWith('STREAMING-')) {
    if (payloadHash === 'UNSIGNED-PAYLOAD')
      return { sizeBytes: length, trailers, chunks: { [Symbol.asyncIterator]: raw } };
    if (!/^[0-9a-f]{64}$/.test(payloadHash)) throw unknownHash(payloadHash);
    return { sizeBytes: length, trailers, chunks: { [Symbol.asyncIterator]: () => hashed(raw(), payloadHash) } };
  }
  const sizeBytes = sizeHeader(request, 'x-amz-decoded-content-length');
  const coding = codings(chunkSigning)[payloadHash];
  if (coding === undefined) throw unknownHash(payloadHash);
  return {
    sizeBytes,
    trailers,
    chunks: { [Symbol.asyncIterator]: () => counted(decodeChunks(raw(), coding, trailers), sizeBytes) },
  };
}

function codings(signing: Authenticated['chunkSigning']): Readonly<Record<string, Coding>> {
  return {
    'STREAMING-UNSIGNED-PAYLOAD-TRAILER': { signing: undefined, hasTrailers: true },
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD': { signing, hasTrailers: false },
    'STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER': { signing, hasTrailers: true },
  };
}

async function* hashed(chunks: AsyncIterable<Buffer>, expected: string): AsyncGenerator<Buffer> {
  const hash = createHash('sha256');
  for await (const chunk of chunks) {
    hash.update(chunk);
    yield chunk;
  }
  const actual = hash.digest('hex');
  if (actual !== expected) {
    throw new S3Error(
      'XAmzContentSHA256Mismatch',
      "The provided 'x-amz-content-sha256' header does not match what was computed.",
      {
        ClientComputedContentSHA256: expected,
        S3ComputedContentSHA256: actual,
      },
    );
  }
}

async function* counted(chunks: AsyncIterable<Buffer>, expected: number | undefined): AsyncGenerator<Buffer> {
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (expected !== undefined && bytes > expected) throw incomplete();
    yield chunk;
  }
  if (expected !== undefined && bytes !== expected) throw incomplete();
}

/** The whole of a small body. @throws S3Error MalformedXML when it is larger than any that is asked for. */
export async function collect({ chunks }: Payload, mostBytes: number): Promise<Buffer> {
  const collected: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of chunks) {
    bytes += chunk.length;
    if (bytes > mostBytes) throw new S3Error('MalformedXML', `The XML you provided is longer than ${mostBytes} bytes.`);
    collected.push(chunk);
  }
  return Buffer.concat(collected);
}

function sizeHeader(request: IncomingMessage, name: string): number | undefined {
  const value = request.headers[name];
  if (value === undefined) return undefined;
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value)) {
    throw new S3Error('InvalidArgument', `${name} must be a number of bytes.`, { ArgumentName: name });
  }
  return Number(value);
}

function unknownHash(value: string): S3Error {
  return new S3Error(
    'InvalidArgument',
    'x-amz-content-sha256 must be UNSIGNED-PAYLOAD, STREAMING-UNSIGNED-PAYLOAD-TRAILER, STREAMING-AWS4-HMAC-SHA256-PAYLOAD, STREAMING-AWS4-HMAC-SHA256-PAYLOAD-TRAILER, or a valid sha256 value.',
    { ArgumentName: 'x-amz-content-sha256', ArgumentValue: value },
  );
}
