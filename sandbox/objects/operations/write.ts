import { createReadStream, openSync } from 'node:fs';
import { isAlgorithm, type Algorithm } from '../checksums.ts';
import { S3Error } from '../s3-error.ts';
import { tooLarge } from '../store/blobs.ts';
import type { ObjectRecord } from '../store/records.ts';
import { readIntegrity } from '../wire/integrity.ts';
import { decode } from '../wire/target.ts';
import { document, element, namespace } from '../wire/xml.ts';
import type { Answer, Call } from './call.ts';
import { checkCopySource, writeGuard } from './conditions.ts';
import { checksumHeaders, keptHeaders, notImplemented, refuseUnsupported } from './headers.ts';
import { noSuchKey, requireBucket, requireKey } from './names.ts';

/** Refuses at once what could not be stored once it has come. @throws S3Error */
export function requireRoom({ payload: { sizeBytes }, store: { largestBytes } }: Call): void {
  if (sizeBytes === undefined) {
    throw new S3Error('MissingContentLength', 'You must provide the Content-Length HTTP header.');
  }
  if (sizeBytes > largestBytes) throw tooLarge(largestBytes);
}

export async function putObject(call: Call): Promise<Answer> {
  const { store, bucket, key, payload } = call;
  requireBucket(call);
  requireKey(key);
  refuseUnsupported(call);
  requireRoom(call);
  const guard = writeGuard(call);
  guard(store.get(bucket, key));
  const { algorithm, check } = readIntegrity(call.headerNames, call.header, payload.trailers);
  const headers = keptHeaders(call);
  const written = await store.write(bucket, key, payload.chunks, { headers, algorithm, check, guard });
  return { status: 200, headers: { etag: written.etag, ...checksumHeaders(written) } };
}

export async function copyObject(call: Call): Promise<Answer> {
  const { store, bucket, key, header } = call;
  requireBucket(call);
  requireKey(key);
  refuseUnsupported(call);
  const from = copySource(header('x-amz-copy-source') ?? '');
  const directive = header('x-amz-metadata-directive') ?? 'COPY';
  if (directive !== 'COPY' && directive !== 'REPLACE') {
    throw new S3Error('InvalidArgument', 'Unknown metadata directive.', { ArgumentValue: directive });
  }
  if (directive === 'COPY' && from.bucket === bucket && from.key === key) {
    throw new S3Error(
      'InvalidRequest',
      "This copy request is illegal because it is trying to copy an object to itself without changing the object's metadata, storage class, website redirect location or encryption attributes.",
    );
  }
  requireBucket({ store, bucket: from.bucket });
  const source = store.get(from.bucket, from.key);
  if (source === undefined) throw noSuchKey(from.key);
  checkCopySource(source, header);
  const written = await store.write(bucket, key, createReadStream('', { fd: openSync(source.path, 'r') }), {
    headers: directive === 'COPY' ? source.headers : keptHeaders(call),
    algorithm: askedAlgorithm(call) ?? source.checksum?.algorithm,
    guard: writeGuard(call),
  });
  return { status: 200, xml: copyResult(written) };
}

function copyResult({ etag, modifiedAtS, checksum }: ObjectRecord): string {
  const content = [
    ...element('ETag', etag),
    ...element('LastModified', new Date(modifiedAtS * 1000).toISOString()),
    ...(checksum === undefined ? [] : element(`Checksum${checksum.algorithm}`, checksum.value)),
    ...element('ChecksumType', checksum?.type),
  ];
  return document({ name: 'CopyObjectResult', content }, namespace);
}

/** The checksum that the store is asked to compute. @throws S3Error when it is none that it knows. */
export function askedAlgorithm({ header }: Pick<Call, 'header'>): Algorithm | undefined {
  const asked = header('x-amz-checksum-algorithm')?.toUpperCase();
  if (asked === undefined || isAlgorithm(asked)) return asked;
  throw new S3Error(
    'InvalidRequest',
    'Checksum algorithm provided is unsupported. Please try again with any of the valid types: [CRC32, CRC32C, CRC64NVME, SHA1, SHA256]',
  );
}

/** `bucket/key`, percent-encoded, with or without a slash before it. */
function copySource(source: string): { bucket: string; key: string } {
  const [path = '', version] = source.split('?', 2);
  if (version !== undefined) throw notImplemented(version);
  const decoded = decode(path).replace(/^\//, '');
  const slash = decoded.indexOf('/');
  if (slash < 1 || slash === decoded.length - 1) {
    throw new S3Error('InvalidArgument', 'Copy Source must mention the source bucket and key: sourcebucket/sourcekey', {
      ArgumentName: 'x-amz-copy-source',
      ArgumentValue: source,
    });
  }
  return { bucket: decoded.slice(0, slash), key: decoded.slice(slash + 1) };
}
