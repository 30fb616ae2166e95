import { createHash, randomUUID } from 'node:crypto';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createHasher, type Algorithm } from '../checksums.ts';
import { S3Error } from '../s3-error.ts';

/** Bytes in pieces, as they come. */
export type Chunks = AsyncIterable<Uint8Array> | Iterable<Uint8Array>;

/** A file that was just written, and what its bytes come to. */
export interface SavedFile {
  readonly file: string;
  readonly sizeBytes: number;
  readonly md5: Buffer;
  /** Base64, when one was asked for. */
  readonly checksum: string | undefined;
}

/** Files of names that nobody chose: what a client calls an object never becomes part of a path. */
export interface Blobs {
  path(file: string): string;
  /**
   * Writes a new file piece by piece; when the pieces end in an error, nothing stays.
   * @throws S3Error EntityTooLarge, and whatever the pieces throw.
   */
  save(chunks: Chunks, algorithm?: Algorithm): Promise<SavedFile>;
  remove(files: readonly string[]): Promise<void>;
  /** Takes away every file but these: what a process left that was killed while it wrote. */
  keepOnly(files: ReadonlySet<string>): void;
}

export function openBlobs(folder: string, largestBytes: number): Blobs {
  mkdirSync(folder, { recursive: true });
  const path = (file: string): string => join(folder, file);

  return {
    path,
    save: async (chunks, algorithm) => {
      const file = randomUUID();
      const handle = await open(path(file), 'wx', 0o600);
      try {
        const md5 = createHash('md5');
        const hasher = algorithm && createHasher(algorithm);
        let sizeBytes = 0;
        for await (const chunk of chunks) {
          sizeBytes += chunk.length;
          if (sizeBytes > largestBytes) throw tooLarge(largestBytes);
          md5.update(chunk);
          hasher?.update(chunk);
          await handle.appendFile(chunk);
        }
        await handle.close();
        return { file, sizeBytes, md5: md5.digest(), checksum: hasher?.digest().toString('base64') };
      } catch (error) {
        await handle.close();
        await rm(path(file), { force: true });
        throw error;
      }
    },
    remove: async (files) => {
      for (const file of files) await rm(path(file), { force: true });
    },
    keepOnly: (files) => {
      for (const file of readdirSync(folder)) if (!files.has(file)) rmSync(path(file), { force: true });
    },
  };
}

/** @param largestBytes the bound that was passed. */
export function tooLarge(largestBytes: number): S3Error {
  return new S3Error('EntityTooLarge', 'Your proposed upload exceeds the maximum allowed object size.', {
    MaxSizeAllowed: largestBytes,
  });
}
