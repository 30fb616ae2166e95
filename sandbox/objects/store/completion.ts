import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { Sql } from '../../store/database.ts';
import { composite, type Checksum } from '../checksums.ts';
import { S3Error } from '../s3-error.ts';
import { tooLarge, type Blobs, type SavedFile } from './blobs.ts';
import type { Guard, Objects } from './objects.ts';
import { bareEtag, etagOf, type ObjectRecord, type PartRecord, type UploadRecord } from './records.ts';

/** What every part but the last must have at least. */
const leastPartBytes = 5 * 1024 * 1024;

/** A part as the client lists it when it completes the upload. */
export interface ListedPart {
  readonly number: number;
  readonly etag: string;
  readonly checksum: string | undefined;
}

export interface CompleteOptions {
  /** The whole object's checksum as the client knows it. */
  readonly expected?: string | undefined;
  readonly guard?: Guard;
}

export interface CompletionParts {
  readonly sql: Sql;
  readonly blobs: Blobs;
  readonly objects: Objects;
  readonly largestBytes: number;
  /** @throws S3Error NoSuchUpload when it has ended meanwhile. */
  readonly requireUpload: (upload: UploadRecord) => void;
  /** Forgets the upload; returns the files of its parts. */
  readonly end: (upload: UploadRecord) => string[];
}

/** Makes one object of an upload's parts: joins them in a new file, then puts it in their place in one transaction. */
export function createCompletion({ sql, blobs, objects, largestBytes, requireUpload, end }: CompletionParts) {
  async function joined(upload: UploadRecord, parts: readonly PartRecord[]): Promise<SavedFile> {
    const algorithm = upload.checksum?.type === 'FULL_OBJECT' ? upload.checksum.algorithm : undefined;
    try {
      return await blobs.save(bytesOf(parts.map(({ file }) => blobs.path(file))), algorithm);
    } catch (cause) {
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'ENOENT')) throw cause;
      requireUpload(upload);
      throw new S3Error('InvalidPart', 'A part was replaced while the upload was completed.', {}, { cause });
    }
  }

  /** @returns the files that nothing names any more. */
  function put(
    upload: UploadRecord,
    parts: readonly PartRecord[],
    saved: SavedFile,
    options: CompleteOptions,
  ): string[] {
    const { bucket, key, headers } = upload;
    const checksum = checksumOf(upload, parts, saved);
    verify(options.expected, checksum);
    const etag = etagOf(hashOfHashes(parts), parts.length);
    sql.exec('BEGIN IMMEDIATE');
    try {
      requireUpload(upload);
      const files = end(upload);
      const { file, sizeBytes } = saved;
      const replaced = objects.place(bucket, key, { file, sizeBytes, etag, headers, checksum }, options.guard);
      sql.exec('COMMIT');
      return replaced === undefined ? files : [...files, replaced];
    } catch (error) {
      sql.exec('ROLLBACK');
      throw error;
    }
  }

  return async (
    upload: UploadRecord,
    known: readonly PartRecord[],
    listed: readonly ListedPart[],
    options: CompleteOptions = {},
  ): Promise<ObjectRecord> => {
    const parts = choose(known, listed, upload);
    if (parts.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0) > largestBytes) throw tooLarge(largestBytes);
    const saved = await joined(upload, parts);
    let gone: string[];
    try {
      gone = put(upload, parts, saved, options);
    } catch (error) {
      await blobs.remove([saved.file]);
      throw error;
    }
    const written = objects.get(upload.bucket, upload.key);
    await blobs.remove(gone);
    if (written === undefined) throw new Error(`The object ${upload.key} is not there after its upload was completed.`);
    return written;
  };
}

/** The upload's own parts that a client lists. @throws S3Error when the list cannot be made an object. */
function choose(known: readonly PartRecord[], listed: readonly ListedPart[], { checksum }: UploadRecord): PartRecord[] {
  const byNumber = new Map(known.map((part) => [part.number, part]));
  const chosen = listed.map(({ number, etag, checksum: given }, index) => {
    if (number <= (listed[index - 1]?.number ?? 0)) {
      throw new S3Error(
        'InvalidPartOrder',
        'The list of parts was not in ascending order. Parts must be ordered by part number.',
      );
    }
    const part = byNumber.get(number);
    const differs = given !== undefined && part?.checksum !== undefined && given !== part.checksum;
    if (part === undefined || differs || bareEtag(part.etag) !== bareEtag(etag)) {
      throw new S3Error(
        'InvalidPart',
        "One or more of the specified parts could not be found. The part may not have been uploaded, or the specified entity tag may not match the part's entity tag.",
        { PartNumber: number, ETag: etag },
      );
    }
    if (given === undefined && checksum?.type === 'COMPOSITE') {
      throw new S3Error(
        'InvalidRequest',
        `The upload was created using a ${checksum.algorithm.toLowerCase()} checksum. The complete request must include the checksum for each part. It was missing for part ${number} in the request.`,
      );
    }
    return part;
  });
  const small = chosen.slice(0, -1).find(({ sizeBytes }) => sizeBytes < leastPartBytes);
  if (small !== undefined) {
    throw new S3Error('EntityTooSmall', 'Your proposed upload is smaller than the minimum allowed size', {
      ProposedSize: small.sizeBytes,
      MinSizeAllowed: leastPartBytes,
      PartNumber: small.number,
      ETag: small.etag,
    });
  }
  return chosen;
}

async function* bytesOf(paths: readonly string[]): AsyncGenerator<Buffer> {
  for (const path of paths) yield* createReadStream(path) as AsyncIterable<Buffer>;
}

function checksumOf({ checksum }: UploadRecord, parts: readonly PartRecord[], saved: SavedFile): Checksum | undefined {
  if (checksum === undefined) return undefined;
  const { algorithm } = checksum;
  const value =
    saved.checksum ??
    composite(
      algorithm,
      parts.map((part) => {
        if (part.checksum !== undefined) return part.checksum;
        throw new Error(`Part ${part.number} has no checksum, though its upload has an algorithm.`);
      }),
    );
  return { ...checksum, value };
}

/** @throws S3Error when the client knows another checksum than the bytes have; it may leave out how many parts there are. */
function verify(expected: string | undefined, checksum: Checksum | undefined): void {
  if (expected === undefined || checksum === undefined) return;
  if (expected !== checksum.value && expected !== checksum.value.replace(/-\d+$/, '')) {
    throw new S3Error('BadDigest', `The ${checksum.algorithm} you specified did not match the calculated checksum.`);
  }
}

function hashOfHashes(parts: readonly PartRecord[]): Buffer {
  const hash = createHash('md5');
  for (const { etag } of parts) hash.update(Buffer.from(bareEtag(etag), 'hex'));
  return hash.digest();
}
