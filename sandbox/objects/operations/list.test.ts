import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { ObjectRecord, Position } from '../store/records.ts';
import { listPage, successorOf } from './list.ts';

const byUtf8 = (a: string, b: string): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

/** What the store does, on a list. */
function storeOf(keys: readonly string[]) {
  const sorted = [...keys].sort(byUtf8);
  return {
    page: (_bucket: string, from: Position, limit: number) =>
      sorted
        .filter((key) => byUtf8(key, from.key) >= (from.inclusive ? 0 : 1))
        .slice(0, limit)
        .map((key) => ({ key }) as ObjectRecord),
  };
}

/** What S3 promises, without pages. */
function expected(keys: readonly string[], prefix: string, delimiter: string): string[] {
  const entries = keys
    .filter((key) => key.startsWith(prefix))
    .map((key) => {
      const end = delimiter === '' ? -1 : key.indexOf(delimiter, prefix.length);
      return end < 0 ? key : key.slice(0, end + delimiter.length);
    });
  return [...new Set(entries)].sort(byUtf8);
}

const character = fc.constantFrom('a', 'b', '/', '-', '\ud7ff', '\ue000', '\uffff', '\u{10000}', '\u{10ffff}');
const text = fc.array(character, { maxLength: 5 }).map((characters) => characters.join(''));

test('pages of any size make up the whole list after a key, each entry once and in order', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(text, { maxLength: 30 }),
      text,
      text,
      fc.constantFrom('', '/', '-', '//', '\u{10ffff}'),
      fc.integer({ min: 1, max: 7 }),
      (keys, after, prefix, delimiter, mostEntries) => {
        const store = storeOf(keys);
        const found: string[] = [];
        let from: Position | undefined = { key: after, inclusive: false };
        while (from !== undefined) {
          const page = listPage(store, 'bucket', { prefix, delimiter, mostEntries, from });
          const entries = [...page.objects.map(({ key }) => key), ...page.commonPrefixes].sort(byUtf8);
          assert.ok(entries.length <= mostEntries);
          assert.equal(page.last, entries.at(-1));
          assert.ok(page.next === undefined || entries.length === mostEntries, 'no page but the last is short');
          found.push(...entries);
          from = page.next;
        }
        const asked = keys.filter((key) => byUtf8(key, after) > 0);
        assert.deepEqual(found, expected(asked, prefix, delimiter));
      },
    ),
    { numRuns: 2000 },
  );
});

test('the successor of a prefix comes right after all that begin with it', () => {
  assert.equal(successorOf('a/'), 'a0');
  assert.equal(successorOf('a\ud7ff'), 'a\ue000');
  assert.equal(successorOf('a\u{10ffff}'), 'b');
  assert.equal(successorOf('\u{10ffff}'), undefined);
  assert.equal(successorOf(''), undefined);
});
