import { S3Error } from '../s3-error.ts';
import type { ObjectRecord, Position } from '../store/records.ts';
import { encode } from '../wire/signature.ts';
import { document, element, namespace, type Element } from '../wire/xml.ts';
import type { Answer, Call } from './call.ts';
import { listPage, successorOf, type ListPage } from './list.ts';
import { requireBucket } from './names.ts';

const mostKeys = 1000;

export function listObjectsV2(call: Call): Answer {
  const { store, bucket, query } = call;
  requireBucket(call);
  const token = query('continuation-token');
  const startAfter = query('start-after');
  const { prefix, delimiter, mostEntries, write } = readCommon(call);
  const from = token === undefined ? { key: startAfter ?? '', inclusive: false } : readToken(token);
  const page = listPage(store, bucket, { prefix, delimiter, mostEntries, from });
  const content = [
    ...element('Name', bucket),
    ...element('Prefix', write(prefix)),
    ...element('Delimiter', delimiter === '' ? undefined : write(delimiter)),
    ...element('MaxKeys', mostEntries),
    ...element('EncodingType', query('encoding-type')),
    ...element('KeyCount', page.objects.length + page.commonPrefixes.length),
    ...element('IsTruncated', page.next !== undefined),
    ...element('ContinuationToken', token),
    ...element('NextContinuationToken', page.next && writeToken(page.next)),
    ...element('StartAfter', startAfter === undefined ? undefined : write(startAfter)),
    ...entries(page, write, query('fetch-owner') === 'true'),
  ];
  return { status: 200, xml: document({ name: 'ListBucketResult', content }, namespace) };
}

/** The first version of the API, which some tools still speak. */
export function listObjects(call: Call): Answer {
  const { store, bucket, query } = call;
  requireBucket(call);
  const marker = query('marker') ?? '';
  const { prefix, delimiter, mostEntries, write } = readCommon(call);
  const from = afterMarker(marker, prefix, delimiter);
  const page: ListPage =
    from === undefined
      ? { objects: [], commonPrefixes: [], last: undefined, next: undefined }
      : listPage(store, bucket, { prefix, delimiter, mostEntries, from });
  const content = [
    ...element('Name', bucket),
    ...element('Prefix', write(prefix)),
    ...element('Marker', write(marker)),
    ...element('NextMarker', page.next && page.last !== undefined ? write(page.last) : undefined),
    ...element('Delimiter', delimiter === '' ? undefined : write(delimiter)),
    ...element('MaxKeys', mostEntries),
    ...element('EncodingType', query('encoding-type')),
    ...element('IsTruncated', page.next !== undefined),
    ...entries(page, write, true),
  ];
  return { status: 200, xml: document({ name: 'ListBucketResult', content }, namespace) };
}

/** A marker that is a common prefix stands for all that begin with it. */
function afterMarker(marker: string, prefix: string, delimiter: string): Position | undefined {
  const isCommon =
    delimiter !== '' && marker.length > prefix.length && marker.startsWith(prefix) && marker.endsWith(delimiter);
  if (!isCommon) return { key: marker, inclusive: false };
  const key = successorOf(marker);
  return key === undefined ? undefined : { key, inclusive: true };
}

function readCommon({ query }: Call) {
  const most = query('max-keys') ?? '';
  if (!/^\d{0,9}$/.test(most)) throw invalid('max-keys', most);
  const encoding = query('encoding-type');
  if (encoding !== undefined && encoding !== 'url') throw invalid('encoding-type', encoding);
  return {
    prefix: query('prefix') ?? '',
    delimiter: query('delimiter') ?? '',
    mostEntries: most === '' ? mostKeys : Math.min(mostKeys, Number(most)),
    write: (text: string): string => (encoding === undefined ? text : encode(text).replaceAll('%2F', '/')),
  };
}

function entries(
  { objects, commonPrefixes }: ListPage,
  write: (text: string) => string,
  withOwner: boolean,
): Element[] {
  const owner = withOwner ? [...element('ID', 'sandbox'), ...element('DisplayName', 'sandbox')] : undefined;
  return [
    ...objects.map((object) => ({
      name: 'Contents',
      content: [...describe(object, write), ...element('Owner', owner)],
    })),
    ...commonPrefixes.map((prefix) => ({ name: 'CommonPrefixes', content: element('Prefix', write(prefix)) })),
  ];
}

function describe(
  { key, modifiedAtS, etag, sizeBytes, checksum }: ObjectRecord,
  write: (text: string) => string,
): Element[] {
  return [
    ...element('Key', write(key)),
    ...element('LastModified', new Date(modifiedAtS * 1000).toISOString()),
    ...element('ETag', etag),
    ...element('ChecksumAlgorithm', checksum?.algorithm),
    ...element('ChecksumType', checksum?.type),
    ...element('Size', sizeBytes),
    ...element('StorageClass', 'STANDARD'),
  ];
}

const writeToken = ({ key, inclusive }: Position): string =>
  Buffer.from(`${inclusive ? '=' : '>'}${key}`).toString('base64url');

function readToken(token: string): Position {
  const [, relation, key] = /^([=>])(.*)$/s.exec(Buffer.from(token, 'base64url').toString()) ?? [];
  const position = key === undefined ? undefined : { key, inclusive: relation === '=' };
  if (position === undefined || writeToken(position) !== token) {
    throw new S3Error('InvalidArgument', 'The continuation token provided is incorrect', {
      ArgumentName: 'continuation-token',
    });
  }
  return position;
}

function invalid(name: string, value: string): S3Error {
  return new S3Error('InvalidArgument', `Invalid value for ${name}.`, { ArgumentName: name, ArgumentValue: value });
}
