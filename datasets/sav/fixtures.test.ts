/** Files written by PSPP, against what their syntax says they hold. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { collect } from './test-support/collect.ts';

interface Expectation {
  readonly files: Readonly<Record<string, string>>;
  readonly header: unknown;
  readonly documentsBegin: readonly string[];
  readonly cases: readonly unknown[];
}

const folder = join(import.meta.dirname, 'fixtures');
// JSON has no word for the open ends of a range.
const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'), (_key, value: unknown) =>
  value === 'Infinity' ? Infinity : value === '-Infinity' ? -Infinity : value,
) as Readonly<Record<string, Expectation>>;

describe('files written by PSPP', () => {
  for (const [name, expectation] of Object.entries(expected)) {
    for (const [file, compression] of Object.entries(expectation.files)) {
      it(`${file} (${name}) holds what its syntax says`, async () => {
        const { header, cases } = await collect(join(folder, file));
        const { compression: found, product, documents = [], ...rest } = header;
        assert.deepEqual(rest, expectation.header);
        assert.deepEqual(cases, expectation.cases);
        assert.equal(found, compression);
        assert.match(product, /GNU pspp/);
        assert.deepEqual(documents.slice(0, expectation.documentsBegin.length), expectation.documentsBegin);
      });
    }
  }
});
