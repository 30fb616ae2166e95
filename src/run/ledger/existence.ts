/** Whether each project that should exist does, once, and none that should not. */
import { launchEvidence, organizationOf, type Book, type Books } from './books.ts';
import { evidenceOf, type Breach, type Evidence } from './breach.ts';
import { fromSighting, type Sighting, type Sightings } from './observations.ts';
import { states } from './states.ts';

/** An end that its owner saw, in the words of journal and events. */
const ends: readonly string[] = ['completed', 'failed', 'cancelled', 'success', 'partial', 'error'];

export function isEnd(end: string): boolean {
  return ends.includes(end);
}

/**
 * Accepted, and in the end in no list: as teardown found, or, without it, as the subscriptions told last. What nobody
 * looked for is unknown, not lost.
 */
export function lost(books: Books, sightings: Sightings): Breach[] {
  return [...books.projects.values()].flatMap((book) => {
    if (book.acknowledged.length === 0 || book.wanted) return [];
    const own = sightings.get(book.project) ?? [];
    const organization = organizationOf(book);
    const sweep = organization === undefined ? books.sweeps.at(-1) : books.lastSweep.get(organization);
    if (sweep ? books.listed.has(book.project) : own.at(-1)?.status !== 'gone') return [];
    const looked: Evidence[] = sweep
      ? [{ at: sweep.at, analyst: sweep.analyst, witness: 'list', saw: 'not in the list' }]
      : [];
    return [
      {
        kind: 'lost',
        project: book.project,
        what: 'was accepted by the product and then lost',
        evidence: evidenceOf([...launchEvidence(book), ...lastWords(own), ...looked]),
      },
    ];
  });
}

/** One name, and more than one project or more than one run of it. */
export function duplicated(books: Books, sightings: Sightings): Breach[] {
  const twiceListed = new Set(books.sweeps.flatMap(({ listed }) => repeated(listed)));
  const names = new Set([...books.projects.keys(), ...twiceListed, ...sightings.keys()]);
  return [...names].flatMap((project) => {
    const book = books.projects.get(project);
    const own = sightings.get(project) ?? [];
    const accepted = new Set(book?.acknowledged.map(({ projectId }) => projectId));
    const gone = new Set(own.flatMap(({ status, projectId }) => (status === 'gone' ? [projectId] : [])));
    const ids = new Set([...accepted, ...own.map(({ projectId }) => projectId)]);
    const alive = [...ids].filter((id) => !gone.has(id));
    const again = !book?.wanted && (accepted.size > 1 || alive.length > 1);
    const runs = [...ids].some((id) => distinctRuns(own, id) > 1);
    if (!twiceListed.has(project) && !again && !runs) return [];
    const listed = books.sweeps
      .filter((sweep) => repeated(sweep.listed).includes(project))
      .map(({ at, analyst }) => ({ at, analyst, witness: 'list' as const, saw: 'in the list more than once' }));
    return [
      {
        kind: 'duplicated',
        project,
        what: twiceListed.has(project) || again ? 'exists more than once' : 'was run more than once',
        evidence: evidenceOf([...(book ? launchEvidence(book) : []), ...firstWords(own), ...listed]),
      },
    ];
  });
}

/** There, though nobody should have it: refused all the same, unknown to the journal, or left behind. */
export function orphaned(books: Books, sightings: Sightings): Breach[] {
  const names = new Set([...books.listed, ...sightings.keys()]);
  const unwarranted = [...names].flatMap((project): Breach[] => {
    const book = books.projects.get(project);
    const own = sightings.get(project) ?? [];
    const evidence = (): Evidence[] =>
      evidenceOf([...(book ? launchEvidence(book) : []), ...existenceOf(books, project, own)]);
    if (!book)
      return [
        {
          kind: 'orphaned',
          project,
          what: 'carries the name of this run, and nobody in it launched it',
          evidence: evidence(),
        },
      ];
    if (!isRefused(book)) return [];
    const exists = books.listed.has(project) || own.some((sighting) => contradictsRefusal(book, sighting));
    return exists
      ? [
          {
            kind: 'orphaned',
            project,
            what: 'was refused by the product and exists all the same',
            evidence: evidence(),
          },
        ]
      : [];
  });
  const left = [...books.lastSweep.values()].flatMap(({ at, analyst, remaining }) =>
    [...new Set(remaining)].map((project): Breach => ({
      kind: 'orphaned',
      project,
      what: 'was left behind in the product',
      evidence: [{ at, analyst, witness: 'list', saw: 'still listed after deletion' }],
    })),
  );
  return [...left, ...unwarranted];
}

/** Every answer was a refusal, and none is still awaited. */
function isRefused({ intended, acknowledged, refused }: Book): boolean {
  return acknowledged.length === 0 && refused.length > 0 && refused.length >= intended.length;
}

function contradictsRefusal(book: Book, sighting: Sighting): boolean {
  const refusedAt = Math.max(...book.refused.map(({ at }) => at));
  if (sighting.at <= refusedAt) return false;
  const seen = fromSighting(sighting, book.wanted)?.states ?? [];
  return seen.some((state) => states.refused.otherwise[state] === 'orphaned');
}

function existenceOf(books: Books, project: string, own: readonly Sighting[]): Evidence[] {
  const listed = books.sweeps
    .filter((sweep) => sweep.listed.includes(project) || sweep.deleted.includes(project))
    .map(({ at, analyst }) => ({ at, analyst, witness: 'list' as const, saw: 'in the list' }));
  return [...firstWords(own), ...listed];
}

function distinctRuns(sightings: readonly Sighting[], id: string): number {
  const runs = sightings.flatMap(({ projectId, productRunId }) => (projectId === id ? (productRunId ?? []) : []));
  return new Set(runs).size;
}

function repeated(names: readonly string[]): string[] {
  const known = new Set<string>();
  return names.filter((name) => known.has(name) || !known.add(name));
}

/** The first that each analyst saw of each project and run. */
function firstWords(sightings: readonly Sighting[]): Evidence[] {
  const first = new Map<string, Sighting>();
  for (const sighting of sightings) {
    const key = `${sighting.analyst} ${sighting.projectId} ${sighting.productRunId ?? ''}`;
    if (!first.has(key)) first.set(key, sighting);
  }
  return [...first.values()].map(evidence);
}

/** The last that each analyst saw. */
export function lastWords(sightings: readonly Sighting[]): Evidence[] {
  return [...new Map(sightings.map((sighting) => [sighting.analyst, sighting])).values()].map(evidence);
}

function evidence({ at, analyst, status, projectId, productRunId }: Sighting): Evidence {
  const run = productRunId === undefined ? '' : `, run ${productRunId}`;
  return { at, analyst, witness: 'subscription', saw: `${status} (${projectId}${run})` };
}
