import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import type { Bundle } from '../../datasets/catalog-schema.ts';
import type { Settings } from '../run/settings.ts';
import { parseSettings } from '../run/settings.ts';
import { holdToGolden, type Making } from './golden.ts';
import type { WorkbookDigest } from './workbook-digest.ts';

const bundle = (name: string, sha256 = 'a'.repeat(64)): Bundle => ({
  name,
  title: name,
  seed: 1,
  writtenBy: 'muster',
  files: {
    data: { path: 'd.sav', sha256, sizeBytes: 1 },
    survey: { path: 's.docx', sha256: 'b'.repeat(64), sizeBytes: 1 },
  },
  respondents: 1,
  variables: 1,
  loops: false,
  flagged: [],
  tables: 1,
  expected: [],
});
const making: Making = {
  bundle: bundle('coffee'),
  choices: {
    theme: 'Bold',
    displayMode: 'Counts',
    separateWorkbooks: false,
    significance: 90,
    minimumBase: 0,
    useWeight: true,
  },
  weight: undefined,
  decided: [],
  file: 'crosstabs.xlsx',
};
const digest = (...digests: string[]): WorkbookDigest => ({
  summary: { Weight: 'None' },
  tables: digests.map((each) => ({ id: `Q${each}`, base: 10, digest: each })),
});

async function withStore(use: (settings: (mode: Settings['GOLDEN']) => Settings, folder: string) => Promise<void>) {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-golden-'));
  try {
    await use((GOLDEN) => ({ ...parseSettings({}), BASE_URL: undefined, GOLDEN, GOLDEN_DIR: folder }), folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('what was made alone is what others are held to; what nobody made is held to nothing', () =>
  withStore(async (settings, folder) => {
    assert.equal((await holdToGolden(settings('compare'), making, digest('1')))?.golden, 'none');
    assert.equal((await holdToGolden(settings('make'), making, digest('1')))?.golden, 'made');
    assert.equal((await holdToGolden(settings('compare'), making, digest('1')))?.golden, 'equal');
    assert.deepEqual(await holdToGolden(settings('compare'), making, digest('2')), {
      golden: 'different',
      differences: ['Table Q2 does not belong there.', 'Table Q1 is missing.'],
    });
    assert.equal(await holdToGolden(settings('off'), making, digest('2')), undefined);
    assert.deepEqual(await readdir(path.join(folder, 'embedded')), ['coffee.json']);
  }));

test('other choices, other files, other decisions and another product are other results', () =>
  withStore(async (settings) => {
    await holdToGolden(settings('make'), making, digest('1'));
    const column = { group: 'Age', column: 'Young', decision: 'skip', proposed: undefined } as const;
    const others: Making[] = [
      { ...making, choices: { ...making.choices, significance: 95 } },
      { ...making, choices: { ...making.choices, minimumBase: 30 } },
      { ...making, choices: { ...making.choices, displayMode: 'Both' } },
      { ...making, weight: 'wt' },
      { ...making, decided: [column] },
      { ...making, file: 'crosstabs-counts.xlsx' },
      { ...making, bundle: bundle('coffee', 'c'.repeat(64)) },
    ];
    for (const other of others)
      assert.equal((await holdToGolden(settings('compare'), other, digest('1')))?.golden, 'none');
    const elsewhere = { ...settings('compare'), BASE_URL: 'http://127.0.0.1:4000' };
    assert.equal((await holdToGolden(elsewhere, making, digest('1')))?.golden, 'none');
    const theme = { ...making, choices: { ...making.choices, theme: 'Earth' as const } };
    assert.equal((await holdToGolden(settings('compare'), theme, digest('1')))?.golden, 'equal');
  }));

test('a table of another bundle is called by its name, and many differences are counted', () =>
  withStore(async (settings) => {
    await holdToGolden(settings('make'), making, digest('1'));
    await holdToGolden(settings('make'), { ...making, bundle: bundle('banking') }, digest('7', '8'));
    const found = await holdToGolden(settings('compare'), making, digest('1', '7', 'x', 'y', 'z', 'u', 'v'));
    assert.equal(found?.differences[0], 'Table Q7 does not belong there: it is that of banking.');
    assert.equal(found?.differences.at(-1), 'And 1 more.');
    assert.equal(found?.differences.length, 6);
  }));

test('a file that is none is refused with the remedy', () =>
  withStore(async (settings, folder) => {
    await holdToGolden(settings('make'), making, digest('1'));
    await writeFile(path.join(folder, 'embedded', 'coffee.json'), '{}');
    await assert.rejects(holdToGolden(settings('compare'), making, digest('1')), /delete it, and make them anew/);
  }));
