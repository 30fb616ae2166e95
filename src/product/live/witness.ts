/** A reader of a page's sockets that also bears witness: in which state the page was told each project of the run to be. */
import { isOurs } from '../../run/identity.ts';
import type { SightingEvent } from '../../telemetry/events-ledger.ts';
import type { ChangeRecord } from './happenings.ts';
import { PageReader } from './page-reader.ts';

export interface WitnessOptions {
  /** Prefix of the run's projects, without the separator. */
  readonly prefix: string;
  /** Which of the analyst's pages this is, from 1. */
  readonly view: number;
  readonly record: (sighting: SightingEvent) => void;
}

/** Reports a project when it stands otherwise than this page had been told before; a reload alone is no news. */
export function witnessingReader({ prefix, view, record }: WitnessOptions): PageReader {
  const told = new Map<string, { readonly name: string; readonly state: string }>();
  let complete = false;
  const reader: PageReader = new PageReader((happening) => {
    // With one list and without the other, every project would seem to have no run.
    if (happening.type !== 'changes' || !reader.board.complete) return;
    for (const projectId of complete ? touchedBy(happening) : reader.board.projects().map((each) => each.projectId))
      tell(projectId, happening.committedAtMs);
    complete = true;
  });
  const tell = (projectId: string, versionAt: number): void => {
    const project = reader.board.byId(projectId);
    const before = told.get(projectId);
    const name = project?.name ?? before?.name;
    if (name === undefined || !isOurs(name, prefix)) return;
    const status = project ? (project.status ?? 'no-run') : 'gone';
    const productRunId = project?.runId;
    const state = `${status} ${productRunId ?? ''}`;
    if (before?.state === state) return;
    told.set(projectId, { name, state });
    record({
      type: 'sighting',
      project: name,
      projectId,
      ...(productRunId === undefined ? {} : { productRunId }),
      status,
      versionAt,
      view,
    });
  };
  return reader;
}

function touchedBy({ changes }: ChangeRecord): Set<string> {
  return new Set(changes.flatMap(({ projectId }) => projectId ?? []));
}
