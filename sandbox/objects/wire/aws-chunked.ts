/** The `aws-chunked` coding of a body: https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html and …-streaming-trailers.html */
import { createHash } from 'node:crypto';
import { S3Error } from '../s3-error.ts';
import type { ChunkSigning } from './authenticate.ts';
import { chunkText, isSame, sha256, sign } from './signature.ts';

/** Longest line between pieces: a size and a signature, or a trailer. */
const longestLineBytes = 1024;
const mostTrailers = 16;

export interface Coding {
  /** Undefined: the pieces carry no signatures. */
  readonly signing: ChunkSigning | undefined;
  /** Whether trailers follow the last piece. */
  readonly hasTrailers: boolean;
}

/**
 * Decodes a body piece by piece. A piece's bytes are given before its signature is known to be right: who takes them must
 * throw them away when this throws.
 * @param trailers filled in before the last piece has been taken; lower-case names.
 * @throws S3Error when the coding is broken, or a signature does not match.
 */
export async function* decodeChunks(
  source: AsyncIterator<Buffer, undefined>,
  { signing, hasTrailers }: Coding,
  trailers: Map<string, string>,
): AsyncGenerator<Buffer> {
  const reader = createReader(source);
  const signatures = signing && createSignatures(signing);
  try {
    for (;;) {
      const { sizeBytes, signature } = parseHead(await reader.line());
      const hash = createHash('sha256');
      for await (const piece of reader.take(sizeBytes)) {
        hash.update(piece);
        yield piece;
      }
      signatures?.check('PAYLOAD', hash.digest('hex'), signature);
      if (sizeBytes === 0) break;
      if ((await reader.line()) !== '') throw broken();
    }
    await readTrailers(reader, trailers);
    if (hasTrailers) {
      const given = trailers.get('x-amz-trailer-signature');
      trailers.delete('x-amz-trailer-signature');
      const text = [...trailers].map(([name, value]) => `${name}:${value}\n`).sort();
      signatures?.check('TRAILER', sha256(text.join('')), given);
    } else if (trailers.size > 0) throw broken();
    if (await reader.hasMore()) throw broken();
  } finally {
    await source.return?.();
  }
}

function parseHead(line: string): { sizeBytes: number; signature: string | undefined } {
  const [, size, signature] = /^([0-9a-f]{1,12})(?:;chunk-signature=([0-9a-f]{64}))?$/i.exec(line) ?? [];
  if (size === undefined) throw broken();
  return { sizeBytes: Number.parseInt(size, 16), signature };
}

async function readTrailers(reader: Reader, trailers: Map<string, string>): Promise<void> {
  for (let count = 0; await reader.hasMore(); count += 1) {
    const line = await reader.line();
    if (line === '') return;
    const colon = line.indexOf(':');
    if (colon < 1 || count === mostTrailers) {
      throw new S3Error('MalformedTrailerError', 'The request contained trailing data that was not well-formed.');
    }
    trailers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
}

/** Each signature covers the one before it, so that no piece can be left out, doubled or moved. */
function createSignatures({ key, dateTime, scope, previous }: ChunkSigning) {
  let last = previous;
  return {
    check: (kind: 'PAYLOAD' | 'TRAILER', hash: string, given: string | undefined): void => {
      const expected = sign(key, chunkText(kind, dateTime, scope, last, hash));
      if (given === undefined || !isSame(expected, given)) {
        throw new S3Error(
          'SignatureDoesNotMatch',
          'The request signature we calculated does not match the signature you provided. Check your key and signing method.',
          { SignedPart: kind === 'PAYLOAD' ? 'chunk' : 'trailer' },
        );
      }
      last = expected;
    },
  };
}

interface Reader {
  /** The bytes up to the next line end, without it. */
  line(): Promise<string>;
  take(bytes: number): AsyncGenerator<Buffer>;
  hasMore(): Promise<boolean>;
}

function createReader(source: AsyncIterator<Buffer, undefined>): Reader {
  let ahead: Buffer = Buffer.alloc(0);

  async function hasMore(): Promise<boolean> {
    while (ahead.length === 0) {
      const { done, value } = await source.next();
      if (done === true) return false;
      ahead = value;
    }
    return true;
  }

  return {
    hasMore,
    line: async () => {
      let line = Buffer.alloc(0);
      while (await hasMore()) {
        const end = ahead.indexOf('\n');
        line = Buffer.concat([line, end < 0 ? ahead : ahead.subarray(0, end)]);
        if (line.length > longestLineBytes) throw broken();
        ahead = end < 0 ? Buffer.alloc(0) : ahead.subarray(end + 1);
        if (end >= 0) return line.toString('latin1').replace(/\r$/, '');
      }
      throw incomplete();
    },
    take: async function* (bytes) {
      for (let left = bytes; left > 0;) {
        if (!(await hasMore())) throw incomplete();
        const piece = ahead.subarray(0, left);
        ahead = ahead.subarray(piece.length);
        left -= piece.length;
        yield piece;
      }
    },
  };
}

function broken(): S3Error {
  return new S3Error('InvalidRequest', 'The body is not in the aws-chunked coding that the request announces.');
}

export function incomplete(): S3Error {
  return new S3Error(
    'IncompleteBody',
    'You did not provide the number of bytes specified by the Content-Length or x-amz-decoded-content-length HTTP header',
  );
}
