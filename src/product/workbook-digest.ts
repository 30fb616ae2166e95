/** A workbook reduced to what its bundle and choices alone decide: no dates, no ids, no names, no colours. */
import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Workbook, WorkbookTable } from './workbook.ts';

export const digestSchema = z.object({
  /** The `Summary` sheet without what differs from run to run. */
  summary: z.record(z.string(), z.string()),
  tables: z.array(
    z.object({
      id: z.string(),
      /** The first base of the total; absent when the table shows none. */
      base: z.union([z.number(), z.string()]).optional(),
      /** Of all its words and figures. */
      digest: z.string(),
    }),
  ),
});
export type WorkbookDigest = z.infer<typeof digestSchema>;
type TableDigest = WorkbookDigest['tables'][number];

/** Lines of the summary that are not the choices' alone; the theme is judged by the colours themselves. */
const volatile = /project|run|generated|created|date|time|duration|theme/i;

/** Equal digests: equal workbooks, but for when and by whom they were made, and in which colours. */
export function digestOf({ summary, tables }: Workbook): WorkbookDigest {
  return {
    summary: Object.fromEntries([...summary].filter(([key]) => !volatile.test(key))),
    tables: tables.map(digestTable),
  };
}

function digestTable({ id, title, baseText, columns, rows }: WorkbookTable): TableDigest {
  const base = rows.find(({ label }) => /^base\b/i.test(label))?.values[0];
  // An empty cell must not be taken for none.
  const figures = rows.map(({ label, measure, values }) => [label, measure, ...values.map((value) => value ?? null)]);
  const digest = createHash('sha256')
    .update(JSON.stringify([title, baseText, columns, figures]))
    .digest('hex');
  return { id, ...(base === undefined ? {} : { base }), digest: digest.slice(0, 16) };
}

/**
 * How a workbook differs from the one made alone, a sentence each. `origin` names the bundle that a table is known from,
 * so that a foreign one can be called by its name.
 */
export function digestDifferences(
  found: WorkbookDigest,
  golden: WorkbookDigest,
  origin: (table: TableDigest) => string | undefined,
): string[] {
  return [...summaryDifferences(found.summary, golden.summary), ...tableDifferences(found, golden, origin)];
}

function summaryDifferences(found: Record<string, string>, golden: Record<string, string>): string[] {
  return [...new Set([...Object.keys(golden), ...Object.keys(found)])].flatMap((key) =>
    found[key] === golden[key]
      ? []
      : [`${key} is "${found[key] ?? 'missing'}" instead of "${golden[key] ?? 'missing'}".`],
  );
}

function tableDifferences(
  found: WorkbookDigest,
  golden: WorkbookDigest,
  origin: (table: TableDigest) => string | undefined,
): string[] {
  const known = new Map(golden.tables.map((table) => [table.id, table]));
  const there = new Set(found.tables.map(({ id }) => id));
  const named = (table: TableDigest): string => {
    const bundle = origin(table);
    return bundle === undefined ? '' : `: it is that of ${bundle}`;
  };
  return [
    ...found.tables.flatMap((table) => {
      const alone = known.get(table.id);
      if (!alone) return [`Table ${table.id} does not belong there${named(table)}.`];
      if (alone.digest === table.digest) return [];
      if (alone.base !== table.base)
        return [
          `Table ${table.id} has the base ${table.base ?? 'none'} instead of ${alone.base ?? 'none'}${named(table)}.`,
        ];
      return [`Table ${table.id} holds other words or figures${named(table)}.`];
    }),
    ...golden.tables.flatMap(({ id }) => (there.has(id) ? [] : [`Table ${id} is missing.`])),
  ];
}
