import { noFaults, type Faults } from '../faults/index.ts';
import type { Store } from '../ports.ts';
import { openCommits, type Commits } from './commits.ts';
import { openDatabase, type Sql } from './database.ts';
import { openInvitations, type InvitationStore } from './invitations.ts';
import { guardLiveNames } from './live-names.ts';
import { openPeople, type People } from './people.ts';
import { openProjects, type Projects } from './projects.ts';
import { openQueries } from './queries.ts';
import { openRuns, type Runs } from './runs.ts';

export { DataFolderError, prepareFolder } from './database.ts';
export { newId } from './ids.ts';
export { prefixSeparator } from './projects.ts';

/** The store with what only its own house uses: accounts, the outbox, restoring, seeding. */
export interface SandboxStore extends Store {
  readonly runs: Runs;
  readonly projects: Projects;
  readonly people: People;
  readonly invitations: InvitationStore;
  readonly sql: Sql;
  readonly commits: Commits;
}

/**
 * Opens the store in a folder, making it when it is new.
 * @param report hears of change listeners that threw.
 * @throws DataFolderError when another process has the folder open.
 */
export function openStore(
  folder: string,
  report: (error: unknown) => void = throwLater,
  faults: Faults = noFaults,
): SandboxStore {
  const sql = openDatabase(folder);
  guardLiveNames(sql, !faults.has('duplicate-name'));
  const commits = openCommits(sql, report);
  const people = openPeople(sql, commits);
  const invitations = openInvitations(sql, commits, people);
  const projects = openProjects(sql, commits, faults);
  const runs = openRuns(sql, commits, faults);
  const queries = openQueries(sql, commits, projects, people, faults);
  return {
    query: (session, udfPath, args) => queries.query(session, udfPath, args),
    concerns: (session, udfPath, args, change) => queries.concerns(session, udfPath, args, change),
    get latestTs() {
      return commits.latestTs;
    },
    onCommit: (listener) => queries.onCommit(listener),
    runs,
    projects,
    people,
    invitations,
    sql,
    commits,
    close: () => {
      sql.close();
    },
  };
}

/** A listener's error is a bug: it must not vanish, and must not undo the commit it was told of. */
function throwLater(error: unknown): void {
  setImmediate(() => {
    throw error;
  });
}
