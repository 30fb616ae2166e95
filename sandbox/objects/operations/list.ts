import type { ObjectRecord, Position } from '../store/records.ts';
import type { Objects } from '../store/objects.ts';

export interface ListOptions {
  readonly prefix: string;
  /** Keys that have it after the prefix are told only as far as it reaches. */
  readonly delimiter: string;
  readonly mostEntries: number;
  readonly from: Position;
}

export interface ListPage {
  readonly objects: readonly ObjectRecord[];
  readonly commonPrefixes: readonly string[];
  /** The last entry, key or common prefix; undefined on an empty page. */
  readonly last: string | undefined;
  /** Where the next page begins; undefined on the last page. */
  readonly next: Position | undefined;
}

/** One page of a bucket's objects. */
export function listPage(
  store: Pick<Objects, 'page'>,
  bucket: string,
  { prefix, delimiter, mostEntries, from }: ListOptions,
): ListPage {
  const objects: ObjectRecord[] = [];
  const commonPrefixes: string[] = [];
  let last: string | undefined;
  let position: Position | undefined = isBefore(from.key, prefix) ? { key: prefix, inclusive: true } : from;
  while (position !== undefined && mostEntries > 0) {
    // One more than fits tells whether there is another page.
    const room = mostEntries - objects.length - commonPrefixes.length;
    const rows = store.page(bucket, position, room + 1);
    const [start] = rows;
    position = undefined;
    if (start === undefined) break;
    for (const row of rows) {
      if (!row.key.startsWith(prefix)) return { objects, commonPrefixes, last, next: undefined };
      if (objects.length + commonPrefixes.length === mostEntries) {
        return { objects, commonPrefixes, last, next: { key: row.key, inclusive: true } };
      }
      const end = delimiter === '' ? -1 : row.key.indexOf(delimiter, prefix.length);
      if (end >= 0) {
        last = row.key.slice(0, end + delimiter.length);
        commonPrefixes.push(last);
        const successor = successorOf(last);
        position = successor === undefined ? undefined : { key: successor, inclusive: true };
        break;
      }
      objects.push(row);
      last = row.key;
    }
  }
  return { objects, commonPrefixes, last, next: undefined };
}

/** The least text, by UTF-8, that comes after all that begin with `prefix`; undefined when there is none. */
export function successorOf(prefix: string): string | undefined {
  const points = [...prefix];
  for (let point = points.pop()?.codePointAt(0); point !== undefined; point = points.pop()?.codePointAt(0)) {
    if (point === 0x10ffff) continue;
    // UTF-8 knows no surrogates.
    return points.join('') + String.fromCodePoint(point === 0xd7ff ? 0xe000 : point + 1);
  }
  return undefined;
}

/** Compares as the store does: by UTF-8. */
function isBefore(a: string, b: string): boolean {
  return Buffer.compare(Buffer.from(a), Buffer.from(b)) < 0;
}
