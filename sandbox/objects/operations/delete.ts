import { createHash } from 'node:crypto';
import { createHasher } from '../checksums.ts';
import { S3Error } from '../s3-error.ts';
import { readIntegrity } from '../wire/integrity.ts';
import { collect } from '../wire/payload.ts';
import { childText, document, element, malformed, namespace, parse, type Element, type Parsed } from '../wire/xml.ts';
import type { Answer, Call } from './call.ts';
import { notImplemented } from './headers.ts';
import { requireBucket, requireKey } from './names.ts';

/** A list of a thousand keys, each of them as long as keys can be and every character an entity. */
const largestListBytes = 8 * 1024 * 1024;
const mostKeys = 1000;

/** Deleting what is not there is no error: what matters is that it is not there. */
export async function deleteObject(call: Call): Promise<Answer> {
  requireBucket(call);
  if (call.header('if-match') !== undefined) throw notImplemented('If-Match');
  await call.store.remove(call.bucket, call.key);
  return { status: 204 };
}

export async function deleteObjects(call: Call): Promise<Answer> {
  const { store, bucket } = call;
  requireBucket(call);
  const list = parse(await readBody(call));
  if (list.name !== 'Delete') throw malformed();
  const objects = list.children.filter(({ name }) => name === 'Object');
  if (objects.length === 0 || objects.length > mostKeys) throw malformed();
  const isQuiet = childText(list, 'Quiet')?.trim() === 'true';
  const content: Element[] = [];
  for (const object of objects) {
    const key = childText(object, 'Key') ?? '';
    const refusal = refusalOf(key, object);
    if (refusal !== undefined) {
      content.push({ name: 'Error', content: [...element('Key', key), ...refusal] });
      continue;
    }
    await store.remove(bucket, key);
    if (!isQuiet) content.push({ name: 'Deleted', content: element('Key', key) });
  }
  return { status: 200, xml: document({ name: 'DeleteResult', content }, namespace) };
}

/** One key that cannot be deleted does not keep the others. */
function refusalOf(key: string, object: Parsed): Element[] | undefined {
  try {
    if (key === '') throw malformed();
    requireKey(key);
    const more = object.children.find(({ name }) => name !== 'Key');
    if (more !== undefined) throw notImplemented(more.name);
    return undefined;
  } catch (error) {
    if (!(error instanceof S3Error)) throw error;
    return [...element('Code', error.code), ...element('Message', error.message)];
  }
}

/** S3 insists on a checksum here, lest a damaged list delete something else. */
async function readBody(call: Call): Promise<Buffer> {
  const { payload, header, headerNames } = call;
  const { algorithm, check } = readIntegrity(headerNames, header, payload.trailers);
  if (algorithm === undefined && header('content-md5') === undefined) {
    throw new S3Error('InvalidRequest', 'Missing required header for this request: Content-MD5 OR x-amz-checksum-*');
  }
  const body = await collect(payload, largestListBytes);
  const hasher = algorithm && createHasher(algorithm);
  hasher?.update(body);
  check({ md5: createHash('md5').update(body).digest(), checksum: hasher?.digest().toString('base64') });
  return body;
}
