/** What the store keeps of an object, of an upload in parts, and of a part. */
import type { StoredObject } from '../../ports.ts';
import type { Algorithm, Checksum, ChecksumType } from '../checksums.ts';

/** Headers that come back with the object: `content-type` and its like, and `x-amz-meta-…`. */
export type KeptHeaders = Readonly<Record<string, string>>;

export interface ObjectRecord extends StoredObject {
  /** Seconds since 1970: HTTP dates know no more. */
  readonly modifiedAtS: number;
  readonly headers: KeptHeaders;
  readonly checksum: Checksum | undefined;
}

export interface UploadRecord {
  readonly id: string;
  readonly bucket: string;
  readonly key: string;
  readonly startedAtS: number;
  readonly headers: KeptHeaders;
  /** What its parts and the whole are checked by, if anything. */
  readonly checksum: { readonly algorithm: Algorithm; readonly type: ChecksumType } | undefined;
}

export interface PartRecord {
  readonly number: number;
  readonly file: string;
  readonly sizeBytes: number;
  /** As S3 gives it, in quotes. */
  readonly etag: string;
  readonly modifiedAtS: number;
  /** Base64, of the upload's algorithm. */
  readonly checksum: string | undefined;
}

/** Where a list goes on: at a key, or right after it. */
export interface Position {
  readonly key: string;
  readonly inclusive: boolean;
}

export const nowS = (): number => Math.floor(Date.now() / 1000);

/** A hash as an ETag. @param parts how many parts it was made of, for an object that came in parts. */
export function etagOf(hash: Buffer, parts?: number): string {
  return `"${hash.toString('hex')}${parts === undefined ? '' : `-${parts}`}"`;
}

/** The same ETag however a client writes it: quoted, bare or weak. */
export function bareEtag(text: string): string {
  return text
    .trim()
    .replace(/^W\//, '')
    .replace(/^"(.*)"$/, '$1');
}
