import { useQuery } from 'convex/react';
import type { ProjectRow, RunRow } from '../../contract.ts';
import { liveClient, queries } from './live.ts';
import { session } from './session.ts';

/**
 * A project and its newest run, live. `loading` until both have arrived, `gone` when there is no such project (or no
 * longer). A malformed id makes the query fail, which throws here and ends in the error boundary.
 */
export type LiveProject =
  { state: 'loading' } | { state: 'gone' } | { state: 'here'; project: ProjectRow; run: RunRow | undefined };

export function useProject(projectId: string): LiveProject {
  const args = { projectId, orgId: session.orgId };
  const project = useQuery(queries.project, args);
  const runs = useQuery(queries.runsOfProject, args);
  if (project === undefined || runs === undefined) return { state: 'loading' };
  if (project === null) return { state: 'gone' };
  return { state: 'here', project, run: runs[0] };
}

/**
 * Resolves when this page has been told that a project is gone, or after `deadlineMs`: what is never pushed must not hold
 * anybody up.
 */
export function projectGone(projectId: string, deadlineMs: number): Promise<void> {
  const watch = liveClient.watchQuery(queries.project, { projectId, orgId: session.orgId });
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      unsubscribe();
      resolve();
    };
    const timer = setTimeout(finish, deadlineMs);
    const unsubscribe = watch.onUpdate(() => {
      if (watch.localQueryResult() === null) finish();
    });
    if (watch.localQueryResult() === null) finish();
  });
}
