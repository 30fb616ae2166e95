/** Signature Version 4 as https://docs.aws.amazon.com/AmazonS3/latest/API/sig-v4-authenticating-requests.html defines it; nothing here looks at a request. */
import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { decode } from './target.ts';

export const algorithmName = 'AWS4-HMAC-SHA256';

export interface Canonical {
  readonly method: string;
  /** Percent-encoded, as sent. */
  readonly rawPath: string;
  /** Decoded pairs, without the signature itself. */
  readonly query: readonly (readonly [name: string, value: string])[];
  /** Lower-case names with all their values. */
  readonly headers: readonly (readonly [name: string, values: readonly string[]])[];
  readonly payloadHash: string;
}

/** What a signature is good for: a day, a region, a service. */
export interface Scope {
  /** `yyyymmdd`. */
  readonly date: string;
  readonly region: string;
}

export const scopeText = ({ date, region }: Scope): string => `${date}/${region}/s3/aws4_request`;

/** The request in the one form that both sides sign. */
export function canonicalRequest({ method, rawPath, query, headers, payloadHash }: Canonical): string {
  const sorted = [...headers].sort(([a], [b]) => compare(a, b));
  return [
    method,
    rawPath
      .split('/')
      .map((segment) => encode(decode(segment)))
      .join('/'),
    query
      .map(([name, value]) => [encode(name), encode(value)] as const)
      .sort(([a, x], [b, y]) => compare(a, b) || compare(x, y))
      .map((pair) => pair.join('='))
      .join('&'),
    ...sorted.map(([name, values]) => `${name}:${values.map(collapse).join(',')}`),
    '',
    sorted.map(([name]) => name).join(';'),
    payloadHash,
  ].join('\n');
}

/** What is signed of a whole request. @param dateTime `yyyymmddThhmmssZ` */
export function requestText(dateTime: string, scope: Scope, canonical: string): string {
  return [algorithmName, dateTime, scopeText(scope), sha256(canonical)].join('\n');
}

/** What is signed of a piece of a body, and of the trailer behind it. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html */
export function chunkText(
  kind: 'PAYLOAD' | 'TRAILER',
  dateTime: string,
  scope: Scope,
  previous: string,
  hash: string,
): string {
  const head = [`${algorithmName}-${kind}`, dateTime, scopeText(scope), previous];
  return [...head, ...(kind === 'PAYLOAD' ? [sha256('')] : []), hash].join('\n');
}

export function signingKey(secret: string, { date, region }: Scope): Buffer {
  return [date, region, 's3', 'aws4_request'].reduce<Buffer>(
    (key, text) => createHmac('sha256', key).update(text).digest(),
    Buffer.from(`AWS4${secret}`),
  );
}

/** In hexadecimal. */
export function sign(key: Buffer, text: string): string {
  return createHmac('sha256', key).update(text).digest('hex');
}

/** Compares without telling by its duration where they differ. */
export function isSame(expected: string, given: string): boolean {
  const [a, b] = [Buffer.from(expected), Buffer.from(given)];
  return a.length === b.length && timingSafeEqual(a, b);
}

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

/** Percent-encodes everything but RFC 3986's unreserved characters. */
export function encode(text: string): string {
  return encodeURIComponent(text).replaceAll(
    /[!'()*]/g,
    (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const collapse = (value: string): string => value.trim().replaceAll(/ +/g, ' ');

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);
