/** A small tabulator for tests: one cell at a time, straight from the rows. It shares no code with the generator or the product. */
import type { SavData, SavVariable } from '../sav/index.ts';
import type { ExpectedCell } from '../catalog-schema.ts';

type Test = (row: number) => boolean;

function numbers(data: SavData, name: string): Float64Array {
  const column = data.columns.get(name);
  if (!(column instanceof Float64Array)) throw new Error(`${name} is not a numeric column.`);
  return column;
}

function variable(data: SavData, name: string): SavVariable {
  const found = data.header.variables.find((candidate) => candidate.name === name);
  if (!found) throw new Error(`There is no variable ${name}.`);
  return found;
}

function valid(data: SavData, name: string): Test {
  const column = numbers(data, name);
  const missing = new Set<unknown>(variable(data, name).missing?.values ?? []);
  return (row) => !Number.isNaN(column[row]) && !missing.has(column[row]);
}

/** Respondents of an exact banner definition. */
export function columnTest(data: SavData, definition: string): Test {
  const terms = definition.split(' AND ').map((term): Test => {
    const [name = '', wanted = ''] = term.split('=');
    const column = numbers(data, name);
    const ranges = wanted.split(',').map((part) => part.split('-').map(Number));
    return (row) =>
      ranges.some(([low = NaN, high = low]) => (column[row] ?? NaN) >= low && (column[row] ?? NaN) <= high);
  });
  return (row) => terms.every((term) => term(row));
}

/** Count, column percentage and unweighted base of a cell named as the catalog names it. */
export function cell(
  data: SavData,
  expected: Pick<ExpectedCell, 'table' | 'row'>,
  inColumn: Test,
  weight: string | undefined,
): { count: number; percent: number; base: number } {
  const set = data.header.multipleResponseSets?.find(({ name }) => name === `$${expected.table}`);
  const members = set ? set.variables : [expected.table];
  const asked = members.map((name) => valid(data, name));
  const labelled = (name: string): number => {
    const found = variable(data, name).valueLabels?.find(({ label }) => label === expected.row)?.value;
    if (typeof found !== 'number') throw new Error(`${name} has no answer "${expected.row}".`);
    return found;
  };
  const hits =
    set?.kind === 'dichotomies' ? members.filter((name) => variable(data, name).label === expected.row) : members;
  const value = set?.kind === 'dichotomies' ? Number(set.countedValue) : labelled(members[0] ?? '');
  const hitColumns = hits.map((name) => numbers(data, name));
  const weights = weight === undefined ? undefined : numbers(data, weight);
  let count = 0;
  let weightedBase = 0;
  let base = 0;
  for (let row = 0; row < data.caseCount; row++) {
    if (!inColumn(row) || !asked.some((test) => test(row))) continue;
    const w = weights ? (weights[row] ?? NaN) : 1;
    base++;
    weightedBase += w;
    if (hitColumns.some((column) => column[row] === value)) count += w;
  }
  return { count, percent: (100 * count) / weightedBase, base };
}
