import { S3Error } from '../s3-error.ts';
import { bucketLocation, createBucket, deleteBucket, headBucket, listBuckets } from './buckets.ts';
import type { Answer, Call } from './call.ts';
import { deleteObject, deleteObjects } from './delete.ts';
import { notImplemented, overrideParameters } from './headers.ts';
import { listObjects, listObjectsV2 } from './listing.ts';
import { getObject, headObject } from './read.ts';
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  listMultipartUploads,
  listParts,
  uploadPart,
} from './uploads.ts';
import { copyObject, putObject } from './write.ts';

/** A thing that the store can be asked to do. */
export interface Operation {
  readonly name: string;
  readonly on: 'service' | 'bucket' | 'object';
  readonly method: 'GET' | 'HEAD' | 'PUT' | 'POST' | 'DELETE';
  /** Parameters of the query that make it this operation, with their value where it matters. */
  readonly marks?: Readonly<Record<string, string | undefined>>;
  /** A header that makes it this operation. */
  readonly header?: string;
  /** Other parameters that it knows. */
  readonly options?: readonly string[];
  readonly run: (call: Call) => Answer | Promise<Answer>;
}

const listOptions = ['prefix', 'delimiter', 'max-keys', 'encoding-type'];

/** Where several fit, the one that asks for most is meant; so those stand first. */
const operations: readonly Operation[] = [
  { name: 'ListBuckets', on: 'service', method: 'GET', run: listBuckets },

  { name: 'GetBucketLocation', on: 'bucket', method: 'GET', marks: { location: '' }, run: bucketLocation },
  {
    name: 'ListMultipartUploads',
    on: 'bucket',
    method: 'GET',
    marks: { uploads: '' },
    options: ['prefix'],
    run: listMultipartUploads,
  },
  {
    name: 'ListObjectsV2',
    on: 'bucket',
    method: 'GET',
    marks: { 'list-type': '2' },
    options: [...listOptions, 'continuation-token', 'start-after', 'fetch-owner'],
    run: listObjectsV2,
  },
  { name: 'ListObjects', on: 'bucket', method: 'GET', options: [...listOptions, 'marker'], run: listObjects },
  { name: 'HeadBucket', on: 'bucket', method: 'HEAD', run: headBucket },
  { name: 'CreateBucket', on: 'bucket', method: 'PUT', run: createBucket },
  { name: 'DeleteBucket', on: 'bucket', method: 'DELETE', run: deleteBucket },
  { name: 'DeleteObjects', on: 'bucket', method: 'POST', marks: { delete: '' }, run: deleteObjects },

  {
    name: 'ListParts',
    on: 'object',
    method: 'GET',
    marks: { uploadId: undefined },
    options: ['max-parts', 'part-number-marker'],
    run: listParts,
  },
  { name: 'GetObject', on: 'object', method: 'GET', options: overrideParameters, run: getObject },
  { name: 'HeadObject', on: 'object', method: 'HEAD', options: overrideParameters, run: headObject },
  {
    name: 'UploadPartCopy',
    on: 'object',
    method: 'PUT',
    marks: { uploadId: undefined, partNumber: undefined },
    header: 'x-amz-copy-source',
    run: () => {
      throw notImplemented('x-amz-copy-source');
    },
  },
  {
    name: 'UploadPart',
    on: 'object',
    method: 'PUT',
    marks: { uploadId: undefined, partNumber: undefined },
    run: uploadPart,
  },
  { name: 'CopyObject', on: 'object', method: 'PUT', header: 'x-amz-copy-source', run: copyObject },
  { name: 'PutObject', on: 'object', method: 'PUT', run: putObject },
  { name: 'CreateMultipartUpload', on: 'object', method: 'POST', marks: { uploads: '' }, run: createMultipartUpload },
  {
    name: 'CompleteMultipartUpload',
    on: 'object',
    method: 'POST',
    marks: { uploadId: undefined },
    run: completeMultipartUpload,
  },
  {
    name: 'AbortMultipartUpload',
    on: 'object',
    method: 'DELETE',
    marks: { uploadId: undefined },
    run: abortMultipartUpload,
  },
  { name: 'DeleteObject', on: 'object', method: 'DELETE', run: deleteObject },
];

/** What a request asks for. @throws S3Error when it is nothing that this store does. */
export function findOperation(
  method: string,
  { bucket, key, query, header }: Pick<Call, 'bucket' | 'key' | 'query' | 'header'>,
  parameters: readonly string[],
): Operation {
  const on = bucket === '' ? 'service' : key === '' ? 'bucket' : 'object';
  const here = operations.filter((operation) => operation.on === on);
  const found = here.find(
    (operation) =>
      operation.method === method &&
      Object.entries(operation.marks ?? {}).every(([name, value]) => {
        const given = query(name);
        return given !== undefined && (value === undefined || given === value);
      }) &&
      (operation.header === undefined || header(operation.header) !== undefined),
  );
  if (found === undefined && here.every((operation) => operation.method !== method)) {
    throw new S3Error('MethodNotAllowed', 'The specified method is not allowed against this resource.', {
      Method: method,
      ResourceType: on.toUpperCase(),
    });
  }
  const known = [...Object.keys(found?.marks ?? {}), ...(found?.options ?? [])];
  const beyond = parameters.find((name) => !known.includes(name) && !isOfEvery(name));
  if (found === undefined || beyond !== undefined) throw notImplemented(beyond ?? parameters.join('&'));
  return found;
}

/** Parameters that any request may have: what signs a link, what stands for headers in it, and the SDK's name for the operation. */
function isOfEvery(name: string): boolean {
  return name === 'x-id' || /^x-amz-/i.test(name);
}
