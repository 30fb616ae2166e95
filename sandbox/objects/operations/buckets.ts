import { S3Error } from '../s3-error.ts';
import { noSuchBucket } from '../store/objects.ts';
import { document, element, namespace } from '../wire/xml.ts';
import type { Answer, Call } from './call.ts';
import { requireBucket, requireBucketName } from './names.ts';

/** The one region that there is, by the name that every client has. */
const region = 'us-east-1';

export function listBuckets({ store }: Call): Answer {
  const buckets = store.buckets.all().map(({ name, createdAtS }) => ({
    name: 'Bucket',
    content: [...element('Name', name), ...element('CreationDate', new Date(createdAtS * 1000).toISOString())],
  }));
  const owner = [...element('ID', 'sandbox'), ...element('DisplayName', 'sandbox')];
  const content = [...element('Owner', owner), ...element('Buckets', buckets)];
  return { status: 200, xml: document({ name: 'ListAllMyBucketsResult', content }, namespace) };
}

export function createBucket({ store, bucket }: Call): Answer {
  requireBucketName(bucket);
  if (!store.buckets.create(bucket)) {
    throw new S3Error(
      'BucketAlreadyOwnedByYou',
      'Your previous request to create the named bucket succeeded and you already own it.',
      { BucketName: bucket },
    );
  }
  return { status: 200, headers: { location: `/${bucket}` } };
}

export function headBucket(call: Call): Answer {
  requireBucket(call);
  return { status: 200, headers: { 'x-amz-bucket-region': region } };
}

export function bucketLocation(call: Call): Answer {
  requireBucket(call);
  // The first region of all has no constraint.
  return { status: 200, xml: document({ name: 'LocationConstraint', content: '' }, namespace) };
}

export function deleteBucket({ store, bucket }: Call): Answer {
  switch (store.buckets.remove(bucket)) {
    case 'removed':
      return { status: 204 };
    case 'missing':
      throw noSuchBucket(bucket);
    case 'not-empty':
      throw new S3Error('BucketNotEmpty', 'The bucket you tried to delete is not empty', { BucketName: bucket });
  }
}
