import { S3Error } from '../s3-error.ts';
import type { KeptHeaders, ObjectRecord } from '../store/records.ts';
import { checksumHeader } from '../wire/integrity.ts';
import type { Call } from './call.ts';

const metadata = 'x-amz-meta-';
const largestMetadataBytes = 2048;
const kept = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];

/** What a request says of an object that is to come back with it. @throws S3Error MetadataTooLarge */
export function keptHeaders({ header, headerNames }: Pick<Call, 'header' | 'headerNames'>): KeptHeaders {
  const headers: Record<string, string> = { 'content-type': 'binary/octet-stream' };
  let metadataBytes = 0;
  for (const name of headerNames) {
    const isMetadata = name.startsWith(metadata);
    const value = header(name);
    if (value === undefined || value === '' || !(isMetadata || kept.includes(name))) continue;
    requireSendable(name, value);
    if (isMetadata) metadataBytes += name.length - metadata.length + value.length;
    // How the body came is not how the object is coded.
    const own = name === 'content-encoding' ? withoutChunked(value) : value;
    if (own !== '') headers[name] = own;
  }
  if (metadataBytes > largestMetadataBytes) {
    throw new S3Error('MetadataTooLarge', 'Your metadata headers exceed the maximum allowed metadata size', {
      Size: metadataBytes,
      MaxSizeAllowed: largestMetadataBytes,
    });
  }
  return headers;
}

function withoutChunked(codings: string): string {
  return codings
    .split(',')
    .map((coding) => coding.trim())
    .filter((coding) => coding !== '' && coding !== 'aws-chunked')
    .join(',');
}

/** What is said of an object, whole or part of it. */
export function objectHeaders({ etag, modifiedAtS, headers }: ObjectRecord): Record<string, string> {
  return {
    ...headers,
    etag,
    'last-modified': new Date(modifiedAtS * 1000).toUTCString(),
    'accept-ranges': 'bytes',
  };
}

/** The checksum that an object was stored with. */
export function checksumHeaders({ checksum }: Pick<ObjectRecord, 'checksum'>): Record<string, string> {
  if (checksum === undefined) return {};
  return { [checksumHeader(checksum.algorithm)]: checksum.value, 'x-amz-checksum-type': checksum.type };
}

const overridable = [
  'cache-control',
  'content-disposition',
  'content-encoding',
  'content-language',
  'content-type',
  'expires',
];
export const overrideParameters = overridable.map((name) => `response-${name}`);

/** Headers that a link asks for instead of the object's own. @throws S3Error when one cannot be a header. */
export function overrides({ query }: Pick<Call, 'query'>): Record<string, string> {
  return Object.fromEntries(
    overridable.flatMap((name) => {
      const value = query(`response-${name}`);
      if (value === undefined || value === '') return [];
      requireSendable(`response-${name}`, value);
      return [[name, value]];
    }),
  );
}

/** A parameter of a link can hold what no header can. @throws S3Error InvalidArgument */
function requireSendable(name: string, value: string): void {
  if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value)) {
    throw new S3Error('InvalidArgument', `${name} cannot be sent as a header.`, { ArgumentName: name });
  }
}

/** What S3 would do and this store does not: to ignore it would be to promise it. */
const beyond = [
  'x-amz-tagging',
  'x-amz-website-redirect-location',
  'x-amz-object-lock-',
  'x-amz-grant-',
  'x-amz-server-side-encryption',
  'x-amz-write-offset-bytes',
];
const only = new Map([
  ['x-amz-acl', 'private'],
  ['x-amz-storage-class', 'STANDARD'],
]);

/** @throws S3Error NotImplemented, naming the header. */
export function refuseUnsupported({ header, headerNames }: Pick<Call, 'header' | 'headerNames'>): void {
  const refused = headerNames.find(
    (name) => beyond.some((start) => name.startsWith(start)) || (only.has(name) && header(name) !== only.get(name)),
  );
  if (refused !== undefined) throw notImplemented(refused);
}

export function notImplemented(what: string): S3Error {
  return new S3Error('NotImplemented', 'A header or query you provided implies functionality that is not implemented', {
    Name: what,
  });
}
