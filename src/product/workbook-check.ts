/** Compares a workbook with what its owner uploaded and chose. */
import { isOwn, type ExpectedCell, type SurveyBundle } from '../../datasets/catalog-schema.ts';
import { PlainError } from '../run/plain-error.ts';
import type { Workbook, WorkbookTable } from './workbook.ts';

/** Header colours of the product's themes. */
const themeFills: Readonly<Record<string, string>> = {
  Classic: '1F3864',
  Coastal: '0E7490',
  Blush: 'BE185D',
  Tropical: '15803D',
  Bold: 'B91C1C',
  Earth: '78350F',
};

export interface Expectation {
  readonly projectName: string;
  readonly bundle: SurveyBundle;
  /** The weight variable in use, or undefined. */
  readonly weight: string | undefined;
  readonly theme: string;
  readonly significance: number;
  readonly minimumBase: number;
  readonly measures: 'percentages' | 'counts' | 'both';
  /** Banner columns (`<group>: <column>`) that must and must not be there; others are not judged. */
  readonly present: readonly string[];
  readonly absent: readonly string[];
}

/** Figures are written with one decimal: half a unit of that, and a little for binary fractions. */
const tolerance = 0.051;

/**
 * Every difference, a sentence each; none when the workbook is right. Counts are compared where the workbook holds
 * counts, percentages where it holds percentages.
 */
export function differences(workbook: Workbook, expected: Expectation): string[] {
  return [
    ...summaryDifferences(workbook, expected),
    ...bannerDifferences(workbook, expected),
    ...themeDifferences(workbook, expected),
    ...cellDifferences(workbook, expected),
  ];
}

/** All differences of a workbook in one error. */
export function complaintOf(found: readonly string[], projectName: string, file: string): PlainError {
  return new PlainError(
    `${file} of "${projectName}" is wrong in ${found.length} ${found.length === 1 ? 'point' : 'points'}:`,
    `\n  ${found.join('\n  ')}`,
  );
}

function summaryDifferences({ summary, tables }: Workbook, expected: Expectation): string[] {
  const { bundle } = expected;
  const facts: readonly (readonly [string, string])[] = [
    ['Project', expected.projectName],
    ['Data file', bundle.files.data.path.split('/').at(-1) ?? bundle.files.data.path],
    ['Respondents', String(bundle.respondents)],
    ['Variables', String(bundle.variables)],
    ['Weight', expected.weight ?? 'None'],
    ['Theme', expected.theme],
    ['Significance level', `${expected.significance}%`],
    ['Minimum base', String(expected.minimumBase)],
    // How many tables there are of a bundle of one's own, the product knows alone; it must not contradict itself.
    ['Tables', String(isOwn(bundle) ? tables.length : bundle.tables)],
  ];
  const wrong = facts.flatMap(([key, value]) =>
    summary.get(key) === value ? [] : [`${key} is "${summary.get(key) ?? 'missing'}" instead of "${value}".`],
  );
  if (!isOwn(bundle) && tables.length !== bundle.tables)
    wrong.push(`It holds ${tables.length} tables instead of ${bundle.tables}.`);
  return wrong;
}

function bannerDifferences({ summary, tables }: Workbook, expected: Expectation): string[] {
  const first = tables[0];
  if (!first) return ['It holds no table at all.'];
  const columns = first.columns.slice(1);
  const wrong = [
    ...expected.present
      .filter((column) => !columns.includes(column))
      .map((column) => `The banner column "${column}" is missing.`),
    ...expected.absent
      .filter((column) => columns.includes(column))
      .map((column) => `The banner column "${column}" is there, although it was skipped.`),
  ];
  if (summary.get('Banner columns') !== String(columns.length))
    wrong.push(
      `The summary speaks of ${summary.get('Banner columns') ?? 'no'} banner columns, the tables hold ${columns.length}.`,
    );
  const odd = tables.find((table) => table.columns.join('\n') !== first.columns.join('\n'));
  if (odd) wrong.push(`Table ${odd.id} has another banner than table ${first.id}.`);
  return wrong;
}

function themeDifferences({ tables }: Workbook, { theme }: Expectation): string[] {
  const fill = themeFills[theme];
  if (fill === undefined) return [`The theme "${theme}" is unknown here.`];
  const odd = tables.flatMap((table) =>
    table.headerFills.length === 0
      ? [`${table.id}: no fill`]
      : [...new Set(table.headerFills)].filter((found) => found !== fill).map((found) => `${table.id}: ${found}`),
  );
  return odd.length === 0
    ? []
    : [
        `The headers are not in ${theme} (${fill}): ${odd.slice(0, 3).join(', ')}${odd.length > 3 ? ` and ${odd.length - 3} more` : ''}.`,
      ];
}

function cellDifferences({ tables }: Workbook, expected: Expectation): string[] {
  const { bundle } = expected;
  // Bundles made where PSPP is not installed have no cells to compare with, and those of one's own never have.
  if (isOwn(bundle) || bundle.expected.length === 0) return [];
  const relevant = bundle.expected.filter((cell) => cell.weighted === (expected.weight !== undefined));
  if (relevant.length === 0)
    return [
      `The catalog holds no ${expected.weight === undefined ? 'unweighted' : 'weighted'} cells of ${bundle.name} to compare with.`,
    ];
  return relevant.flatMap((cell) => {
    const table = tables.find((candidate) => candidate.id === cell.table);
    return table ? cellProblems(table, cell, expected.measures) : [`Table ${cell.table} is missing.`];
  });
}

function cellProblems(table: WorkbookTable, cell: ExpectedCell, measures: Expectation['measures']): string[] {
  const column = table.columns.indexOf(cell.column);
  if (column < 0) return [`Table ${table.id} has no column "${cell.column}".`];
  const claims: (readonly [label: string, measure: string, value: number])[] = [['Base (unweighted)', 'n', cell.base]];
  if (measures !== 'percentages') claims.push([cell.row, 'n', cell.count]);
  if (measures !== 'counts') claims.push([cell.row, '%', cell.percent]);
  return claims.flatMap(([label, measure, value]) => {
    const shown = table.rows.find((row) => row.label === label && row.measure === measure)?.values[column];
    // An empty cell is how a spreadsheet shows nothing counted.
    const number = shown === undefined && value === 0 ? 0 : shown;
    if (typeof number === 'number' && Math.abs(number - value) <= tolerance) return [];
    return [`Table ${table.id}, ${cell.column}, "${label}" ${measure}: ${shown ?? 'nothing'} instead of ${value}.`];
  });
}
