/** Files that are not what they say: each is refused with a sentence, none takes memory or time it has not earned. */
import assert from 'node:assert/strict';
import { readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { openSav, readSav, SavError, writeSav, type SavCompression, type SavDictionary } from './index.ts';
import { collect } from './test-support/collect.ts';
import { temporaryFolder } from './test-support/temporary.ts';

const folder = temporaryFolder();
const path = join(folder, 'hostile.sav');
const COMPRESSIONS: readonly SavCompression[] = ['none', 'bytecode', 'zlib'];

const DICTIONARY: SavDictionary = {
  variables: [
    {
      name: 'respondent',
      width: 0,
      label: 'Number',
      valueLabels: [{ value: 1, label: 'One' }],
      missing: { values: [9] },
    },
    { name: 'long_text', width: 300, label: 'Text' },
    { name: 'postal_code', width: 12, valueLabels: [{ value: 'x', label: 'X' }], missing: { values: ['y'] } },
  ],
  multipleResponseSets: [{ name: '$set', label: 'Set', kind: 'categories', variables: ['respondent'] }],
  documents: ['A document.'],
};
const CASES = [
  [1, 'a', 'x'],
  [2.5, 'b'.repeat(300), ''],
  [null, '', 'y'],
];

async function sound(compression: SavCompression): Promise<Buffer> {
  await writeSav(path, DICTIONARY, CASES, { compression });
  return readFileSync(path);
}

async function refusal(bytes: Uint8Array, expected: RegExp): Promise<void> {
  writeFileSync(path, bytes);
  await assert.rejects(readSav(path), (error) => {
    assert.ok(error instanceof SavError, String(error));
    assert.match(error.message, expected);
    assert.match(error.message, /hostile\.sav, byte \d+: .+\. .+/, 'names file, offset and remedy');
    return true;
  });
}

describe('hostile files', () => {
  it('are refused when they are something else', async () => {
    await refusal(Buffer.alloc(0), /byte 0: the file is empty/);
    await refusal(
      Buffer.from('id,age,gender\n1,34,2\n'),
      /begins with "id,age,gender.*perhaps a \.csv that was renamed/,
    );
    await refusal(Buffer.from('id'), /perhaps a \.csv/);
    await refusal(Buffer.from('PK\x03\x04 rest of a workbook'), /zip archive/);
    await refusal(Buffer.from('%PDF-1.7 etc'), /is a PDF/);
    await refusal(Buffer.concat([Buffer.alloc(200, 0x40), Buffer.from('ASCII SPSS PORT FILE')]), /portable file/);
    await refusal(Buffer.from([1, 2, 3, 4, 5]), /begins with "\\u0001/);
  });

  it('are refused when the header makes no sense', async () => {
    const change = async (offset: number, bytes: readonly number[], expected: RegExp): Promise<void> => {
      const file = await sound('bytecode');
      file.set(bytes, offset);
      await refusal(file, expected);
    };
    await change(0, [...Buffer.from('$FLX')], /begins with "\$FLX/);
    await change(64, [7, 0, 0, 0], /byte 64: the layout code is 7/);
    await change(72, [5, 0, 0, 0], /byte 72: compression 5 is unknown/);
    await change(72, [2, 0, 0, 0], /only \$FL3 goes with 2/);
    await change(76, [2, 0, 0, 0], /the weight is element 2, which is no numeric variable/);
    await change(176, [5, 0, 0, 0], /byte 176: 5 is not the number of a dictionary record/);
    await change(180, [0xff, 0xff, 0xff, 0x7f], /byte 176: a variable record states a width of 2147483647/);
  });

  for (const compression of COMPRESSIONS) {
    it(`are refused wherever they are cut off (${compression})`, async () => {
      const whole = await sound(compression);
      // Shortened in place from the end: a prime step meets every position within a record.
      for (let length = whole.length - 1; length >= 0; length -= length > whole.length - 200 ? 1 : 13) {
        truncateSync(path, length);
        await assert.rejects(readSav(path), SavError, `cut after ${length} of ${whole.length} bytes`);
      }
    });

    it(`do not get memory for an absurd number of cases (${compression})`, async () => {
      const file = await sound(compression);
      file.writeInt32LE(0x7fffffff, 80);
      await refusal(file, /states 2147483647 cases, but what follows can hold \d+ at most/);
      file.writeInt32LE(4, 80);
      await refusal(file, /4 cases/);
    });

    it(`never fail otherwise than with a SavError when bytes are damaged (${compression})`, async () => {
      const whole = await sound(compression);
      const damage = fc.array(fc.tuple(fc.nat(whole.length - 1), fc.nat(255)), { minLength: 1, maxLength: 4 });
      await fc.assert(
        fc.asyncProperty(damage, async (changes) => {
          const file = Buffer.from(whole);
          for (const [at, byte] of changes) file[at] = byte;
          writeFileSync(path, file);
          try {
            await readSav(path);
          } catch (error) {
            assert.ok(error instanceof SavError, String(error instanceof Error ? error.stack : error));
          }
        }),
        { numRuns: 300 },
      );
    });
  }

  it('do not get memory for absurd lengths inside the dictionary', async () => {
    const file = await sound('none');
    const labelLength = file.indexOf('Number') - 4;
    file.writeInt32LE(0x7ffffff0, labelLength);
    await refusal(file, /the file ends inside the variable label, which needs 2147483632 bytes/);
    const again = await sound('none');
    const document = again.indexOf('A document.') - 4;
    again.writeInt32LE(0x7ffffff0, document);
    await refusal(again, /./);
  });

  it('with unknown extension records are read all the same', async () => {
    const file = await sound('bytecode');
    const end = file.indexOf(Buffer.from([0xe7, 3, 0, 0, 0, 0, 0, 0]));
    const unknown = Buffer.alloc(16 + 10, 0x41);
    [7, 4711, 5, 2].forEach((value, index) => unknown.writeInt32LE(value, index * 4));
    writeFileSync(path, Buffer.concat([file.subarray(0, end), unknown, file.subarray(end)]));
    assert.deepEqual((await collect(path)).cases, CASES);
  });

  it('with no cases at all are sound', async () => {
    for (const compression of COMPRESSIONS) {
      await writeSav(path, DICTIONARY, [], { compression });
      const { header, cases } = await collect(path);
      assert.equal(header.statedCases, 0);
      assert.deepEqual(cases, []);
    }
  });

  it('say which variables there are when another is asked for', async () => {
    await sound('none');
    await assert.rejects(
      readSav(path, { columns: ['age'] }),
      /has no variable "age"; its dictionary begins with respondent, long_text, postal_code/,
    );
  });

  it('leave a missing file to the file system, and refuse a folder', async () => {
    await assert.rejects(openSav(join(folder, 'nowhere.sav')), { code: 'ENOENT' });
    await assert.rejects(openSav(folder), SavError);
  });
});
