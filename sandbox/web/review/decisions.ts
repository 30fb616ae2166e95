import type { FlaggedColumn, ReviewDecision } from '../../contract.ts';

/** The decisions that the page offers; the API knows one more. */
export type Decision =
  | { action: 'approve' }
  | { action: 'select_alternative'; selectedAlternative: number }
  | { action: 'provide_hint'; hint: string }
  | { action: 'skip' };

export type Decisions = ReadonlyMap<string, Decision>;

export const accepted: Decision = { action: 'approve' };

export function keyOf(column: Pick<FlaggedColumn, 'groupName' | 'columnName'>): string {
  return JSON.stringify([column.groupName, column.columnName]);
}

/** The body of the review: one decision for each column, accepted where nothing else was said. */
export function toPayload(columns: readonly FlaggedColumn[], decisions: Decisions): { decisions: ReviewDecision[] } {
  return {
    decisions: columns.map(({ groupName, columnName }) => ({
      groupName,
      columnName,
      ...(decisions.get(keyOf({ groupName, columnName })) ?? accepted),
    })),
  };
}

/** How many columns have which decision. */
export function countDecisions(
  columns: readonly FlaggedColumn[],
  decisions: Decisions,
): Record<Decision['action'], number> {
  const counts = { approve: 0, select_alternative: 0, provide_hint: 0, skip: 0 };
  for (const column of columns) counts[(decisions.get(keyOf(column)) ?? accepted).action] += 1;
  return counts;
}

/** Columns by group, both in the order in which they came. */
export function byGroup(columns: readonly FlaggedColumn[]): [string, FlaggedColumn[]][] {
  const groups = new Map<string, FlaggedColumn[]>();
  for (const column of columns) {
    const group = groups.get(column.groupName);
    if (group) group.push(column);
    else groups.set(column.groupName, [column]);
  }
  return [...groups];
}
