/**
 * What the benches measured, as the README tells it: kept in `published.json`, from which `npm run papers` makes the
 * README's tables, so that no figure there can part from one that was measured.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';

const file = path.join(import.meta.dirname, 'published.json');

/** An estimate with what lies around it: an interval, or the range of the repetitions; the column's title says which. */
const estimateSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });
const cellSchema = z.union([z.string(), z.number(), estimateSchema, z.null()]);
export type Cell = z.infer<typeof cellSchema>;

const columnSchema = z.object({
  /** The cell's name in every row. */
  key: z.string().min(1),
  title: z.string().min(1),
  /** Behind every figure of the column, such as `ms`; leave it out where the title says it. */
  unit: z.string().optional(),
  /** Digits behind the point; 0 when absent. */
  digits: z.int().min(0).max(6).optional(),
});

const publicationSchema = z.object({
  /** The name of the README's marks: `<!-- bench:NAME -->` … `<!-- /bench:NAME -->`. */
  bench: z.string().regex(/^[a-z][a-z0-9-]*$/),
  measuredAt: z.iso.date(),
  host: z.object({
    cores: z.int().positive(),
    memoryGiB: z.int().positive(),
    node: z.string().min(1),
    browser: z.string().min(1),
  }),
  /** How often it was measured, in a few words. */
  often: z.string().min(1).optional(),
  /** What to type to measure it again. */
  command: z.string().min(1),
  columns: z.array(columnSchema).min(1),
  /** One for each row of the table; a cell that is null or absent was not measured. */
  rows: z.array(z.record(z.string(), cellSchema)).min(1),
});
export type Publication = z.infer<typeof publicationSchema>;

const publishedSchema = z.array(publicationSchema);

/** Everything published, by the name of its bench. @throws for a file that is not what it should be. */
export function readPublished(from: string = file): readonly Publication[] {
  let text: string;
  try {
    text = readFileSync(from, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const parsed = publishedSchema.safeParse(JSON.parse(text));
  if (!parsed.success)
    throw new Error(`${path.basename(from)} cannot be read: ${z.prettifyError(parsed.error)}`, { cause: parsed.error });
  return parsed.data;
}

/** Puts a bench's figures in the place of its last ones; the others stay. @throws for figures that do not fit the schema. */
export function publish(publication: Publication, to: string = file): void {
  const others = readPublished(to).filter(({ bench }) => bench !== publication.bench);
  const all = publishedSchema.parse([...others, publication]).sort((a, b) => a.bench.localeCompare(b.bench));
  writeFileSync(to, `${JSON.stringify(all, null, 2)}\n`);
}

/** This machine, for a publication; `browser` with its version. */
export function hostOf(browser: string): Publication['host'] {
  return {
    cores: os.availableParallelism(),
    memoryGiB: Math.round(os.totalmem() / 2 ** 30),
    node: process.versions.node,
    browser,
  };
}

/** The table in Markdown, with a line under it that says where and how it was measured. */
export function publishedTable({ columns, rows, host, measuredAt, often, command }: Publication): string {
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  const aligned = columns.map(({ key }) => (rows.some((row) => typeof row[key] === 'string') ? '---' : '---:'));
  return [
    line(columns.map(({ title }) => title)),
    `|${aligned.join('|')}|`,
    ...rows.map((row) => line(columns.map((column) => cellText(row[column.key], column)))),
    '',
    `Measured on ${measuredAt}${often === undefined ? '' : `, ${often}`}: ${host.cores} cores, ${host.memoryGiB} GiB, Node ${host.node}, ${host.browser}. \`${command}\``,
  ].join('\n');
}

function cellText(cell: Cell | undefined, { unit, digits = 0 }: z.infer<typeof columnSchema>): string {
  if (cell === null || cell === undefined) return '–';
  if (typeof cell === 'string') return cell;
  // Adding 0 turns the −0 that rounding can leave into 0.
  const figure = (value: number): string =>
    (Number(value.toFixed(digits)) + 0)
      .toLocaleString('en-GB', {
        minimumFractionDigits: digits,
        maximumFractionDigits: digits,
      })
      .replace('-', '−');
  const behind = unit === undefined ? '' : ` ${unit}`;
  // What was measured once has no range.
  if (typeof cell === 'number' || cell.low === cell.high)
    return `${figure(typeof cell === 'number' ? cell : cell.value)}${behind}`;
  return `${figure(cell.value)}${behind} (${figure(cell.low)} to ${figure(cell.high)})`;
}
