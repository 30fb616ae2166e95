/** Breaches of the ledger as people read them: which analyst saw what when. */
import type { Ledger } from './summary.ts';

export type BreachRow = NonNullable<Ledger['breaches']>[number];
type Evidence = BreachRow['evidence'][number];

const witnessed: Readonly<Record<Evidence['witness'], string>> = {
  journal: 'in the journal',
  answer: "in the product's answer",
  owner: 'on their own screen',
  colleague: 'on a screen',
  subscription: 'by subscription',
  workbook: 'in the workbook',
  list: 'in the list',
};

/** `10:00:05.120 analyst-02: cancelled, by subscription`; the time of day is UTC. */
export function evidenceLine({ at, analyst, witness, saw }: Evidence): string {
  return `${new Date(at).toISOString().slice(11, 23)} ${analyst}: ${saw}, ${witnessed[witness]}`;
}

/** A breach with all of its evidence, a line each. */
export function breachLines({ kind, project, what, evidence }: BreachRow): { title: string; lines: string[] } {
  return { title: `${kind.replaceAll('-', ' ')}: “${project}” ${what}`, lines: evidence.map(evidenceLine) };
}
