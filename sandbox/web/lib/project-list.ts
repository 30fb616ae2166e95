import type { ProjectRow, RunRow, RunStatus } from '../../contract.ts';

/** What a card shows of a project: plain values only, so that a card is drawn again only when one of them changed. */
export interface ProjectItem {
  projectId: string;
  name: string;
  createdAtMs: number;
  /** undefined: the project has no run. */
  status: RunStatus | undefined;
  tables: number | undefined;
  cuts: number | undefined;
  durationMs: number | undefined;
}

export const buckets = ['all', 'active', 'completed', 'failed'] as const;
export type Bucket = (typeof buckets)[number];

/** The tab a project belongs to; one without a run counts as active. */
export function bucketOf(status: RunStatus | undefined): Exclude<Bucket, 'all'> {
  switch (status) {
    case 'success':
    case 'partial':
      return 'completed';
    case 'error':
    case 'cancelled':
      return 'failed';
    case 'in_progress':
    case 'resuming':
    case 'pending_review':
    case undefined:
      return 'active';
  }
}

/** Joins projects with their newest run, newest project first. */
export function joinProjects(projects: readonly ProjectRow[], runs: readonly RunRow[]): ProjectItem[] {
  const newest = new Map<string, RunRow>();
  for (const run of runs) {
    const other = newest.get(run.projectId);
    if (!other || run._creationTime > other._creationTime) newest.set(run.projectId, run);
  }
  return projects
    .map((project) => {
      const run = newest.get(project._id);
      const summary = run?.result?.summary;
      return {
        projectId: project._id,
        name: project.name,
        createdAtMs: project._creationTime,
        status: run?.status,
        tables: summary?.tables,
        cuts: summary?.cuts,
        durationMs: summary?.durationMs,
      };
    })
    .sort((a, b) => b.createdAtMs - a.createdAtMs);
}

/**
 * Makes a function that answers with the list it gave before when the new one shows the same. Most news of a run tells of
 * its stage, which no list shows: nothing need be drawn for them.
 */
export function steadyList(): (next: ProjectItem[]) => ProjectItem[] {
  let last: ProjectItem[] = [];
  return (next) => {
    if (next.length !== last.length || next.some((item, place) => !looksLike(item, last[place]))) last = next;
    return last;
  };
}

function looksLike(item: ProjectItem, other: ProjectItem | undefined): boolean {
  return (
    other !== undefined && (Object.keys(item) as (keyof ProjectItem)[]).every((field) => item[field] === other[field])
  );
}

/** How many projects each tab holds. */
export function countByBucket(items: readonly ProjectItem[]): Record<Bucket, number> {
  const counts = { all: items.length, active: 0, completed: 0, failed: 0 };
  for (const item of items) counts[bucketOf(item.status)] += 1;
  return counts;
}

/** Items of a tab whose name contains the text, whatever its case. */
export function filterProjects(items: readonly ProjectItem[], bucket: Bucket, text: string): ProjectItem[] {
  const wanted = text.toLowerCase();
  return items.filter(
    (item) => (bucket === 'all' || bucketOf(item.status) === bucket) && item.name.toLowerCase().includes(wanted),
  );
}

/** Where a click on a project leads: to its review when it waits for one. */
export function pathOf(item: Pick<ProjectItem, 'projectId' | 'status'>): string {
  const path = `/projects/${encodeURIComponent(item.projectId)}`;
  return item.status === 'pending_review' ? `${path}/review` : path;
}
