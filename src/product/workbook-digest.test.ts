import assert from 'node:assert/strict';
import test from 'node:test';
import type { Workbook, WorkbookTable } from './workbook.ts';
import { digestDifferences, digestOf } from './workbook-digest.ts';

const table = (id: string, base: number, more: Partial<WorkbookTable> = {}): WorkbookTable => ({
  id,
  title: `Title of ${id}`,
  baseText: 'All respondents',
  columns: ['Total', 'Gender: Male'],
  rows: [
    { label: 'Base (unweighted)', measure: 'n', values: [base, base / 2] },
    { label: 'Yes', measure: '%', values: [50, undefined] },
    { label: 'Yes', measure: 'Sig.', values: [undefined, 'A'] },
  ],
  headerFills: ['1F3864'],
  ...more,
});
const book = (tables: WorkbookTable[], summary: Record<string, string> = {}): Workbook => ({
  summary: new Map(
    Object.entries({
      Project: 'P — analyst-01',
      Run: 'r1',
      Generated: 'now',
      Theme: 'Bold',
      Weight: 'None',
      ...summary,
    }),
  ),
  tables,
});
const alone = digestOf(book([table('Q1', 100), table('Q2', 80)]));
const differ = (other: Workbook, origin: Record<string, string> = {}): string[] =>
  digestDifferences(digestOf(other), alone, ({ digest }) => origin[digest]);

test('made at another time, by another analyst and in other colours it is the same', () => {
  const later = book([table('Q1', 100, { headerFills: ['B91C1C'] }), table('Q2', 80)], {
    Project: 'P — analyst-02',
    Run: 'r2',
    Generated: 'later',
    Theme: 'Earth',
  });
  assert.deepEqual(digestOf(later), alone);
  assert.deepEqual(differ(later), []);
});

test('another weight, another base, another figure, another word: each is named', () => {
  assert.deepEqual(differ(book([table('Q1', 100), table('Q2', 80)], { Weight: 'wt' })), [
    'Weight is "wt" instead of "None".',
  ]);
  assert.deepEqual(differ(book([table('Q1', 90), table('Q2', 80)])), ['Table Q1 has the base 90 instead of 100.']);
  const letter = table('Q2', 80).rows.map((row) =>
    row.measure === 'Sig.' ? { ...row, values: ['B', undefined] } : row,
  );
  assert.deepEqual(differ(book([table('Q1', 100), table('Q2', 80, { rows: letter })])), [
    'Table Q2 holds other words or figures.',
  ]);
  assert.deepEqual(differ(book([table('Q1', 100, { title: 'x' }), table('Q2', 80)])), [
    'Table Q1 holds other words or figures.',
  ]);
});

test('missing and foreign tables are named, a foreign one by its bundle', () => {
  const [foreign] = digestOf(book([table('S9', 12)])).tables;
  assert.deepEqual(differ(book([table('Q1', 100), table('S9', 12)]), { [foreign?.digest ?? '']: 'banking-app' }), [
    'Table S9 does not belong there: it is that of banking-app.',
    'Table Q2 is missing.',
  ]);
});

test('an empty cell is another than none', () => {
  const rows = table('Q2', 80).rows.map((row) => ({
    ...row,
    values: row.values.filter((value) => value !== undefined),
  }));
  assert.equal(differ(book([table('Q1', 100), table('Q2', 80, { rows })])).length, 1);
});
