/** Reads a workbook that the product made. */
import { readXlsx, type CellValue, type Sheet } from 'hucre';

/** One row of figures of a table: an answer, or a base. */
export interface TableRow {
  readonly label: string;
  /** `n`, `%` or `Sig.`. */
  readonly measure: string;
  /** One figure a column, in the order of the table's columns; undefined where the cell is empty. */
  readonly values: readonly (number | string | undefined)[];
}

export interface WorkbookTable {
  readonly id: string;
  readonly title: string;
  readonly baseText: string;
  /** `Total`, then `<group>: <column>`. */
  readonly columns: readonly string[];
  readonly rows: readonly TableRow[];
  /** Fill colours of the header's cells, six hexadecimal digits each. */
  readonly headerFills: readonly string[];
}

export interface Workbook {
  /** The `Summary` sheet: key → value. */
  readonly summary: ReadonlyMap<string, string>;
  readonly tables: readonly WorkbookTable[];
}

const firstColumn = 2; // A label, B measure, C Total.

/** A workbook that can be read, and is not laid out as the ones whose figures are known here. */
export class UnknownLayout extends Error {
  override readonly name = 'UnknownLayout';
  /** All that it holds. */
  readonly cells: string;

  constructor(message: string, cells: string) {
    super(message);
    this.cells = cells;
  }
}

/** Reads a workbook's bytes. @throws UnknownLayout when it lacks a sheet or its summary; an Error when it is no workbook. */
export async function readWorkbook(bytes: Uint8Array): Promise<Workbook> {
  let sheets: Sheet[];
  try {
    sheets = (await readXlsx(bytes, { readStyles: true })).sheets;
  } catch (cause) {
    throw new Error(`The downloaded file of ${bytes.length} bytes is not a workbook that can be read.`, { cause });
  }
  const unknown = (why: string): UnknownLayout =>
    new UnknownLayout(why, JSON.stringify(sheets.map(({ name, rows }) => [name, rows])));
  const sheet = (name: string): Sheet => {
    const found = sheets.find((candidate) => candidate.name === name);
    if (!found)
      throw unknown(`The workbook has no sheet "${name}", only ${sheets.map((each) => each.name).join(', ')}.`);
    return found;
  };
  const summary = new Map(
    sheet('Summary')
      .rows.filter((row) => text(row[0]) !== '')
      .map((row) => [text(row[0]), text(row[1])]),
  );
  const tables = tablesOf(sheet('Crosstabs'));
  if (!summary.has('Project')) throw unknown('The workbook does not say which project it is of.');
  return { summary, tables };
}

function tablesOf(sheet: Sheet): WorkbookTable[] {
  const starts = sheet.rows.flatMap((row, index) =>
    /^Table \S/.test(text(row[0])) && text(row[1]) === '' ? [index] : [],
  );
  return starts.map((start, place) => tableAt(sheet, start, starts[place + 1] ?? sheet.rows.length));
}

function tableAt(sheet: Sheet, start: number, end: number): WorkbookTable {
  const row = (offset: number): readonly CellValue[] => sheet.rows[start + offset] ?? [];
  const groups = row(3);
  const names = row(4);
  const width = Math.max(groups.length, names.length);
  const columns: string[] = [];
  const headerFills: string[] = [];
  let group = '';
  for (let column = firstColumn; column < width; column += 1) {
    group = text(groups[column]) || group;
    const name = text(names[column]).replace(/\s*\([A-Z]+\)$/, '');
    columns.push(name === '' ? group : `${group}: ${name}`);
    headerFills.push(...[3, 4].flatMap((offset) => fillOf(sheet, start + offset, column) ?? []));
  }
  const rows = sheet.rows
    .slice(start + 5, end)
    .filter((cells) => text(cells[1]) !== '')
    .map((cells) => ({
      label: text(cells[0]),
      measure: text(cells[1]),
      values: columns.map((_, index) => figure(cells[firstColumn + index])),
    }));
  return {
    id: text(row(0)[0]).replace(/^Table /, ''),
    title: text(row(1)[0]),
    baseText: text(row(2)[0]),
    columns,
    rows,
    headerFills,
  };
}

function fillOf(sheet: Sheet, row: number, column: number): string | undefined {
  const fill = sheet.cells?.get(`${row},${column}`)?.style?.fill;
  return fill?.type === 'pattern' ? fill.fgColor?.rgb?.slice(-6).toUpperCase() : undefined;
}

function text(value: CellValue | undefined): string {
  if (value === null || value === undefined) return '';
  return value instanceof Date ? value.toISOString() : String(value).trim();
}

function figure(value: CellValue | undefined): number | string | undefined {
  if (typeof value === 'number') return value;
  const written = text(value);
  return written === '' ? undefined : written;
}
