import { randomUUID } from 'node:crypto';
import type { Sql } from '../../store/database.ts';
import type { Algorithm, ChecksumType } from '../checksums.ts';
import { S3Error } from '../s3-error.ts';
import type { Blobs, Chunks, SavedFile } from './blobs.ts';
import { createCompletion, type CompleteOptions, type ListedPart } from './completion.ts';
import { noSuchBucket, type Objects } from './objects.ts';
import { etagOf, nowS, type KeptHeaders, type ObjectRecord, type PartRecord, type UploadRecord } from './records.ts';

export interface Uploads {
  start(bucket: string, key: string, headers: KeptHeaders, checksum: UploadRecord['checksum']): UploadRecord;
  /** @throws S3Error NoSuchUpload, also when it is of another key. */
  get(bucket: string, key: string, id: string): UploadRecord;
  /** Of a bucket, by key, then by age. */
  all(bucket: string): UploadRecord[];
  /** Adds a part, or replaces it. @throws S3Error, and what chunks and check throw. */
  writePart(
    upload: UploadRecord,
    number: number,
    chunks: Chunks,
    options: { algorithm?: Algorithm | undefined; check?: (saved: SavedFile) => void },
  ): Promise<PartRecord>;
  /** Parts above a number, so many at most. */
  parts(upload: UploadRecord, above: number, limit: number): PartRecord[];
  /** Makes one object of the listed parts. @throws S3Error when the list is not of this upload's parts, and what the guard throws. */
  complete(upload: UploadRecord, listed: readonly ListedPart[], options?: CompleteOptions): Promise<ObjectRecord>;
  abort(upload: UploadRecord): Promise<void>;
}

interface UploadRow {
  id: string;
  bucket: string;
  key: string;
  started_at: number;
  headers: string;
  algorithm: Algorithm | null;
  checksum_type: ChecksumType | null;
}

interface PartRow {
  number: number;
  file: string;
  size: number;
  etag: string;
  modified_at: number;
  checksum: string | null;
}

const toUpload = (row: UploadRow): UploadRecord => ({
  id: row.id,
  bucket: row.bucket,
  key: row.key,
  startedAtS: row.started_at,
  headers: JSON.parse(row.headers) as KeptHeaders,
  checksum:
    row.algorithm === null || row.checksum_type === null
      ? undefined
      : { algorithm: row.algorithm, type: row.checksum_type },
});

const toPart = (row: PartRow): PartRecord => ({
  number: row.number,
  file: row.file,
  sizeBytes: row.size,
  etag: row.etag,
  modifiedAtS: row.modified_at,
  checksum: row.checksum ?? undefined,
});

export interface UploadsOptions {
  readonly sql: Sql;
  readonly blobs: Blobs;
  readonly objects: Objects;
  readonly largestBytes: number;
}

export function openUploads({ sql, blobs, objects, largestBytes }: UploadsOptions): Uploads {
  const bucketExists = sql.prepare<{ name: string }>('SELECT name FROM buckets WHERE name = ?');
  const insert = sql.prepare('INSERT INTO uploads VALUES (?, ?, ?, ?, ?, ?, ?)');
  const one = sql.prepare<UploadRow>('SELECT * FROM uploads WHERE id = ? AND bucket = ? AND key = ?');
  const ofBucket = sql.prepare<UploadRow>('SELECT * FROM uploads WHERE bucket = ? ORDER BY key, started_at, id');
  const drop = sql.prepare('DELETE FROM uploads WHERE id = ?');
  const partColumns = 'number, file, size, etag, modified_at, checksum';
  const putPart = sql.prepare(`INSERT OR REPLACE INTO parts (upload_id, ${partColumns}) VALUES (?, ?, ?, ?, ?, ?, ?)`);
  const onePart = sql.prepare<PartRow>(`SELECT ${partColumns} FROM parts WHERE upload_id = ? AND number = ?`);
  const partsAbove = sql.prepare<PartRow>(
    `SELECT ${partColumns} FROM parts WHERE upload_id = ? AND number > ? ORDER BY number LIMIT ?`,
  );
  const allParts = (upload: UploadRecord): PartRecord[] => partsAbove.all(upload.id, 0, -1).map(toPart);

  /** Forgets the upload; returns the files of its parts. */
  const end = (upload: UploadRecord): string[] => {
    const files = allParts(upload).map(({ file }) => file);
    drop.run(upload.id);
    return files;
  };
  const requireUpload = ({ bucket, key, id }: UploadRecord): UploadRecord => uploads.get(bucket, key, id);
  const complete = createCompletion({ sql, blobs, objects, largestBytes, requireUpload, end });

  const uploads: Uploads = {
    start: (bucket, key, headers, checksum) => {
      if (bucketExists.get(bucket) === undefined) throw noSuchBucket(bucket);
      const upload: UploadRecord = { id: randomUUID(), bucket, key, startedAtS: nowS(), headers, checksum };
      const { algorithm = null, type = null } = checksum ?? {};
      insert.run(upload.id, bucket, key, upload.startedAtS, JSON.stringify(headers), algorithm, type);
      return upload;
    },
    get: (bucket, key, id) => {
      const row = one.get(id, bucket, key);
      if (row === undefined) throw noSuchUpload(id);
      return toUpload(row);
    },
    all: (bucket) => ofBucket.all(bucket).map(toUpload),
    writePart: async (upload, number, chunks, { algorithm, check }) => {
      const saved = await blobs.save(chunks, algorithm ?? upload.checksum?.algorithm);
      const { id } = upload;
      const { file, sizeBytes } = saved;
      const part: PartRecord = {
        number,
        file,
        sizeBytes,
        etag: etagOf(saved.md5),
        modifiedAtS: nowS(),
        checksum: upload.checksum && saved.checksum,
      };
      let replaced: PartRow | undefined;
      try {
        check?.(saved);
        requireUpload(upload); // It may have ended while the part came in.
        replaced = onePart.get(id, number);
        putPart.run(id, number, file, sizeBytes, part.etag, part.modifiedAtS, part.checksum ?? null);
      } catch (error) {
        await blobs.remove([file]);
        throw error;
      }
      if (replaced !== undefined) await blobs.remove([replaced.file]);
      return part;
    },
    parts: (upload, above, limit) => partsAbove.all(upload.id, above, limit).map(toPart),
    complete: (upload, listed, options) => complete(upload, allParts(upload), listed, options),
    abort: (upload) => blobs.remove(end(upload)),
  };
  return uploads;
}

function noSuchUpload(id: string): S3Error {
  return new S3Error(
    'NoSuchUpload',
    'The specified upload does not exist. The upload ID may be invalid, or the upload may have been aborted or completed.',
    { UploadId: id },
  );
}
