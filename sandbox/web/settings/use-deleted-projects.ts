import { useQuery } from 'convex/react';
import { useEffect, useState } from 'react';
import type { DeletedProject } from '../../contract.ts';
import { callApi, messageOf } from '../lib/api.ts';
import { queries } from '../lib/live.ts';
import { session } from '../lib/session.ts';

export type DeletedProjects =
  { state: 'loading' } | { state: 'failed'; error: string } | { state: 'here'; projects: readonly DeletedProject[] };

/** Many projects deleted at once are one reason to ask, not many. */
const settledMs = 300;

/** What was deleted in the organisation; asked again whenever the live list has become longer or shorter. */
export function useDeletedProjects(): DeletedProjects {
  const live = useQuery(queries.projects, { orgId: session.orgId })?.length;
  const [answer, setAnswer] = useState<DeletedProjects>({ state: 'loading' });
  useEffect(() => {
    if (live === undefined) return;
    const controller = new AbortController();
    const timer = setTimeout(() => {
      callApi<{ projects: DeletedProject[] }>(
        '/api/projects/deleted',
        { signal: controller.signal },
        'Failed to list deleted projects',
      ).then(
        ({ projects }) => setAnswer({ state: 'here', projects }),
        (error: unknown) => {
          if (!controller.signal.aborted) setAnswer({ state: 'failed', error: messageOf(error) });
        },
      );
    }, settledMs);
    return () => {
      clearTimeout(timer);
      controller.abort();
    };
  }, [live]);
  return answer;
}
