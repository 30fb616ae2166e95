/** The ledger as the summary tells of it: the audit's counts, its breaches with their evidence, and a sentence for each kind. */
import type { JournalRecord } from '../run/journal-schema.ts';
import { auditRun, type AuditOptions } from '../run/ledger/audit.ts';
import type { Breach } from '../run/ledger/breach.ts';
import type { BreachKind } from '../run/ledger/states.ts';
import type { MusterEvent } from '../telemetry/events.ts';
import type { Ledger } from './summary.ts';

export interface Reconciliation {
  ledger: Ledger;
  /** One sentence for each way in which the books do not balance; empty when they do. */
  breaches: string[];
}

/** How many projects a sentence names where each is to be looked for. */
const NAMED = 3;

/** What a person should do, besides telling whoever makes the product. */
const remedies: Readonly<Record<string, string>> = {
  'was left behind in the product': 'Delete what is left in the product, as an admin.',
  'yielded another workbook than the one made alone':
    'If the product has been changed to make others, make them alone anew: GOLDEN=make, one worker, the same settings.',
};

/** Reconciles what analysts wanted, what they were answered and what everybody saw with what teardown found. */
export function reconcile(
  journal: readonly JournalRecord[],
  events: readonly MusterEvent[],
  options: AuditOptions = {},
): Reconciliation {
  const { books, ended, breaches } = auditRun(journal, events, options);
  const count = (kind: BreachKind): number => breaches.filter((breach) => breach.kind === kind).length;
  const any = (...types: MusterEvent['type'][]): boolean => events.some(({ type }) => types.includes(type));
  const projects = [...books.projects.values()];
  const remaining = new Set([...books.lastSweep.values()].flatMap((record) => record.remaining));
  const watched = any('sighting');
  const results = events.flatMap((event) => (event.type === 'result' ? event.golden : []));
  const unrecognised = results.filter((golden) => golden === 'unrecognised').length;
  const ledger: Ledger = {
    intended: projects.filter(({ intended }) => intended.length > 0).length,
    acknowledged: projects.filter(({ acknowledged }) => acknowledged.length > 0).length,
    listed: books.listed.size,
    finished: ended.size,
    lost: count('lost'),
    duplicated: count('duplicated'),
    leaked: watched || any('search') ? count('leaked') : null,
    stuck: watched && options.deadlineMs !== undefined ? count('stuck') : null,
    overwritten: watched ? count('overwritten') : null,
    resurrected: watched ? count('resurrected') : null,
    orphaned: count('orphaned'),
    foreignResults: results.length > unrecognised ? count('foreign-result') : null,
    deleted: new Set(books.sweeps.flatMap((record) => record.deleted)).size,
    remaining: books.unswept.size > 0 ? null : remaining.size,
    golden: {
      equal: results.filter((golden) => golden === 'equal').length,
      different: results.filter((golden) => golden === 'different').length,
      none: results.filter((golden) => golden === 'none').length,
      ...(unrecognised === 0 ? {} : { unrecognised }),
    },
    breaches: breaches.map((breach) => ({ ...breach, evidence: [...breach.evidence] })),
  };
  const unknown = [...books.unswept].map(([organization, supposed]) =>
    [
      supposed === undefined
        ? `Teardown left no record for ${organization}`
        : `Teardown could not look at ${organization} in the end`,
      ', so nobody knows whether ',
      supposed?.length ? `these projects of this run remain: ${named(supposed)}` : 'projects of this run remain',
      '. Look in the product, as an admin.',
    ].join(''),
  );
  const sentences = sentencesOf(breaches);
  // What is left in the product comes first: it is the reader's to remove.
  const left = sentences.filter((sentence) => sentence.includes('left behind'));
  return { ledger, breaches: [...left, ...unknown, ...sentences.filter((sentence) => !left.includes(sentence))] };
}

/** Breaches of one kind in one sentence; who saw what when is told with the breaches themselves. */
function sentencesOf(breaches: readonly Breach[]): string[] {
  const groups = new Map<string, Breach[]>();
  for (const breach of breaches) {
    const key = `${breach.kind} ${breach.what.replace(/[“”].*|\d+/g, '')}`;
    groups.set(key, [...(groups.get(key) ?? []), breach]);
  }
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    if (!first) return [];
    const { project, what } = first;
    const sentence =
      group.length === 1
        ? `The project “${project}” ${what}`
        : `${group.length} projects ${ofSeveral(what)}, such as “${project}”`;
    const remedy = remedies[what];
    return [`${sentence}: see Breaches.${remedy === undefined ? '' : ` ${remedy}`}`];
  });
}

/** What is said of one project, said of several. */
function ofSeveral(what: string): string {
  const several: Readonly<Record<string, string>> = { was: 'were', exists: 'exist', carries: 'carry' };
  return what.replace(/\b(was|exists|carries)\b/g, (verb) => several[verb] ?? verb);
}

function named(projects: readonly string[]): string {
  const more = projects.length > NAMED ? ` and ${projects.length - NAMED} more` : '';
  return `${projects
    .slice(0, NAMED)
    .map((project) => `“${project}”`)
    .join(', ')}${more}`;
}
