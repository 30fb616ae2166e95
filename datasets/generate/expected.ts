/** Expected cells of a bundle's tables: which ones are asked for, and PSPP's answers. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { ExpectedCell } from '../catalog-schema.ts';
import { openSav, type SavDictionary } from '../sav/index.ts';
import { selection, type Term } from './banner.ts';
import { literal, withPspp } from './pspp.ts';
import type { PlanGroup } from './topic.ts';

/** A cell in terms of the data: what makes a respondent part of its base, and of its count. */
export interface CellQuery {
  readonly table: string;
  readonly column: string;
  readonly row: string;
  readonly weighted: boolean;
  readonly terms: readonly Term[];
  /** Respondents with a valid answer to any of these are in the base; … */
  readonly variables: readonly string[];
  /** … and in the count when one of `counted` has this value. */
  readonly counted: readonly string[];
  readonly value: number;
}

type Row = Pick<CellQuery, 'table' | 'row' | 'variables' | 'counted' | 'value'>;

/** The row of a table at a place: a value label, or an item of a dichotomy set by its variable label. */
export function rowOf(dictionary: SavDictionary, table: string, place: number): Row {
  const label = (name: string): string =>
    dictionary.variables.find((variable) => variable.name === name)?.label ?? name;
  const valueLabel = (name: string): { value: number; label: string } => {
    const found = dictionary.variables.find((variable) => variable.name === name)?.valueLabels?.at(place);
    if (!found || typeof found.value !== 'number') throw new Error(`${name} has no value label at place ${place}.`);
    return { value: found.value, label: found.label };
  };
  const set = dictionary.multipleResponseSets?.find((candidate) => candidate.name === `$${table}`);
  if (!set) {
    const { value, label: row } = valueLabel(table);
    return { table, row, variables: [table], counted: [table], value };
  }
  const first = set.variables[0] ?? '';
  if (set.kind === 'categories') {
    const { value, label: row } = valueLabel(first);
    return { table, row, variables: set.variables, counted: set.variables, value };
  }
  const item = set.variables[place] ?? first;
  return { table, row: label(item), variables: set.variables, counted: [item], value: Number(set.countedValue) };
}

/** Cells worth checking: brand funnel, satisfaction, and more tables when there is no banner to vary the columns with. */
export function cellQueries(
  dictionary: SavDictionary,
  plan: readonly PlanGroup[],
  weight: string | undefined,
): CellQuery[] {
  const variables = new Set(dictionary.variables.map((variable) => variable.name));
  const exact = plan.flatMap((group) =>
    group.columns.flatMap(({ name, definition }) => {
      const terms = selection(definition, variables);
      return terms ? [{ column: `${group.name}: ${name}`, terms }] : [];
    }),
  );
  const total = { column: 'Total', terms: [] };
  const rows = [
    rowOf(dictionary, 'Q4', 0),
    rowOf(dictionary, 'Q5', 3),
    rowOf(dictionary, 'Q2', 1),
    rowOf(dictionary, 'Q1', 2),
    ...(plan.length === 0 ? [rowOf(dictionary, 'Q7r1', 4), rowOf(dictionary, 'D3', 0)] : []),
  ];
  return rows.flatMap((row, i) => {
    const column = exact.length > 0 ? (exact[(3 + i * 5) % exact.length] ?? total) : total;
    const plain = [
      { ...total, ...row, weighted: false },
      ...(column === total ? [] : [{ ...column, ...row, weighted: false }]),
    ];
    return weight === undefined ? plain : [...plain, { ...column, ...row, weighted: true }];
  });
}

function condition(term: Term): string {
  return 'values' in term
    ? `ANY(${term.variable}, ${term.values.join(', ')})`
    : `RANGE(${term.variable}, ${term.low}, ${term.high})`;
}

function job(path: string, query: CellQuery, weight: string | undefined, output: string): string {
  const kept = new Set([
    ...query.variables,
    ...query.terms.map((term) => term.variable),
    ...(weight === undefined ? [] : [weight]),
  ]);
  const hit =
    query.counted.length === 1
      ? `(${query.counted[0] ?? ''} = ${query.value})`
      : `ANY(${query.value}, ${query.counted.join(', ')})`;
  return [
    `GET FILE=${literal(path)} /KEEP=${[...kept].join(' ')}.`,
    'WEIGHT OFF.',
    ...query.terms.map((term) => `SELECT IF ${condition(term)}.`),
    `SELECT IF NVALID(${query.variables.join(', ')}) > 0.`,
    `COMPUTE hit_ = ${hit}.`,
    'RECODE hit_ (SYSMIS=0).',
    ...(query.weighted && weight !== undefined ? [`WEIGHT BY ${weight}.`] : []),
    'AGGREGATE OUTFILE=* /BREAK=hit_ /n_=N /u_=NU.',
    'FORMATS hit_ (F4.0) n_ u_ (F32.10).',
    `SAVE TRANSLATE /OUTFILE=${literal(output)} /TYPE=CSV /CELLS=VALUES /REPLACE.`,
  ].join('\n');
}

const rounded = (value: number): number => Math.round(value * 1e6) / 1e6;

/** One answer of PSPP: lines of hit (0 or 1), count and unweighted count. */
function cellOf({ table, column, row, weighted }: CellQuery, text: string): ExpectedCell[] {
  const lines = text
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map(Number));
  const sum = (place: number, hitsOnly: boolean): number =>
    lines.filter(([hit]) => !hitsOnly || hit === 1).reduce((total, line) => total + (line[place] ?? 0), 0);
  const base = sum(2, false);
  const count = sum(1, true);
  return count > 0
    ? [{ table, column, row, weighted, count: rounded(count), percent: rounded((100 * count) / sum(1, false)), base }]
    : [];
}

/** Asks PSPP for each cell; empty ones, which a small file may have, are left out. Throws `PsppMissing` without PSPP. */
export async function expectedCells(
  path: string,
  queries: readonly CellQuery[],
  weight: string | undefined,
): Promise<ExpectedCell[]> {
  const output = (folder: string, i: number): string => join(folder, `cell-${i}.csv`);
  return withPspp(
    (folder) => queries.map((query, i) => job(path, query, weight, output(folder, i))).join('\n\n'),
    async (folder) =>
      (
        await Promise.all(queries.map(async (query, i) => cellOf(query, await readFile(output(folder, i), 'utf8'))))
      ).flat(),
  );
}

/** The cells of a bundle on disk. */
export async function expectedOf(
  path: string,
  plan: readonly PlanGroup[],
  weight: string | undefined,
): Promise<ExpectedCell[]> {
  const file = await openSav(path);
  try {
    return await expectedCells(path, cellQueries(file.header, plan, weight), weight);
  } finally {
    await file.close();
  }
}
