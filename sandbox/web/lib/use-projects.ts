import { useQuery } from 'convex/react';
import { useMemo } from 'react';
import { queries } from './live.ts';
import { joinProjects, steadyList, type ProjectItem } from './project-list.ts';
import { session } from './session.ts';

/** One organisation a page, so one list. */
const steady = steadyList();

/** The organisation's projects with their newest runs, live; undefined until both lists have arrived. */
export function useProjects(): ProjectItem[] | undefined {
  const projects = useQuery(queries.projects, { orgId: session.orgId });
  const runs = useQuery(queries.runs, { orgId: session.orgId });
  return useMemo(() => (projects && runs ? steady(joinProjects(projects, runs)) : undefined), [projects, runs]);
}
