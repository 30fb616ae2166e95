import { isAlgorithm, type Algorithm } from '../checksums.ts';
import { S3Error } from '../s3-error.ts';
import type { ListedPart } from '../store/completion.ts';
import type { ObjectRecord, PartRecord, UploadRecord } from '../store/records.ts';
import { checksumHeader, readIntegrity } from '../wire/integrity.ts';
import { collect } from '../wire/payload.ts';
import { childText, document, element, malformed, namespace, parse, type Parsed } from '../wire/xml.ts';
import type { Answer, Call } from './call.ts';
import { writeGuard } from './conditions.ts';
import { keptHeaders, refuseUnsupported } from './headers.ts';
import { requireBucket, requireKey } from './names.ts';
import { askedAlgorithm, requireRoom } from './write.ts';

const mostParts = 10_000;
/** A list of that many parts. */
const largestListBytes = 4 * 1024 * 1024;

export function createMultipartUpload(call: Call): Answer {
  const { store, bucket, key } = call;
  requireBucket(call);
  requireKey(key);
  refuseUnsupported(call);
  const checksum = askedChecksum(call);
  const upload = store.uploads.start(bucket, key, keptHeaders(call), checksum);
  const content = [...element('Bucket', bucket), ...element('Key', key), ...element('UploadId', upload.id)];
  return {
    status: 200,
    headers:
      checksum === undefined
        ? {}
        : { 'x-amz-checksum-algorithm': checksum.algorithm, 'x-amz-checksum-type': checksum.type },
    xml: document({ name: 'InitiateMultipartUploadResult', content }, namespace),
  };
}

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html: which algorithm goes with which type. */
function askedChecksum(call: Call): UploadRecord['checksum'] {
  const algorithm = askedAlgorithm(call);
  const asked = call.header('x-amz-checksum-type')?.toUpperCase();
  if (algorithm === undefined) {
    if (asked === undefined) return undefined;
    throw new S3Error(
      'InvalidRequest',
      'The x-amz-checksum-type header can only be used with the x-amz-checksum-algorithm header.',
    );
  }
  const type = asked ?? (algorithm === 'CRC64NVME' ? 'FULL_OBJECT' : 'COMPOSITE');
  const isPossible =
    type === 'FULL_OBJECT' ? algorithm.startsWith('CRC') : type === 'COMPOSITE' && algorithm !== 'CRC64NVME';
  if (!isPossible) {
    throw new S3Error(
      'InvalidRequest',
      `The ${type} checksum type cannot be used with the ${algorithm.toLowerCase()} checksum algorithm.`,
    );
  }
  return { algorithm, type: type === 'FULL_OBJECT' ? type : 'COMPOSITE' };
}

export async function uploadPart(call: Call): Promise<Answer> {
  const { store, payload } = call;
  const upload = requireUpload(call);
  const number = wholeNumber(call, 'partNumber', 1, mostParts);
  requireRoom(call);
  const { algorithm, check } = readIntegrity(call.headerNames, call.header, payload.trailers);
  const expected = upload.checksum?.algorithm;
  if (algorithm !== undefined && expected !== undefined && algorithm !== expected) {
    throw new S3Error(
      'InvalidRequest',
      `Checksum Type mismatch occurred, expected checksum Type: ${expected.toLowerCase()}, actual checksum Type: ${algorithm.toLowerCase()}`,
    );
  }
  const part = await store.uploads.writePart(upload, number, payload.chunks, { algorithm, check });
  const checksum =
    expected !== undefined && part.checksum !== undefined ? { [checksumHeader(expected)]: part.checksum } : {};
  return { status: 200, headers: { etag: part.etag, ...checksum } };
}

export function listParts(call: Call): Answer {
  const { store, bucket, key, query } = call;
  const upload = requireUpload(call);
  const most = Math.min(1000, query('max-parts') === undefined ? 1000 : wholeNumber(call, 'max-parts', 0, 2 ** 31));
  const above = query('part-number-marker') === undefined ? 0 : wholeNumber(call, 'part-number-marker', 0, 2 ** 31);
  const found = store.uploads.parts(upload, above, most + 1);
  const parts = found.slice(0, most);
  const isTruncated = found.length > most && most > 0;
  const content = [
    ...element('Bucket', bucket),
    ...element('Key', key),
    ...element('UploadId', upload.id),
    ...element('PartNumberMarker', above),
    ...element('NextPartNumberMarker', isTruncated ? parts.at(-1)?.number : undefined),
    ...element('MaxParts', most),
    ...element('IsTruncated', isTruncated),
    ...element('StorageClass', 'STANDARD'),
    ...element('ChecksumAlgorithm', upload.checksum?.algorithm),
    ...element('ChecksumType', upload.checksum?.type),
    ...parts.map((part) => ({ name: 'Part', content: describe(part, upload) })),
  ];
  return { status: 200, xml: document({ name: 'ListPartsResult', content }, namespace) };
}

