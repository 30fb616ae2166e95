import type { RunRow } from '../contract.ts';
import { faithfulDelivery, type Delivery, type Subscribed } from '../live/delivery.ts';
import { outcomeOf, type QueryOutcome } from '../live/frames.ts';

/**
 * A connection that remembers the rows it has sent and takes a row whose status changed for one it has sent already: the
 * change, and all that follows it, never arrives. A new subscription has nothing to remember and gets the truth.
 * @param share of the status changes, 0 to 1.
 */
export function droppedUpdates(share: number, random: () => number = Math.random): Delivery {
  const sentRows = new WeakMap<Subscribed, Map<string, RunRow>>();
  // One decision a change, so that the list and the project's page of one tab agree.
  const decisions = new Map<string, boolean>();

  function isDropped(before: RunRow, after: RunRow): boolean {
    if (before.status === after.status) return false;
    const change = `${after._id} ${before.status} ${after.status}`;
    const decision = decisions.get(change) ?? random() < share;
    decisions.set(change, decision);
    return decision;
  }

  return {
    ...faithfulDelivery,
    answer: (query, outcome) => {
      const rows = runRows(query, outcome);
      if (rows) sentRows.set(query, byId(rows));
      return outcome;
    },
    push: (query, outcome) => {
      const rows = runRows(query, outcome);
      if (!rows) return outcome;
      const before = sentRows.get(query);
      const sent = rows.map((row) => {
        const known = before?.get(row._id);
        return known && isDropped(known, row) ? known : row;
      });
      sentRows.set(query, byId(sent));
      return outcomeOf(true, sent);
    },
  };
}

function byId(rows: readonly RunRow[]): Map<string, RunRow> {
  return new Map(rows.map((row) => [row._id, row]));
}

function runRows({ udfPath }: Subscribed, { ok, json }: QueryOutcome): RunRow[] | undefined {
  if (!ok || !udfPath.startsWith('runs:')) return undefined;
  return JSON.parse(json.toString('utf8')) as RunRow[];
}
