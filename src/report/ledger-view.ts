/** Breaches of the ledger as people read them: which analyst saw what when. */
import type { Ledger } from './summary.ts';

export type BreachRow = NonNullable<Ledger['breaches']>[number];
type Evidence = BreachRow['evidence'][number];

const WITNESSED: Readonly<Record<Evidence['witness'], string>> = {
  journal: 'in the journal',
  answer: 'in the product’s answer',
  owner: 'on their own screen',
  colleague: 'on the screen',
  subscription: 'over the live connection',
  workbook: 'in the workbook',
  list: 'in the product’s list',
};

/** Where a marker was found. */
const PLACES: Readonly<Record<string, string>> = {
  frame: WITNESSED.subscription,
  response: WITNESSED.answer,
  screen: WITNESSED.colleague,
  workbook: WITNESSED.workbook,
};

/** The product's words that nobody reads without a dictionary. */
const STATUSES: Readonly<Record<string, string>> = {
  'no-run': 'not started',
  in_progress: 'computing',
  pending_review: 'waiting for review',
  resuming: 'going on after its review',
  success: 'completed',
  partial: 'completed in part',
  error: 'failed',
  gone: 'gone',
};

/** Longer is cut: the run's records have it whole. */
const LONGEST = 120;

/** `10:00:05.120 analyst-02: cancelled, over the live connection`; the time of day is UTC. */
export function evidenceLine({ at, analyst, witness, saw }: Evidence): string {
  const who = analyst === 'teardown' ? 'the clean-up' : analyst;
  return `${new Date(at).toISOString().slice(11, 23)} ${who}: ${sawWhat({ witness, saw })}`;
}

function sawWhat({ witness, saw }: Pick<Evidence, 'witness' | 'saw'>): string {
  const [, owner = '', place = '', around = ''] = /^(\S+?)'s marker in an? (\w+), (.*)$/s.exec(saw) ?? [];
  // A marker is typed into a project's data; without one it was known by its name.
  if (owner !== '')
    return `${/\bmk-/.test(around) ? `data of ${owner}` : `the name of ${owner}’s project`}, ${PLACES[place] ?? place}`;
  const [, shown = '', home] = /^([\w-]+), in (.+)$/s.exec(saw) ?? [];
  if (home !== undefined && witness === 'subscription')
    return `was sent the project (${STATUSES[shown] ?? shown}) in ${home}`;
  const [, word = '', rest = ''] = /^([\w-]+)(.*)$/s.exec(saw) ?? [];
  const status = STATUSES[word];
  const said = status === undefined ? saw : `${status}${rest}`;
  // What a list says needs no other word for where it was seen.
  return witness === 'list' || witness === 'journal' ? clipped(said) : `${clipped(said)}, ${WITNESSED[witness]}`;
}

/** Cut at a word. */
function clipped(text: string): string {
  const line = text.replaceAll(/\s+/g, ' ');
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST).replace(/\s+\S*$/, '')} …`;
}

/** A breach with all of its evidence, a line each. */
export function breachLines({ kind, project, what, evidence }: BreachRow): { title: string; lines: string[] } {
  // Every project of the run is called by the run first.
  const name = project.replace(/^Muster .*? — /, '');
  return { title: `${kind.replaceAll('-', ' ')}: “${name}” ${what}`, lines: evidence.map(evidenceLine) };
}
