import type { ProjectRow, RunRow, Session } from '../contract.ts';
import type { Faults } from '../faults/index.ts';
import type { Change, LiveSource } from '../ports.ts';
import type { Commits } from './commits.ts';
import type { Sql } from './database.ts';
import { idPattern } from './ids.ts';
import type { People } from './people.ts';
import type { Projects } from './projects.ts';
import {
  leanRunColumns,
  projectColumns,
  runColumns,
  toLeanRun,
  toProject,
  toRun,
  type ProjectRecord,
  type RunRecord,
} from './rows.ts';

interface LiveQuery {
  readonly topic: Change['topic'];
  /** Whether its result is about one project only. */
  readonly ofProject?: true;
  run(session: Session, projectId: string): unknown;
}

/** The message of the product's own argument check: its screens break on a malformed id, and so do ours. */
function requireId(udfPath: string, args: Record<string, unknown>, key: string): string {
  const value = args[key];
  if (typeof value !== 'string' || !idPattern.test(value)) {
    throw new Error(
      `ArgumentValidationError in ${udfPath}: \`${key}\` is not a valid document id (got ${JSON.stringify(value)}).`,
    );
  }
  return value;
}

/** The named queries of PRODUCT.md section 4, each scoped to the session's organisation whatever its arguments say. */
export function openQueries(
  sql: Sql,
  commits: Commits,
  projects: Projects,
  people: People,
  faults: Faults,
): LiveSource {
  const ofOrganisation = faults.has('tenant-leak') ? '? IS NOT NULL' : 'org_id = ?';
  const [columns, toListed] = faults.has('whole-list-push') ? [runColumns, toRun] : [leanRunColumns, toLeanRun];
  const selectProjects = sql.prepare<ProjectRecord>(
    `SELECT ${projectColumns} FROM projects WHERE ${ofOrganisation} AND is_deleted = 0 ORDER BY created_at DESC, seq DESC`,
  );
  const selectRuns = sql.prepare<RunRecord>(
    `SELECT ${columns} FROM runs WHERE org_id = ? AND is_deleted = 0 ORDER BY created_at DESC, seq DESC`,
  );

  // A list is read once a commit, not once a subscriber; subscribers get the very same array.
  const lists = new Map<string, readonly (ProjectRow | RunRow)[]>();
  commits.onCommit((change) => lists.delete(`${change.topic} ${change.orgId}`));
  function list(topic: 'projects' | 'runs', orgId: string): readonly (ProjectRow | RunRow)[] {
    const key = `${topic} ${orgId}`;
    const rows =
      lists.get(key) ??
      (topic === 'projects' ? selectProjects.all(orgId).map(toProject) : selectRuns.all(orgId).map(toListed));
    lists.set(key, rows);
    return rows;
  }

  const queries: Record<string, LiveQuery> = {
    'projects:listByOrg': { topic: 'projects', run: ({ orgId }) => list('projects', orgId) },
    'runs:listByOrg': { topic: 'runs', run: ({ orgId }) => list('runs', orgId) },
    'projects:get': {
      topic: 'projects',
      ofProject: true,
      run: ({ orgId }, projectId) => projects.get(projectId, orgId) ?? null,
    },
    'runs:getByProject': {
      topic: 'runs',
      ofProject: true,
      run: ({ orgId }, projectId) => projects.runsOf(projectId, orgId),
    },
    'organizations:get': { topic: 'organizations', run: ({ orgId }) => people.organization(orgId) ?? null },
    'orgMemberships:listByOrg': { topic: 'memberships', run: ({ orgId }) => people.members(orgId) },
  };

  return {
    query: (session, udfPath, args) => {
      const query = Object.hasOwn(queries, udfPath) ? queries[udfPath] : undefined;
      if (query === undefined) throw new Error(`Could not find public function for '${udfPath}'.`);
      requireId(udfPath, args, 'orgId');
      return query.run(session, query.ofProject ? requireId(udfPath, args, 'projectId') : '');
    },
    concerns: (session, udfPath, args, change) => {
      const query = Object.hasOwn(queries, udfPath) ? queries[udfPath] : undefined;
      if (query === undefined || query.topic !== change.topic || session.orgId !== change.orgId) return false;
      return query.ofProject !== true || change.projectId === undefined || change.projectId === args['projectId'];
    },
    get latestTs() {
      return commits.latestTs;
    },
    onCommit: (listener) => commits.onCommit(listener),
  };
}
