import assert from 'node:assert/strict';
import test from 'node:test';
import { writeXlsx, type Cell, type CellValue } from 'hucre';
import type { Bundle } from '../../datasets/catalog-schema.ts';
import { complaintOf, differences, type Expectation } from './workbook-check.ts';
import { bannerAfterReview, workbooksFor } from './workbook-plan.ts';
import { readWorkbook, UnknownLayout } from './workbook.ts';

const file = (path: string): Bundle['files']['data'] => ({ path, sha256: '0'.repeat(64), sizeBytes: 1 });

const bundle: Bundle = {
  name: 'coffee',
  title: 'Coffee',
  seed: 1,
  writtenBy: 'muster',
  files: { data: file('coffee/inputs/coffee.sav'), survey: file('coffee/inputs/survey.docx') },
  respondents: 300,
  variables: 40,
  loops: false,
  flagged: ['Age: Young', 'Age: Old'],
  tables: 2,
  expected: [
    { table: 'Q1', column: 'Total', row: 'Yes', weighted: false, count: 180, percent: 60, base: 300 },
    { table: 'Q1', column: 'Gender: Male', row: 'Yes', weighted: false, count: 70, percent: 46.7, base: 150 },
    { table: 'Q2', column: 'Total', row: 'Never', weighted: false, count: 0, percent: 0, base: 290 },
  ],
};

interface Shown {
  project: string;
  theme: string;
  fill: string;
  maleYes: number;
  columns: string[];
}

const mine: Shown = {
  project: 'P — analyst-01 coffee',
  theme: 'Bold',
  fill: 'B91C1C',
  maleYes: 70,
  columns: ['Gender: Male (B)', 'Gender: Female (C)', 'Age: Young (D)'],
};

/** A small workbook in the product's layout. */
async function workbookOf(shown: Shown): Promise<Uint8Array> {
  const rows: CellValue[][] = [];
  const cells = new Map<string, Partial<Cell>>();
  const groups = shown.columns.map((column) => column.split(': ')[0] ?? '');
  const names = shown.columns.map((column) => column.split(': ')[1] ?? '');
  const table = (id: string, base: number[], answer: string, n: number[], percent: number[]): void => {
    rows.push([`Table ${id}`], [`Label of ${id}`], ['Base: all who answered']);
    for (const line of [
      [null, null, 'Total', ...groups.map((group, index) => (group === groups[index - 1] ? null : group))],
      [null, null, '(A)', ...names],
    ]) {
      for (const column of [2, 3, 4, 5])
        cells.set(`${rows.length},${column}`, {
          style: { fill: { type: 'pattern', pattern: 'solid', fgColor: { rgb: `FF${shown.fill}` } } },
        });
      rows.push(line);
    }
    rows.push(
      ['Base (unweighted)', 'n', ...base],
      [answer, 'n', ...n],
      [answer, '%', ...percent],
      [answer, 'Sig.', null, 'C'],
      [],
    );
  };
  table('Q1', [300, 150, 150, 100], 'Yes', [180, shown.maleYes, 110, 50], [60, 46.7, 73.3, 50]);
  table('Q2', [290, 145, 145, 90], 'Never', [0, 0, 0, 0], [0, 0, 0, 0]);
  const summary: CellValue[][] = [
    ['Project', shown.project],
    ['Run', 'r1'],
    ['Data file', 'coffee.sav'],
    ['Respondents', 300],
    ['Variables', 40],
    ['Weight', 'None'],
    ['Theme', shown.theme],
    ['Significance level', '90%'],
    ['Minimum base', 0],
    ['Tables', 2],
    ['Banner columns', shown.columns.length],
  ];
  return writeXlsx({
    sheets: [
      { name: 'Summary', rows: summary },
      { name: 'Crosstabs', rows, cells },
    ],
  });
}

const expected: Expectation = {
  projectName: mine.project,
  bundle,
  weight: undefined,
  theme: 'Bold',
  significance: 90,
  minimumBase: 0,
  measures: 'both',
  present: ['Age: Young'],
  absent: ['Age: Old'],
};

async function differencesOf(shown: Partial<Shown>, claims: Partial<Expectation> = {}): Promise<string[]> {
  return differences(await readWorkbook(await workbookOf({ ...mine, ...shown })), { ...expected, ...claims });
}

test('the right workbook has no differences', async () => {
  assert.deepEqual(await differencesOf({}), []);
});

