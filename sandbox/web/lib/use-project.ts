import { useQuery } from 'convex/react';
import type { ProjectRow, RunRow } from '../../contract.ts';
import { queries } from './live.ts';
import { session } from './session.ts';

/**
 * A project and its newest run, live. `loading` until both have arrived, `gone` when there is no such project (or no
 * longer). A malformed id makes the query fail, which throws here and ends in the error boundary.
 */
export type LiveProject =
  | { state: 'loading' }
  | { state: 'gone' }
  | { state: 'here'; project: ProjectRow; run: RunRow | undefined };

export function useProject(projectId: string): LiveProject {
  const args = { projectId, orgId: session.orgId };
  const project = useQuery(queries.project, args);
  const runs = useQuery(queries.runsOfProject, args);
  if (project === undefined || runs === undefined) return { state: 'loading' };
  if (project === null) return { state: 'gone' };
  return { state: 'here', project, run: runs[0] };
}
