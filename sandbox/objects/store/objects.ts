import { readFile } from 'node:fs/promises';
import type { ObjectReader } from '../../ports.ts';
import type { Sql } from '../../store/database.ts';
import type { Algorithm, Checksum } from '../checksums.ts';
import { S3Error } from '../s3-error.ts';
import type { Blobs, Chunks, SavedFile } from './blobs.ts';
import { etagOf, nowS, type KeptHeaders, type ObjectRecord, type Position } from './records.ts';

/** Throws when an object must not be replaced; asked in the same breath as it is, so that nobody comes between. */
export type Guard = (existing: ObjectRecord | undefined) => void;

export interface WriteOptions {
  readonly headers?: KeptHeaders;
  readonly algorithm?: Algorithm | undefined;
  /** Throws when the bytes are not what was announced. */
  readonly check?: (saved: SavedFile) => void;
  readonly guard?: Guard;
}

export interface Objects extends ObjectReader {
  get(bucket: string, key: string): ObjectRecord | undefined;
  list(bucket: string, prefix: string): ObjectRecord[];
  /** So many objects from a key on, in the order of their keys' UTF-8. */
  page(bucket: string, from: Position, limit: number): ObjectRecord[];
  /** Writes an object whole or not at all. @throws S3Error, and whatever chunks, check and guard throw. */
  write(bucket: string, key: string, chunks: Chunks, options?: WriteOptions): Promise<ObjectRecord>;
  /** Whether there was one. */
  remove(bucket: string, key: string): Promise<boolean>;
  /**
   * Makes a file the object of that key, in the transaction that is open or in one of its own.
   * @returns the file that it replaced.
   * @throws S3Error NoSuchBucket, and what the guard throws.
   */
  place(bucket: string, key: string, placed: Placed, guard?: Guard): string | undefined;
}

export interface Placed {
  readonly file: string;
  readonly sizeBytes: number;
  readonly etag: string;
  readonly headers: KeptHeaders;
  readonly checksum: Checksum | undefined;
}

interface Row {
  key: string;
  file: string;
  size: number;
  etag: string;
  modified_at: number;
  headers: string;
  checksum: string | null;
}

const columns = 'key, file, size, etag, modified_at, headers, checksum';

export function openObjectTable(sql: Sql, blobs: Blobs): Objects {
  const bucketCount = sql.prepare<{ n: number }>('SELECT count(*) AS n FROM buckets WHERE name = ?');
  const one = sql.prepare<Row>(`SELECT ${columns} FROM objects WHERE bucket = ? AND key = ?`);
  const from = sql.prepare<Row>(`SELECT ${columns} FROM objects WHERE bucket = ? AND key >= ? ORDER BY key LIMIT ?`);
  const after = sql.prepare<Row>(`SELECT ${columns} FROM objects WHERE bucket = ? AND key > ? ORDER BY key LIMIT ?`);
  const insert = sql.prepare(`INSERT OR REPLACE INTO objects (bucket, ${columns}) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`);
  const drop = sql.prepare('DELETE FROM objects WHERE bucket = ? AND key = ?');

  const toRecord = (row: Row): ObjectRecord => ({
    key: row.key,
    path: blobs.path(row.file),
    sizeBytes: row.size,
    etag: row.etag,
    modifiedAtS: row.modified_at,
    headers: JSON.parse(row.headers) as KeptHeaders,
    checksum: row.checksum === null ? undefined : (JSON.parse(row.checksum) as Checksum),
  });

  const objects: Objects = {
    get: (bucket, key) => {
      const row = one.get(bucket, key);
      return row && toRecord(row);
    },
    read: (bucket, key) => {
      const object = objects.get(bucket, key);
      if (object === undefined) return Promise.reject(new Error(`There is no object ${key} in the bucket ${bucket}.`));
      return readFile(object.path);
    },
    page: (bucket, { key, inclusive }, limit) => (inclusive ? from : after).all(bucket, key, limit).map(toRecord),
    list: (bucket, prefix) => {
      const found: ObjectRecord[] = [];
      for (const row of from.all(bucket, prefix, -1)) {
        if (!row.key.startsWith(prefix)) break;
        found.push(toRecord(row));
      }
      return found;
    },
    write: async (bucket, key, chunks, { headers = {}, algorithm, check, guard } = {}) => {
      const saved = await blobs.save(chunks, algorithm);
      let replaced: string | undefined;
      try {
        check?.(saved);
        const { file, sizeBytes, md5, checksum: value } = saved;
        const checksum: Checksum | undefined =
          algorithm === undefined || value === undefined ? undefined : { algorithm, type: 'FULL_OBJECT', value };
        replaced = objects.place(bucket, key, { file, sizeBytes, etag: etagOf(md5), headers, checksum }, guard);
      } catch (error) {
        await blobs.remove([saved.file]);
        throw error;
      }
      const written = objects.get(bucket, key);
      if (replaced !== undefined) await blobs.remove([replaced]);
      if (written === undefined) throw new Error(`The object ${key} is not there after it was written.`);
      return written;
    },
    place: (bucket, key, { file, sizeBytes, etag, headers, checksum }, guard) => {
      if (bucketCount.get(bucket)?.n !== 1) throw noSuchBucket(bucket);
      const existing = one.get(bucket, key);
      guard?.(existing && toRecord(existing));
      const kept = checksum === undefined ? null : JSON.stringify(checksum);
      insert.run(bucket, key, file, sizeBytes, etag, nowS(), JSON.stringify(headers), kept);
      return existing?.file;
    },
    remove: async (bucket, key) => {
      const existing = one.get(bucket, key);
      if (existing === undefined) return false;
      drop.run(bucket, key);
      await blobs.remove([existing.file]);
      return true;
    },
  };
  return objects;
}

export function noSuchBucket(bucket: string): S3Error {
  return new S3Error('NoSuchBucket', 'The specified bucket does not exist', { BucketName: bucket });
}