test('tables are read with their columns, rows and colours', async () => {
  const { tables } = await readWorkbook(await workbookOf(mine));
  assert.deepEqual(tables[0]?.columns, ['Total', 'Gender: Male', 'Gender: Female', 'Age: Young']);
  assert.deepEqual(tables[0]?.rows[3], {
    label: 'Yes',
    measure: 'Sig.',
    values: [undefined, 'C', undefined, undefined],
  });
  assert.deepEqual([...new Set(tables[1]?.headerFills)], ['B91C1C']);
});

test('two analysts’ swapped workbooks are found out, even of one bundle', async () => {
  const other: Expectation = { ...expected, projectName: 'P — analyst-02 coffee' };
  const workbook = await readWorkbook(await workbookOf(mine));
  assert.match(
    complaintOf(differences(workbook, other), other.projectName, 'crosstabs.xlsx').message,
    /^crosstabs\.xlsx of "P — analyst-02 coffee" is wrong in 1 point:\n {2}Project is "P — analyst-01 coffee" instead of "P — analyst-02 coffee"\./,
  );
});

test('exchanged colours are found out, whatever the summary says', async () => {
  assert.deepEqual(await differencesOf({ fill: '1F3864' }), [
    'The headers are not in Bold (B91C1C): Q1: 1F3864, Q2: 1F3864.',
  ]);
});

test('a wrong figure is found out where the workbook holds such figures', async () => {
  assert.deepEqual(await differencesOf({ maleYes: 71 }), ['Table Q1, Gender: Male, "Yes" n: 71 instead of 70.']);
  assert.deepEqual(await differencesOf({ maleYes: 71 }, { measures: 'percentages' }), []);
});

test('the banner must follow the review', async () => {
  assert.deepEqual(await differencesOf({ columns: ['Gender: Male (B)', 'Gender: Female (C)', 'Age: Old (D)'] }), [
    'The banner column "Age: Young" is missing.',
    'The banner column "Age: Old" is there, although it was skipped.',
  ]);
});

test('weighted results are never taken for unweighted ones', async () => {
  const wrong = await differencesOf({}, { weight: 'wt' });
  assert.ok(wrong.includes('Weight is "None" instead of "wt".'));
  assert.ok(wrong.some((sentence) => sentence.includes('no weighted cells')));
});

test('what is no workbook is said to be none', async () => {
  await assert.rejects(readWorkbook(new TextEncoder().encode('<html>')), /file of 6 bytes is not a workbook/);
});

test('a workbook of another layout is told from a broken one, and can still be searched', async () => {
  const foreign = (...names: string[]): Promise<Uint8Array> =>
    writeXlsx({ sheets: names.map((name) => ({ name, rows: [['secret of somebody'], ['Base', 12]] })) });
  for (const bytes of [await foreign('Table of Contents', 'Tables'), await foreign('Summary', 'Crosstabs')])
    await assert.rejects(readWorkbook(bytes), (error) => {
      assert.ok(error instanceof UnknownLayout);
      assert.match(error.cells, /secret of somebody.*12/);
      return true;
    });
});

test('a configuration makes the workbooks that the product promises', () => {
  const files = (displayMode: string, separateWorkbooks: boolean, weighted: boolean): string[] =>
    workbooksFor({ displayMode, separateWorkbooks, weighted }).map(({ file: name, measures }) => `${name} ${measures}`);
  assert.deepEqual(files('Percentages', false, true), ['crosstabs.xlsx percentages']);
  assert.deepEqual(files('Both', false, false), ['crosstabs.xlsx both']);
  assert.deepEqual(files('Both', true, false), ['crosstabs.xlsx percentages', 'crosstabs-counts.xlsx counts']);
  assert.deepEqual(files('Both', true, true), [
    'crosstabs-weighted.xlsx percentages',
    'crosstabs-weighted-counts.xlsx counts',
  ]);
});

test('decisions say which columns must be there', () => {
  const column = (name: string, decision: 'accept' | 'alternative' | 'hint' | 'skip', proposed?: string) => ({
    group: 'G',
    column: name,
    decision,
    proposed,
  });
  assert.deepEqual(
    bannerAfterReview([
      column('a', 'accept', 'Q1=1'),
      column('b', 'accept'),
      column('c', 'accept', 'see screener'),
      column('d', 'alternative'),
      column('e', 'hint', 'Q1=1'),
      column('f', 'skip', 'Q1=1'),
    ]),
    {
      present: ['G: a', 'G: d'],
      absent: ['G: f'],
    },
  );
});
