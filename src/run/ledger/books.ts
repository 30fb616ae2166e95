/** What the journal says of a run's projects, by their names. */
import type { JournalRecord } from '../journal-schema.ts';
import type { Evidence } from './breach.ts';

type Of<T extends JournalRecord['type']> = Extract<JournalRecord, { type: T }>;

export interface Book {
  readonly project: string;
  readonly intended: readonly Of<'intended'>[];
  readonly acknowledged: readonly Of<'acknowledged'>[];
  readonly refused: readonly Of<'refused'>[];
  readonly ended: readonly Of<'ended'>[];
  /** Somebody of the run deleted it on purpose. */
  readonly wanted: boolean;
}

export interface Books {
  readonly projects: ReadonlyMap<string, Book>;
  /** Teardown's looks at the lists; those that it could not open in the end are not among them. */
  readonly sweeps: readonly Of<'swept'>[];
  /** The last look at each organisation. */
  readonly lastSweep: ReadonlyMap<string, Of<'swept'>>;
  /** Names that teardown found, or deleted. */
  readonly listed: ReadonlySet<string>;
  /** Organisations that took part and that no teardown has looked at; with what it supposes to remain there, where it tried. */
  readonly unswept: ReadonlyMap<string, readonly string[] | undefined>;
}

/** Opens the books of a run. Names that only teardown knows are not among the projects. */
export function openBooks(journal: readonly JournalRecord[]): Books {
  const of = <T extends JournalRecord['type']>(type: T) =>
    journal.filter((record): record is Of<T> => record.type === type);
  const perProject = { intended: byProject(of('intended')), acknowledged: byProject(of('acknowledged')) };
  const [refused, ended] = [byProject(of('refused')), byProject(of('ended'))];
  const wanted = new Set(of('deleting').map(({ project }) => project));
  const names = new Set([...perProject.intended.keys(), ...perProject.acknowledged.keys(), ...refused.keys()]);
  const projects = new Map(
    [...names].map((project): [string, Book] => [
      project,
      {
        project,
        intended: perProject.intended.get(project) ?? [],
        acknowledged: perProject.acknowledged.get(project) ?? [],
        refused: refused.get(project) ?? [],
        ended: ended.get(project) ?? [],
        wanted: wanted.has(project),
      },
    ]),
  );
  const sweeps = of('swept').filter(({ looked }) => looked !== false);
  const lastSweep = new Map(sweeps.map((record) => [record.organization, record]));
  const organizations = new Set(of('intended').map(({ organization }) => organization));
  const supposed = new Map(of('swept').map(({ organization, remaining }) => [organization, remaining]));
  return {
    projects,
    sweeps,
    lastSweep,
    listed: new Set(sweeps.flatMap((record) => [...record.listed, ...record.deleted])),
    unswept: new Map(
      [...organizations]
        .filter((organization) => !lastSweep.has(organization))
        .sort()
        .map((organization) => [organization, supposed.get(organization)]),
    ),
  };
}

/** The organisation that a project belongs to; undefined when the journal does not tell. */
export function organizationOf(book: Book | undefined): string | undefined {
  return book?.intended[0]?.organization;
}

/** The journal's and the product's words on a launch. */
export function launchEvidence({ intended, acknowledged, refused }: Book): Evidence[] {
  return [
    ...intended.map(({ at, analyst }) => ({ at, analyst, witness: 'journal' as const, saw: 'about to launch' })),
    ...acknowledged.map(({ at, analyst, projectId }) => ({
      at,
      analyst,
      witness: 'answer' as const,
      saw: `accepted as ${projectId}`,
    })),
    ...refused.map(({ at, analyst, status, message }) => ({
      at,
      analyst,
      witness: 'answer' as const,
      saw: `refused with ${status}: ${message}`,
    })),
  ];
}

function byProject<T extends { readonly project: string }>(records: readonly T[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const record of records) groups.set(record.project, [...(groups.get(record.project) ?? []), record]);
  return groups;
}
