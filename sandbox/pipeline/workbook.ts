/** Writes a workbook: sheets Summary, Index and Crosstabs. */
import type { CellObject, Row, SheetData } from 'write-excel-file/node';
import writeXlsxFile from 'write-excel-file/node';
import type { Theme } from '../contract.ts';
import type { Cut, TableResult } from './tabulate.ts';
import { themeColours } from './themes.ts';

export type Measure = 'n' | '%' | 'Sig.';

export interface WorkbookContent {
  readonly project: string;
  readonly runId: string;
  readonly dataFile: string;
  readonly respondents: number;
  readonly variables: number;
  readonly weight: string | null;
  readonly theme: Theme;
  readonly levels: readonly number[];
  readonly minBase: number;
  readonly generatedAt: Date;
  /** Total first. */
  readonly cuts: readonly Cut[];
  readonly tables: readonly TableResult[];
  readonly measures: readonly Measure[];
}

const quiet = '64748B';
const hairline = 'D5DAE1';

/** Writes the workbook to `path` (an existing file is replaced). */
export async function writeWorkbook(path: string, content: WorkbookContent): Promise<void> {
  const widths = content.cuts
    .slice(1)
    .map(({ name }) => ({ width: Math.min(22, Math.max(11, name.length * 0.75 + 4)) }));
  await writeXlsxFile(
    [
      { data: summarySheet(content), sheet: 'Summary', columns: [{ width: 22 }, { width: 60 }], showGridLines: false },
      {
        data: indexSheet(content),
        sheet: 'Index',
        columns: [{ width: 18 }, { width: 80 }, { width: 34 }],
        stickyRowsCount: 1,
        showGridLines: false,
      },
      {
        data: crosstabsSheet(content),
        sheet: 'Crosstabs',
        columns: [{ width: 44 }, { width: 6 }, { width: 11 }, ...widths],
        stickyColumnsCount: 3,
        showGridLines: false,
        orientation: 'landscape',
      },
    ],
    { fontFamily: 'Calibri', fontSize: 10 },
  ).toFile(path);
}

function summarySheet(content: WorkbookContent): SheetData {
  const rows: [string, string | number][] = [
    ['Project', content.project],
    ['Run', content.runId],
    ['Data file', content.dataFile],
    ['Respondents', content.respondents],
    ['Variables', content.variables],
    ['Weight', content.weight ?? 'None'],
    ['Theme', content.theme.charAt(0).toUpperCase() + content.theme.slice(1)],
    ['Significance level', content.levels.map((level) => `${level}%`).join(', ')],
    ['Minimum base', content.minBase],
    ['Tables', content.tables.length],
    ['Banner columns', content.cuts.length - 1],
    ['Generated', `${content.generatedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC`],
  ];
  return rows.map(([key, value]) => [
    { value: key, fontWeight: 'bold', textColor: `#${themeColours[content.theme]}`, height: 18 },
    { value, align: 'left', ...(typeof value === 'number' ? { format: '#,##0' } : {}) },
  ]);
}

function indexSheet(content: WorkbookContent): SheetData {
  const head = header(content.theme);
  return [
    ['Table', 'Title', 'Base'].map((value): CellObject => ({ ...head, value, align: 'left' })),
    ...content.tables.map((table): Row => [
      { value: table.plan.id, fontWeight: 'bold' },
      { value: table.plan.title, wrap: true },
      { value: baseText(table, content.respondents), textColor: `#${quiet}` },
    ]),
  ];
}

function crosstabsSheet(content: WorkbookContent): SheetData {
  const rows: Row[] = [];
  for (const table of content.tables) {
    if (rows.length > 0) rows.push([]);
    rows.push(...tableBlock(table, content));
  }
  return rows;
}

function tableBlock(table: TableResult, content: WorkbookContent): Row[] {
  const { cuts, theme, weight } = content;
  const head = header(theme);
  const blank: CellObject = { ...head, value: '' };
  const rows: Row[] = [
    [{ value: `Table ${table.plan.id}`, fontWeight: 'bold', fontSize: 12, textColor: `#${themeColours[theme]}` }],
    [{ value: table.plan.title, fontWeight: 'bold' }],
    [{ value: baseText(table, content.respondents), textColor: `#${quiet}`, fontStyle: 'italic' }],
    [
      blank,
      blank,
      ...cuts.map((cut, index): CellObject => ({
        ...head,
        align: index === 0 ? 'center' : 'left',
        value: index === 0 || cuts[index - 1]?.group !== cut.group ? cut.group : '',
      })),
    ],
    [
      blank,
      blank,
      ...cuts.map((cut, index): CellObject => ({
        ...head,
        align: 'center',
        wrap: true,
        value: index === 0 ? `(${cut.letter})` : `${cut.name} (${cut.letter})`,
      })),
    ],
    baseRow(
      'Base (unweighted)',
      table.cuts.map(({ base }) => base),
      '#,##0',
    ),
  ];
  if (weight !== null)
    rows.push(
      baseRow(
        'Base (weighted)',
        table.cuts.map(({ weightedBase }) => weightedBase),
        '#,##0.0',
      ),
    );
  table.plan.rows.forEach((row, index) => {
    content.measures.forEach((measure, position) => {
      const style: CellObject = position === 0 ? { topBorderColor: `#${hairline}`, topBorderStyle: 'thin' } : {};
      rows.push([
        { ...style, value: row.label, wrap: true, ...(position === 0 ? {} : { textColor: `#${quiet}` }) },
        { ...style, value: measure, textColor: `#${quiet}`, align: 'center' },
        ...table.cuts.map((cut): CellObject => ({
          ...style,
          ...cell(
            measure,
            cut.counts[index] ?? 0,
            cut.percents[index] ?? 0,
            cut.letters[index] ?? '',
            cut.base,
            weight !== null,
          ),
        })),
      ]);
    });
  });
  return rows;
}

function cell(
  measure: Measure,
  count: number,
  percent: number,
  letters: string,
  base: number,
  weighted: boolean,
): CellObject {
  switch (measure) {
    case 'n':
      return { value: count, format: weighted ? '#,##0.0' : '#,##0', align: 'right' };
    case '%':
      // A percentage of nobody is not 0 %.
      return base === 0 ? { value: '–', align: 'right' } : { value: percent, format: '0.0', align: 'right' };
    default:
      return { value: letters, align: 'right', fontWeight: 'bold' };
  }
}

function baseRow(label: string, values: readonly number[], format: string): Row {
  const style: CellObject = { backgroundColor: '#F1F5F9', fontWeight: 'bold' };
  return [
    { ...style, value: label },
    { ...style, value: 'n', align: 'center' },
    ...values.map((value): CellObject => ({ ...style, value, format, align: 'right' })),
  ];
}

function header(theme: Theme): CellObject {
  return {
    backgroundColor: `#${themeColours[theme]}`,
    textColor: '#FFFFFF',
    fontWeight: 'bold',
    alignVertical: 'center',
  };
}

/** Who the table is about. */
function baseText(table: TableResult, respondents: number): string {
  const answered = table.cuts[0]?.base ?? 0;
  const who =
    answered === respondents
      ? 'All respondents'
      : table.plan.kind === 'single'
        ? 'Respondents who answered'
        : 'Respondents who answered any item';
  return `Base: ${who} (n = ${answered.toLocaleString('en-GB')})`;
}
