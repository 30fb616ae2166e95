import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { codecFor, codecOfFile } from './encoding.ts';
import { writeSav } from './index.ts';
import { collect } from './test-support/collect.ts';
import { temporaryFolder } from './test-support/temporary.ts';

const folder = temporaryFolder();

describe('encodings', () => {
  it('go by any of the names SPSS gives them', () => {
    for (const [label, name] of [
      ['UTF-8', 'UTF-8'],
      ['utf8', 'UTF-8'],
      ['CP65001', 'UTF-8'],
      ['windows-1252', 'windows-1252'],
      ['CP1252', 'windows-1252'],
      ['1252', 'windows-1252'],
      ['ISO_8859-1', 'ISO-8859-1'],
      ['latin1', 'ISO-8859-1'],
      ['US-ASCII', 'ISO-8859-1'],
      ['CP1251', 'windows-1251'],
      ['CP936', 'gbk'],
      ['SHIFT_JIS', 'shift_jis'],
      ['windows-1250', 'windows-1250'],
      ['CP949', 'euc-kr'],
      ['ISO-8859-15', 'iso-8859-15'],
    ] as const) {
      assert.equal(codecFor(label).name, name, label);
    }
  });

  it('fall back from the record to the code page to Windows-1252', () => {
    assert.equal(codecOfFile('UTF-8', 1252).name, 'UTF-8');
    assert.equal(codecOfFile(undefined, 65001).name, 'UTF-8');
    assert.equal(codecOfFile(undefined, 1251).name, 'windows-1251');
    assert.equal(codecOfFile(undefined, 2).name, 'windows-1252');
    assert.equal(codecOfFile('', undefined).name, 'windows-1252');
  });

  it('decode the bytes that tell Windows-1252 from Latin-1', () => {
    const bytes = Buffer.from([0x80, 0x93, 0xe9, 0x94, 0x85]);
    assert.equal(codecFor('windows-1252').decode(bytes), '€“é”…');
    assert.equal(codecFor('ISO-8859-1').decode(bytes), '\x80\x93é\x94\x85');
  });

  it('encode what they decode, byte for byte', () => {
    const every = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte));
    for (const label of ['windows-1252', 'ISO-8859-1', 'windows-1251', 'ISO-8859-2', 'koi8-r']) {
      const codec = codecFor(label);
      assert.deepEqual(codec.encode(codec.decode(every)), every, label);
    }
  });

  it('refuse half a surrogate pair instead of writing a replacement', () => {
    assert.throws(() => codecFor('UTF-8').encode('a\ud83d'), /half of a surrogate pair/);
  });

  it('hold for names, labels and values of a whole file', async () => {
    const path = join(folder, 'encoded.sav');
    for (const [encoding, text] of [
      ['windows-1252', '“Käse” für 5 €'],
      ['ISO-8859-1', 'Käse'],
      ['windows-1251', 'Привет'],
      ['UTF-8', '日本語 😀'],
    ] as const) {
      const variable = {
        name: encoding === 'windows-1251' ? 'имя' : 'größe',
        width: 40,
        label: text,
        valueLabels: [{ value: text, label: text }],
      };
      const dictionary = {
        variables: [variable, { name: 'n', width: 0, valueLabels: [{ value: 1, label: text }] }],
        encoding,
        fileLabel: text,
        documents: [text],
      };
      if (encoding === 'UTF-8') variable.name = '名前';
      await writeSav(path, dictionary, [[text, 1]]);
      const { header, cases } = await collect(path);
      assert.deepEqual(cases, [[text, 1]]);
      assert.equal(header.encoding, encoding);
      assert.deepEqual([header.fileLabel, header.documents], [text, [text]]);
      assert.deepEqual(
        header.variables.map(({ name, label, valueLabels }) => ({ name, label, valueLabels })),
        [
          { name: variable.name, label: text, valueLabels: variable.valueLabels },
          { name: 'n', label: undefined, valueLabels: [{ value: 1, label: text }] },
        ],
      );
    }
  });
});
