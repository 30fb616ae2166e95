/** Reads the lines of a banner plan into groups and columns. */

export interface PlannedColumn {
  readonly name: string;
  /** What the plan says of it; blank when it says nothing. */
  readonly definition: string;
}

export interface PlannedGroup {
  readonly name: string;
  readonly columns: readonly PlannedColumn[];
}

const bullet = /^\s*(?:[•●▪◦‣·*–—-]|\(?\d{1,2}[.)]|\(?[a-z][.)])\s+/i;
const groupLine = /^banner\s+group(?:\s+\d+)?\s*[:–—-]\s*(.+)$/i;
const pageFooter = /^(?:page\s+)?\d+(?:\s*(?:of|\/)\s*\d+)?$/i;
const continues = /(?:\b(?:AND|OR|NOT)|[,=&|<>(-])$/i;
const continuation = /^(?:AND|OR)\b|^[,&|)]/i;

/**
 * Groups of a plan, in its order. `Banner group: <name>` opens a group; `<column>: <definition>` lines follow until an
 * empty line, a line of prose, or the next group. Groups without columns are left out.
 */
export function parseBannerPlan(text: string): PlannedGroup[] {
  const groups: { name: string; columns: { name: string; definition: string }[] }[] = [];
  let open: (typeof groups)[number] | undefined;
  for (const raw of text.split('\n')) {
    const bulleted = bullet.test(raw);
    const line = raw.replace(bullet, '').replace(/\s+/g, ' ').trim();
    const heading = groupLine.exec(line);
    if (heading) {
      open = { name: heading[1]?.trim() ?? '', columns: [] };
      groups.push(open);
      continue;
    }
    if (!open || pageFooter.test(line)) continue;
    if (line === '') {
      // A blank line straight after the heading is only spacing.
      if (open.columns.length > 0) open = undefined;
      continue;
    }
    const last = open.columns.at(-1);
    if (last && (continues.test(last.definition) || continuation.test(line))) {
      last.definition = `${last.definition} ${line}`.trim();
      continue;
    }
    const colon = line.indexOf(':');
    if (colon > 0 && colon <= 80) {
      open.columns.push({ name: line.slice(0, colon).trim(), definition: line.slice(colon + 1).trim() });
    } else if (colon < 0 && (bulleted || (line.length <= 40 && !/[.?!;]$/.test(line)))) {
      open.columns.push({ name: line, definition: '' });
    } else {
      open = undefined;
    }
  }
  return groups.filter((group) => group.columns.length > 0);
}