function describe({ number, modifiedAtS, etag, sizeBytes, checksum }: PartRecord, upload: UploadRecord) {
  return [
    ...element('PartNumber', number),
    ...element('LastModified', new Date(modifiedAtS * 1000).toISOString()),
    ...element('ETag', etag),
    ...element('Size', sizeBytes),
    ...(upload.checksum === undefined ? [] : element(`Checksum${upload.checksum.algorithm}`, checksum)),
  ];
}

export async function completeMultipartUpload(call: Call): Promise<Answer> {
  const { store, header } = call;
  const upload = requireUpload(call);
  const root = parse(await collect(call.payload, largestListBytes));
  if (root.name !== 'CompleteMultipartUpload') throw malformed();
  const listed = root.children.filter(({ name }) => name === 'Part').map(readPart);
  if (listed.length === 0) throw malformed();
  const expected = upload.checksum && header(checksumHeader(upload.checksum.algorithm));
  const written = await store.uploads.complete(upload, listed, { expected, guard: writeGuard(call) });
  return { status: 200, xml: completed(call, written) };
}

function completed({ bucket, key }: Call, { etag, checksum }: ObjectRecord): string {
  const content = [
    ...element('Location', `/${bucket}/${key}`),
    ...element('Bucket', bucket),
    ...element('Key', key),
    ...element('ETag', etag),
    ...(checksum === undefined ? [] : element(`Checksum${checksum.algorithm}`, checksum.value)),
    ...element('ChecksumType', checksum?.type),
  ];
  return document({ name: 'CompleteMultipartUploadResult', content }, namespace);
}

function readPart(part: Parsed): ListedPart {
  const number = childText(part, 'PartNumber')?.trim() ?? '';
  const etag = childText(part, 'ETag');
  if (!/^\d{1,5}$/.test(number) || etag === undefined) throw malformed();
  const checksum = part.children.find(({ name }) => isChecksumElement(name))?.text;
  return { number: Number(number), etag, checksum };
}

function isChecksumElement(name: string): name is `Checksum${Algorithm}` {
  return name.startsWith('Checksum') && isAlgorithm(name.slice('Checksum'.length));
}

export async function abortMultipartUpload(call: Call): Promise<Answer> {
  await call.store.uploads.abort(requireUpload(call));
  return { status: 204 };
}

/** Uploads that have neither been completed nor aborted: what a client that was killed left. */
export function listMultipartUploads(call: Call): Answer {
  const { store, bucket, query } = call;
  requireBucket(call);
  const prefix = query('prefix') ?? '';
  const uploads = store.uploads.all(bucket).filter(({ key }) => key.startsWith(prefix));
  const content = [
    ...element('Bucket', bucket),
    ...element('Prefix', prefix),
    ...element('IsTruncated', false),
    ...uploads.map(({ id, key, startedAtS }) => ({
      name: 'Upload',
      content: [
        ...element('Key', key),
        ...element('UploadId', id),
        ...element('Initiated', new Date(startedAtS * 1000).toISOString()),
        ...element('StorageClass', 'STANDARD'),
      ],
    })),
  ];
  return { status: 200, xml: document({ name: 'ListMultipartUploadsResult', content }, namespace) };
}

function requireUpload(call: Call): UploadRecord {
  requireBucket(call);
  return call.store.uploads.get(call.bucket, call.key, call.query('uploadId') ?? '');
}

function wholeNumber({ query }: Call, name: string, least: number, most: number): number {
  const text = query(name) ?? '';
  const value = Number(text);
  if (!/^\d{1,10}$/.test(text) || value < least || value > most) {
    throw new S3Error('InvalidArgument', `${name} must be an integer between ${least} and ${most}, inclusive`, {
      ArgumentName: name,
      ArgumentValue: text,
    });
  }
  return value;
}
