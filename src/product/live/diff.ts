/** How one full result of a live query differs from the one before it. */
import { isDeepStrictEqual } from 'node:util';
import type { ObjectKind, Row, RowChange } from './happenings.ts';

/** A result by row id. A query that returns one row or none is a list of at most one. */
export type Rows = ReadonlyMap<string, Row>;

const kinds: readonly (readonly [prefix: string, kind: ObjectKind])[] = [
  ['projects:', 'project'],
  ['runs:', 'run'],
  ['organizations:', 'organization'],
  ['orgMemberships:', 'membership'],
];

/** What kind of row a query returns, by its path. */
export function kindOf(udfPath: string): ObjectKind {
  return kinds.find(([prefix]) => udfPath.startsWith(prefix))?.[1] ?? 'other';
}

/** The rows of a result, or undefined when it is not made of rows with ids. */
export function rowsOf(value: unknown): Rows | undefined {
  const list = value === null || value === undefined ? [] : Array.isArray(value) ? (value as unknown[]) : [value];
  const rows = new Map<string, Row>();
  for (const item of list) {
    if (!isRow(item)) return undefined;
    rows.set(item._id, item);
  }
  return rows;
}

function isRow(value: unknown): value is Row {
  return typeof value === 'object' && value !== null && typeof (value as { _id?: unknown })._id === 'string';
}

/** Changes from one result to the next: new and altered rows in the new one's order, then those that are gone. */
export function diffRows(kind: ObjectKind, before: Rows, after: Rows): RowChange[] {
  const changes: RowChange[] = [];
  for (const [id, row] of after) {
    const old = before.get(id);
    if (!old) changes.push(describe(kind, id, undefined, row, []));
    else {
      const fields = changedFields(old, row);
      if (fields.length > 0) changes.push(describe(kind, id, old, row, fields));
    }
  }
  for (const [id, row] of before) if (!after.has(id)) changes.push(describe(kind, id, row, undefined, []));
  return changes;
}

function describe(
  kind: ObjectKind,
  id: string,
  before: Row | undefined,
  after: Row | undefined,
  fields: readonly string[],
): RowChange {
  const row = after ?? before;
  const name = row?.['name'];
  const projectId = kind === 'project' ? id : row?.['projectId'];
  return {
    kind,
    id,
    ...(typeof name === 'string' ? { name } : {}),
    ...(typeof projectId === 'string' ? { projectId } : {}),
    ...(before ? { before } : {}),
    ...(after ? { after } : {}),
    fields,
  };
}

function changedFields(before: Row, after: Row): string[] {
  const names = new Set([...Object.keys(before), ...Object.keys(after)]);
  return [...names].filter((name) => before[name] !== after[name] && !isDeepStrictEqual(before[name], after[name]));
}
