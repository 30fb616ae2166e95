import { S3Error } from '../s3-error.ts';

export interface Range {
  readonly start: number;
  readonly bytes: number;
}

/**
 * The one range that a `Range` header asks for; undefined where it asks for none, for several, or is not understood: then
 * the whole is sent (RFC 9110, section 14.2).
 * @throws S3Error InvalidRange when the object has no such bytes.
 */
export function parseRange(header: string | undefined, sizeBytes: number): Range | undefined {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header?.trim() ?? '') ?? [];
  if (first === undefined || last === undefined || (first === '' && last === '')) return undefined;
  if (first !== '' && last !== '' && Number(last) < Number(first)) return undefined;
  const start = first === '' ? Math.max(0, sizeBytes - Number(last)) : Number(first);
  const end = first === '' || last === '' ? sizeBytes - 1 : Math.min(Number(last), sizeBytes - 1);
  if (start > end) {
    throw new S3Error('InvalidRange', 'The requested range is not satisfiable', {
      RangeRequested: header ?? '',
      ActualObjectSize: sizeBytes,
    });
  }
  return { start, bytes: end - start + 1 };
}
