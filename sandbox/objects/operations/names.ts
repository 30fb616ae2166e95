import { noSuchBucket } from '../store/objects.ts';
import { S3Error } from '../s3-error.ts';
import type { Call } from './call.ts';

const longestKeyBytes = 1024;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html */
export function requireBucketName(name: string): void {
  if (!/^(?!\d+\.\d+\.\d+\.\d+$)(?!.*\.\.)[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(name)) {
    throw new S3Error('InvalidBucketName', 'The specified bucket is not valid.', { BucketName: name });
  }
}

/** @throws S3Error NoSuchBucket */
export function requireBucket({ store, bucket }: Pick<Call, 'store' | 'bucket'>): void {
  if (!store.buckets.has(bucket)) throw noSuchBucket(bucket);
}

/** A key is any text but one: it is stored as it is and never part of a path. @throws S3Error when it is too long. */
export function requireKey(key: string): void {
  const bytes = Buffer.byteLength(key);
  if (bytes > longestKeyBytes) {
    throw new S3Error('KeyTooLongError', 'Your key is too long', { Size: bytes, MaxSizeAllowed: longestKeyBytes });
  }
  if (key.includes('\0')) throw new S3Error('InvalidArgument', 'A key must not contain the character U+0000.');
}

export function noSuchKey(key: string): S3Error {
  return new S3Error('NoSuchKey', 'The specified key does not exist.', { Key: key });
}
