import { openSync } from 'node:fs';
import type { ObjectRecord } from '../store/records.ts';
import type { Answer, Call } from './call.ts';
import { isNotModified, isSameForRange } from './conditions.ts';
import { checksumHeaders, objectHeaders, overrides } from './headers.ts';
import { noSuchKey, requireBucket } from './names.ts';
import { parseRange } from './range.ts';

export function headObject(call: Call): Answer {
  return describe(call).answer;
}

export function getObject(call: Call): Answer {
  const { answer, object, start, bytes } = describe(call);
  if (answer.status === 304) return answer;
  // In the same breath as it was looked up: its file goes when it is replaced, but not from under whoever has it open.
  return { ...answer, file: { descriptor: openSync(object.path, 'r'), start, bytes } };
}

interface Described {
  readonly answer: Answer;
  readonly object: ObjectRecord;
  readonly start: number;
  readonly bytes: number;
}

function describe(call: Call): Described {
  const { store, bucket, key, header } = call;
  requireBucket(call);
  const object = store.get(bucket, key);
  if (object === undefined) throw noSuchKey(key);
  const whole = { object, start: 0, bytes: object.sizeBytes };
  const headers = { ...objectHeaders(object), ...overrides(call) };
  if (isNotModified(object, header)) return { ...whole, answer: { status: 304, headers } };
  const range = isSameForRange(object, header) ? parseRange(header('range'), object.sizeBytes) : undefined;
  if (range === undefined) {
    // The checksum is of the whole: a client would hold a part against it.
    const checksum = header('x-amz-checksum-mode')?.toUpperCase() === 'ENABLED' ? checksumHeaders(object) : {};
    const length = { 'content-length': String(object.sizeBytes) };
    return { ...whole, answer: { status: 200, headers: { ...headers, ...length, ...checksum } } };
  }
  const { start, bytes } = range;
  const partial = {
    'content-length': String(bytes),
    'content-range': `bytes ${start}-${start + bytes - 1}/${object.sizeBytes}`,
  };
  return { object, start, bytes, answer: { status: 206, headers: { ...headers, ...partial } } };
}
