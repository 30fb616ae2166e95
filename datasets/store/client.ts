/** The store as this project needs it: whole objects, streamed, with their checksums. */
import { createReadStream } from 'node:fs';
import type { Readable } from 'node:stream';
import type { StoreConfig } from './config.ts';
import { explained, isAbsent, StoreError } from './errors.ts';
import { wordsFor } from './manifest.ts';

/** What the store says of an object. */
export interface ObjectFacts {
  readonly sizeBytes: number;
  readonly etag: string;
  /** Lower-case hex; absent when whoever put it there did not say. */
  readonly sha256: string | undefined;
}

export interface Listed {
  readonly key: string;
  readonly sizeBytes: number;
}

export interface FileToPut {
  readonly key: string;
  /** Absolute. */
  readonly path: string;
  readonly sizeBytes: number;
  /** Lower-case hex; the store checks what it gets against it. */
  readonly sha256: string;
}

/** Every method throws a StoreError with a sentence for people. */
export interface Store {
  readonly config: StoreConfig;
  /** Undefined: there is no such object. */
  head(key: string): Promise<ObjectFacts | undefined>;
  /** An object as text; undefined when there is none. */
  text(key: string): Promise<string | undefined>;
  /** An object's bytes from a place on, of the version that bears this ETag. Its stream fails with the network's own errors. */
  bytes(key: string, version: { readonly etag: string; readonly from: number }): Promise<Readable>;
  /** Streams a file into the store; `sent` hears how many bytes of it are on their way. */
  put(file: FileToPut, sent: (bytes: number) => void): Promise<void>;
  putText(key: string, text: string): Promise<void>;
  /** All objects below a prefix. */
  list(prefix: string): Promise<Listed[]>;
  delete(key: string): Promise<void>;
  close(): void;
}

/** Larger files go in parts of this size, three at a time. */
const partBytes = 16 * 1024 * 1024;
/** The client warns of what it throws as well. */
const silent = { trace: nothing, debug: nothing, info: nothing, warn: nothing, error: nothing };
const types: Readonly<Record<string, string>> = {
  '.pdf': 'application/pdf',
  '.docx': 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
};

/**
 * Opens a store; nothing is asked of it yet. The client is loaded only now: it is large, and most processes that could open a
 * store never do.
 */
export async function openStore(config: StoreConfig): Promise<Store> {
  // Its version is the lockfile's: which Node later ones will need is nobody's concern here.
  process.env['AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED'] ??= 'true';
  const [{ Upload }, s3] = await Promise.all([import('@aws-sdk/lib-storage'), import('@aws-sdk/client-s3')]);
  const { DeleteObjectCommand, GetObjectCommand, HeadObjectCommand, ListObjectsV2Command, PutObjectCommand, S3Client } =
    s3;
  const client = new S3Client({
    endpoint: config.endpoint,
    region: 'auto',
    forcePathStyle: true,
    credentials: { accessKeyId: config.accessKeyId, secretAccessKey: config.secretAccessKey },
    maxAttempts: 3,
    // Files bring their SHA-256; what the client adds by itself beyond that, R2 does not take for streams.
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    logger: silent,
    requestHandler: { connectionTimeout: 10_000, socketTimeout: 60_000 },
  });
  const Bucket = config.bucket;
  const attempt = async <T>(doing: string, action: () => Promise<T>): Promise<T> => {
    try {
      return await action();
    } catch (error) {
      throw explained(error, config, doing);
    }
  };
  const absentOr = async <T>(doing: string, action: () => Promise<T>): Promise<T | undefined> => {
    try {
      return await action();
    } catch (error) {
      if (isAbsent(error)) return undefined;
      throw explained(error, config, doing);
    }
  };

  return {
    config,
    head: (Key) =>
      absentOr(`looking at ${wordsFor(Key)}`, async () => {
        const { ContentLength, ETag, Metadata } = await client.send(new HeadObjectCommand({ Bucket, Key }));
        return { sizeBytes: ContentLength ?? 0, etag: ETag ?? '', sha256: Metadata?.['sha256'] };
      }),
    text: (Key) =>
      absentOr(`reading ${wordsFor(Key)}`, async () => {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }));
        return (await Body?.transformToString('utf-8')) ?? '';
      }),
    bytes: (Key, { etag, from }) =>
      attempt(`fetching ${wordsFor(Key)}`, async () => {
        const range = from > 0 ? { Range: `bytes=${from}-` } : {};
        const answer = await client.send(new GetObjectCommand({ Bucket, Key, IfMatch: etag, ...range }));
        if (from > 0 && answer.ContentRange?.startsWith(`bytes ${from}-`) !== true)
          throw new StoreError(
            `The store at ${config.endpoint} does not go on with ${wordsFor(Key)} where it broke off.`,
          );
        // In Node a body is always a stream.
        return answer.Body as Readable;
      }),
    async put({ key: Key, path, sizeBytes, sha256 }, sent) {
      const described = { Bucket, Key, ContentType: typeOf(path), Metadata: { sha256 } };
      await attempt(`uploading ${wordsFor(Key)}`, async () => {
        if (sizeBytes > partBytes) {
          const upload = new Upload({
            client,
            params: { ...described, Body: createReadStream(path), ChecksumAlgorithm: 'SHA256' },
            partSize: partBytes,
            queueSize: 3,
          });
          upload.on('httpUploadProgress', ({ loaded }) => sent(loaded ?? 0));
          await upload.done();
        } else {
          const ChecksumSHA256 = Buffer.from(sha256, 'hex').toString('base64');
          const Body = createReadStream(path);
          await client.send(new PutObjectCommand({ ...described, Body, ContentLength: sizeBytes, ChecksumSHA256 }));
        }
      });
      sent(sizeBytes);
    },
    async putText(Key, text) {
      const object = { Bucket, Key, Body: text, ContentType: 'application/json' };
      await attempt(`writing ${wordsFor(Key)}`, () => client.send(new PutObjectCommand(object)));
    },
    list: (Prefix) =>
      attempt('listing', async () => {
        const listed: Listed[] = [];
        let ContinuationToken: string | undefined;
        do {
          const page = await client.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
          for (const { Key, Size } of page.Contents ?? [])
            if (Key !== undefined) listed.push({ key: Key, sizeBytes: Size ?? 0 });
          ContinuationToken = page.NextContinuationToken;
        } while (ContinuationToken !== undefined);
        return listed;
      }),
    async delete(Key) {
      await attempt(`deleting ${wordsFor(Key)}`, () => client.send(new DeleteObjectCommand({ Bucket, Key })));
    },
    close: () => client.destroy(),
  };
}

function typeOf(path: string): string {
  return Object.entries(types).find(([extension]) => path.endsWith(extension))?.[1] ?? 'application/octet-stream';
}

function nothing(): void {}
