/** The reconciliation: every project that a run meant to create reached exactly one permitted end. */
import type { JournalRecord } from '../run/journal-schema.ts';
import type { ProjectEvent } from '../telemetry/events.ts';
import type { Ledger } from './summary.ts';

export interface Reconciliation {
  ledger: Ledger;
  /** One sentence for each way in which the books do not balance; empty when they do. */
  breaches: string[];
}

type Of<T extends JournalRecord['type']> = Extract<JournalRecord, { type: T }>;

/** How many projects a breach names before it only counts. */
const NAMED = 3;

/**
 * Reconciles the journal (and what the owners saw, from their `project` events) with what teardown found in the
 * product's lists. A project that was intended but neither acknowledged nor refused may or may not exist, because
 * its worker died in between: either is permitted, if teardown then found it or it is in no list.
 */
export function reconcile(journal: readonly JournalRecord[], projects: readonly ProjectEvent[]): Reconciliation {
  const of = <T extends JournalRecord['type']>(type: T) =>
    journal.filter((record): record is Of<T> => record.type === type);
  const intended = new Map(of('intended').map((record) => [record.project, record]));
  const productIds = new Map<string, Set<string>>();
  for (const { project, projectId } of of('acknowledged')) {
    productIds.set(project, (productIds.get(project) ?? new Set()).add(projectId));
  }
  const refused = new Set(of('refused').map((record) => record.project));
  const ended = new Set(
    of('ended')
      .filter((record) => isEnd(record.end))
      .map((record) => record.project),
  );
  for (const { name, end } of projects) if (isEnd(end)) ended.add(name);

  const sweeps = of('swept');
  const lastSweep = new Map(sweeps.map((record) => [record.organization, record]));
  const listed = new Set(sweeps.flatMap((record) => [...record.listed, ...record.deleted]));
  const deleted = new Set(sweeps.flatMap((record) => record.deleted));
  const remaining = [...new Set([...lastSweep.values()].flatMap((record) => record.remaining))];
  const organizations = new Set([...intended.values()].map((record) => record.organization));
  const unswept = [...organizations].filter((organization) => !lastSweep.has(organization)).sort();

  const lost = [...productIds.keys()].filter((project) => {
    const organization = intended.get(project)?.organization;
    const swept = organization === undefined ? sweeps.length > 0 : lastSweep.has(organization);
    return swept ? !listed.has(project) : !ended.has(project);
  });
  const duplicated = new Set(sweeps.flatMap((record) => repeated(record.listed)));
  for (const [project, ids] of productIds) if (ids.size > 1) duplicated.add(project);
  const burnt = [...refused].filter((project) => listed.has(project) && !productIds.has(project));
  const strange = [...listed].filter((project) => !intended.has(project));

  const ledger: Ledger = {
    intended: intended.size,
    acknowledged: productIds.size,
    listed: listed.size,
    finished: ended.size,
    lost: lost.length,
    duplicated: duplicated.size,
    leaked: null,
    stuck: null,
    overwritten: null,
    deleted: deleted.size,
    remaining: unswept.length > 0 ? null : remaining.length,
  };
  const breaches = [
    tell(
      remaining,
      'was left behind in the product',
      'were left behind in the product',
      'Delete what is left in the product, as an admin.',
    ),
    ...unswept.map(
      (organization) =>
        `Teardown left no record for ${organization}, so nobody knows whether projects of this run remain. Look in the product, as an admin.`,
    ),
    tell(lost, 'was accepted by the product and then lost', 'were accepted by the product and then lost'),
    tell([...duplicated], 'exists more than once', 'exist more than once'),
    tell(
      burnt,
      'was refused by the product and exists all the same',
      'were refused by the product and exist all the same',
    ),
    tell(
      strange,
      "carries this run's prefix, but the journal does not know it",
      "carry this run's prefix, but the journal does not know them",
    ),
  ].filter((sentence) => sentence !== undefined);
  return { ledger, breaches };
}

/** Whether an end, as its owner named it, is one that a project does not leave any more. */
function isEnd(end: string): boolean {
  return ['completed', 'failed', 'cancelled', 'success', 'partial', 'error'].includes(end);
}

function repeated(names: readonly string[]): string[] {
  return names.filter((name, index) => names.indexOf(name) !== index);
}

function tell(names: readonly string[], one: string, many: string, remedy?: string): string | undefined {
  if (names.length === 0) return undefined;
  const shown = names
    .slice(0, NAMED)
    .map((name) => `“${name}”`)
    .join(', ');
  const more = names.length > NAMED ? ` and ${names.length - NAMED} more` : '';
  const sentence =
    names.length === 1 ? `The project ${shown} ${one}.` : `${names.length} projects ${many}: ${shown}${more}.`;
  return remedy === undefined ? sentence : `${sentence} ${remedy}`;
}
