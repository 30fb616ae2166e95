import { join } from 'node:path';
import { openDatabase } from '../../store/database.ts';
import { openBlobs } from './blobs.ts';
import { openBuckets, type Buckets } from './buckets.ts';
import { openObjectTable, type Objects } from './objects.ts';
import { migrations } from './schema.ts';
import { openUploads, type Uploads } from './uploads.ts';

/** The bucket that is there from the start. */
export const firstBucket = 'muster';

/** The largest object that one request may bring to S3, and here the largest altogether. */
const gibibyte = 1024 ** 3;
const largestObjectBytes = 5 * gibibyte;

/** Buckets and objects, kept on disk. The database says what is there; a file that it does not name is not. */
export interface ObjectStore extends Objects {
  readonly buckets: Buckets;
  readonly uploads: Uploads;
  readonly largestBytes: number;
  close(): void;
}

/**
 * Opens the objects of a data folder (`objects/` in it), making them when they are new, and takes away what a process left
 * that was killed while it wrote.
 * @throws DataFolderError when it cannot be written to, or when another process has it open.
 */
export function openObjects(folder: string, { largestBytes = largestObjectBytes } = {}): ObjectStore {
  const home = join(folder, 'objects');
  const sql = openDatabase(home, 'objects.db', migrations);
  try {
    const blobs = openBlobs(join(home, 'files'), largestBytes);
    const named = sql.prepare<{ file: string }>('SELECT file FROM objects UNION ALL SELECT file FROM parts').all();
    blobs.keepOnly(new Set(named.map(({ file }) => file)));
    const objects = openObjectTable(sql, blobs);
    const buckets = openBuckets(sql);
    buckets.create(firstBucket);
    const uploads = openUploads({ sql, blobs, objects, largestBytes });
    return {
      ...objects,
      buckets,
      uploads,
      largestBytes,
      close: () => {
        sql.close();
      },
    };
  } catch (error) {
    sql.close();
    throw error;
  }
}
