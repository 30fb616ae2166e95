import { S3Error } from '../s3-error.ts';
import { bareEtag, type ObjectRecord } from '../store/records.ts';
import type { Guard } from '../store/objects.ts';
import type { Call } from './call.ts';
import { noSuchKey } from './names.ts';

type Header = Call['header'];

/**
 * Whether an object is to be sent, by the conditions of RFC 9110, section 13.
 * @throws S3Error PreconditionFailed
 */
export function isNotModified(object: ObjectRecord, header: Header): boolean {
  const match = header('if-match');
  if (match !== undefined) {
    if (!matches(match, object)) throw failed('If-Match');
  } else if (isModifiedSince(object, header('if-unmodified-since')) === true) throw failed('If-Unmodified-Since');

  const noneMatch = header('if-none-match');
  if (noneMatch !== undefined) return matches(noneMatch, object);
  return isModifiedSince(object, header('if-modified-since')) === false;
}

/** Whether what a client has a part of is still this object: if not, it gets the whole. */
export function isSameForRange(object: ObjectRecord, header: Header): boolean {
  const condition = header('if-range');
  if (condition === undefined) return true;
  return condition.includes('"') ? matches(condition, object) : isModifiedSince(object, condition) === false;
}

/** The conditions under which an object may be written. */
export function writeGuard({ header, key }: Pick<Call, 'header' | 'key'>): Guard {
  const match = header('if-match');
  const noneMatch = header('if-none-match');
  return (existing) => {
    if (match !== undefined) {
      if (existing === undefined) throw noSuchKey(key);
      if (!matches(match, existing)) throw failed('If-Match');
    }
    if (noneMatch !== undefined && existing !== undefined && matches(noneMatch, existing))
      throw failed('If-None-Match');
  };
}

/** @throws S3Error PreconditionFailed when the source of a copy is not what the client expects. */
export function checkCopySource(source: ObjectRecord, header: Header): void {
  const unmet = isNotModified(source, (name) => header(`x-amz-copy-source-${name}`));
  if (unmet) throw failed('x-amz-copy-source-If-None-Match');
}

function matches(list: string, { etag }: ObjectRecord): boolean {
  return list.split(',').some((one) => one.trim() === '*' || bareEtag(one) === bareEtag(etag));
}

/** Undefined: there is no such condition, or it is not a date. */
function isModifiedSince({ modifiedAtS }: ObjectRecord, date: string | undefined): boolean | undefined {
  const sinceMs = date === undefined ? Number.NaN : Date.parse(date);
  return Number.isNaN(sinceMs) ? undefined : modifiedAtS > Math.floor(sinceMs / 1000);
}

function failed(condition: string): S3Error {
  return new S3Error('PreconditionFailed', 'At least one of the pre-conditions you specified did not hold', {
    Condition: condition,
  });
}
