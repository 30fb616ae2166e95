/** What a check is run against, and how to ask it: with the unmodified SDK, or byte by byte where the SDK would not lie. */
import { request as httpRequest, type Agent, type IncomingHttpHeaders } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { createHash } from 'node:crypto';
import { S3Client, S3ServiceException, type S3ClientConfig } from '@aws-sdk/client-s3';
import {
  algorithmName,
  canonicalRequest,
  encode,
  requestText,
  scopeText,
  sign,
  signingKey,
  type Scope,
} from '../wire/signature.ts';

export interface CheckTarget {
  readonly endpoint: string;
  readonly region: string;
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly bucket: string;
  /** Begins every key of one round of checks. */
  readonly prefix: string;
}

/** One thing that the store must do. */
export interface Check {
  readonly name: string;
  /** Set where S3 and R2 answer differently, or where the matter is the sandbox's own. */
  readonly only?: 'sandbox';
  readonly run: (target: CheckTarget) => Promise<void>;
}

export function client(target: CheckTarget, changes: Partial<S3ClientConfig> = {}): S3Client {
  const { endpoint, region, accessKeyId, secretAccessKey } = target;
  const credentials = { accessKeyId, secretAccessKey };
  return new S3Client({ endpoint, region, credentials, forcePathStyle: true, maxAttempts: 1, ...changes });
}

/** A key of this round. */
export const keyOf = ({ prefix }: CheckTarget, name: string): string => `${prefix}${name}`;

/** What an answer that should be a refusal says. @throws when it is none. */
export async function refusal(asked: Promise<unknown>): Promise<{ status: number | undefined; code: string }> {
  try {
    await asked;
  } catch (error) {
    if (!(error instanceof S3ServiceException)) throw error;
    return { status: error.$metadata.httpStatusCode, code: error.name };
  }
  throw new Error('It was accepted.');
}

export interface RawRequest {
  readonly method: string;
  /** Without the bucket; empty for the bucket itself. */
  readonly key: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: Buffer;
  /** The body's SHA-256 when left out. */
  readonly payloadHash?: string;
  /** Milliseconds since 1970; now when left out. */
  readonly signedAtMs?: number;
  /** Changes headers after they were signed. */
  readonly tamper?: (headers: Record<string, string>) => void;
}

export interface SignedRequest {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly key: Buffer;
  readonly dateTime: string;
  readonly scope: Scope;
  readonly signature: string;
}

/** Signs as a client would, header by header. */
export function signRequest(target: CheckTarget, raw: RawRequest): SignedRequest {
  const dateTime = new Date(raw.signedAtMs ?? Date.now()).toISOString().replaceAll(/[:-]|\.\d{3}/g, '');
  const scope: Scope = { date: dateTime.slice(0, 8), region: target.region };
  const payloadHash =
    raw.payloadHash ??
    createHash('sha256')
      .update(raw.body ?? '')
      .digest('hex');
  const headers: Record<string, string> = {
    ...raw.headers,
    host: new URL(target.endpoint).host,
    'x-amz-date': dateTime,
    'x-amz-content-sha256': payloadHash,
  };
  const query = Object.entries(raw.query ?? {});
  const rawPath = ['', target.bucket, ...(raw.key === '' ? [] : raw.key.split('/'))].map(encode).join('/');
  const signed = Object.entries(headers).map(([name, value]) => [name, [value]] as const);
  const canonical = canonicalRequest({ method: raw.method, rawPath, query, headers: signed, payloadHash });
  const key = signingKey(target.secretAccessKey, scope);
  const signature = sign(key, requestText(dateTime, scope, canonical));
  const names = Object.keys(headers).sort().join(';');
  raw.tamper?.(headers);
  headers['authorization'] =
    `${algorithmName} Credential=${target.accessKeyId}/${scopeText(scope)}, SignedHeaders=${names}, Signature=${signature}`;
  const search = query.map(([name, value]) => `${encode(name)}=${encode(value)}`).join('&');
  return { path: search === '' ? rawPath : `${rawPath}?${search}`, headers, key, dateTime, scope, signature };
}

export interface RawAnswer {
  readonly status: number;
  /** S3's code of a refusal; empty where there is none. */
  readonly code: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: Buffer;
}

/** Sends what was signed, with that body. */
export function sendRaw(
  { endpoint }: CheckTarget,
  method: string,
  { path, headers }: Pick<SignedRequest, 'path' | 'headers'>,
  body: Buffer = Buffer.alloc(0),
  agent: Agent | false = false,
): Promise<RawAnswer> {
  const url = new URL(endpoint);
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const options = { hostname: url.hostname, port: url.port, method, path, agent };
    const length = method === 'GET' ? {} : { 'content-length': body.length };
    const request = send({ ...options, headers: { ...headers, ...length } }, (response) => {
      const chunks: Buffer[] = [];
      response.on('data', (chunk: Buffer) => chunks.push(chunk));
      response.on('error', reject);
      response.on('end', () => {
        const whole = Buffer.concat(chunks);
        const code = /<Code>(\w+)<\/Code>/.exec(whole.toString())?.[1] ?? '';
        resolve({ status: response.statusCode ?? 0, code, headers: response.headers, body: whole });
      });
    });
    request.on('error', reject);
    request.end(body);
  });
}

export function raw(target: CheckTarget, request: RawRequest): Promise<RawAnswer> {
  return sendRaw(target, request.method, signRequest(target, request), request.body);
}
