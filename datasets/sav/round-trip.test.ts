/** What was written is what is read, whatever it is and however it is stored. */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';
import { mkdir, open } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { openSav, readSav, writeSav, type SavCase, type SavCompression } from './index.ts';
import { files } from './test-support/arbitrary.ts';
import { collect } from './test-support/collect.ts';
import { temporaryFolder } from './test-support/temporary.ts';

const folder = temporaryFolder();
const COMPRESSIONS: readonly SavCompression[] = ['none', 'bytecode', 'zlib'];

describe('round trip', () => {
  for (const compression of COMPRESSIONS) {
    for (const byteOrder of ['little', 'big'] as const) {
      it(`keeps any dictionary and any cases (${compression}, ${byteOrder} endian)`, async () => {
        const path = join(folder, `any-${compression}-${byteOrder}.sav`);
        await fc.assert(
          fc.asyncProperty(files, async ({ dictionary, cases }) => {
            await writeSav(path, dictionary, cases, { compression, byteOrder });
            const read = await collect(path);
            assert.deepEqual(read.cases, cases);
            const { statedCases, compression: found, encoding, product, ...rest } = read.header;
            assert.deepEqual(rest, dictionary);
            assert.deepEqual(
              { statedCases, found, encoding, product },
              {
                statedCases: cases.length,
                found: compression,
                encoding: 'UTF-8',
                product: '@(#) SPSS DATA FILE Muster',
              },
            );
          }),
          { numRuns: 60 },
        );
      });
    }
  }

  it('keeps the longest string there can be', async () => {
    const path = join(folder, 'longest.sav');
    const cases = [[`${'日'.repeat(10922)}x`], [''], [`${'x'.repeat(32766)}y`]];
    for (const compression of COMPRESSIONS) {
      await writeSav(path, { variables: [{ name: 'story', width: 32767 }] }, cases, { compression });
      assert.deepEqual((await collect(path)).cases, cases);
    }
  });

  it('keeps cases that fill many blocks, read in any order of columns', async () => {
    const count = 40_000;
    const variables = Array.from({ length: 30 }, (_, index) =>
      index % 10 === 9 ? { name: `s${index}`, width: 20 } : { name: `n${index}`, width: 0 },
    );
    const row = (at: number): SavCase =>
      variables.map(({ width }, index) =>
        width > 0 ? `text ${(at * index) % 1013}` : at % 7 === index ? null : at * 1.5 + index,
      );
    function* rows(): Generator<SavCase> {
      for (let at = 0; at < count; at += 1) yield row(at);
    }
    for (const compression of COMPRESSIONS) {
      const path = join(folder, `many-${compression}.sav`);
      assert.deepEqual(await writeSav(path, { variables }, rows(), { compression }), { caseCount: count });
      const data = await readSav(path, { columns: ['s29', 'N3'] });
      assert.deepEqual([...data.columns.keys()], ['s29', 'n3']);
      assert.equal(data.columns.get('n3')?.[count - 1], (count - 1) * 1.5 + 3);
      const file = await openSav(path);
      let at = 0;
      for await (const batch of file.cases()) for (const values of batch) assert.deepEqual(values, row(at++));
      assert.equal(at, count);
      await file.close();
    }
  });

  it('takes cases as they come from an asynchronous source', async () => {
    const path = join(folder, 'async.sav');
    async function* rows(): AsyncGenerator<SavCase> {
      for (let at = 0; at < 5; at += 1) yield await Promise.resolve([at]);
    }
    await writeSav(path, { variables: [{ name: 'x', width: 0 }] }, rows());
    assert.deepEqual((await collect(path)).cases, [[0], [1], [2], [3], [4]]);
  });

  it('gives equal bytes for equal input', async () => {
    const digest = (path: string): string => createHash('sha256').update(readFileSync(path)).digest('hex');
    for (const compression of COMPRESSIONS) {
      const paths = [join(folder, 'once.sav'), join(folder, 'twice.sav')] as const;
      for (const path of paths)
        await writeSav(path, { variables: [{ name: 'x', width: 0 }] }, [[1], [2.5]], { compression });
      assert.equal(digest(paths[0]), digest(paths[1]));
    }
  });

  it('counts the cases of a file that does not state them', async () => {
    for (const compression of COMPRESSIONS) {
      const path = join(folder, `unstated-${compression}.sav`);
      await writeSav(
        path,
        {
          variables: [
            { name: 'x', width: 0 },
            { name: 's', width: 12 },
          ],
        },
        [
          [1, 'a'],
          [null, ''],
          [1e9, 'b'],
        ],
        { compression },
      );
      const handle = await open(path, 'r+');
      await handle.write(Buffer.from([255, 255, 255, 255]), 0, 4, 80);
      await handle.close();
      const { header, cases } = await collect(path);
      assert.equal(header.statedCases, null);
      assert.deepEqual(cases, [
        [1, 'a'],
        [null, ''],
        [1e9, 'b'],
      ]);
    }
  });

  it('leaves no temporary file behind, and the old file in place, when a case is refused', async () => {
    const path = join(folder, 'kept', 'x.sav');
    await mkdir(join(folder, 'kept'));
    await writeSav(path, { variables: [{ name: 'x', width: 0 }] }, [[1]]);
    await assert.rejects(
      writeSav(path, { variables: [{ name: 'x', width: 0 }] }, [[1], ['two']]),
      /Case 2, variable x: "two" is not a number/,
    );
    assert.deepEqual(readdirSync(join(folder, 'kept')), ['x.sav']);
    assert.deepEqual((await collect(path)).cases, [[1]]);
  });
});
