import type { ProjectRow, RunRow, RunStatus } from '../../contract.ts';

/** Between the prefix and the rest of a project's name: space, em dash (U+2014), space. */
const separator = ' — ';

/** A project of a load test. One without a run shows as in progress, as in the product. */
export interface Monitored {
  projectId: string;
  dataset: string;
  status: RunStatus;
  progress: number | undefined;
  message: string;
}

/** Live projects whose names begin with the prefix, newest first, each with its newest run. */
export function monitored(projects: readonly ProjectRow[], runs: readonly RunRow[], prefix: string): Monitored[] {
  const start = prefix + separator;
  const newest = new Map<string, RunRow>();
  for (const run of runs) {
    const other = newest.get(run.projectId);
    if (!other || run._creationTime > other._creationTime) newest.set(run.projectId, run);
  }
  return projects
    .filter(({ name }) => prefix !== '' && name.startsWith(start))
    .map(({ _id, name }) => {
      const run = newest.get(_id);
      return {
        projectId: _id,
        dataset: name.slice(start.length),
        status: run?.status ?? 'in_progress',
        progress: run?.progress,
        message: run?.message ?? '',
      };
    });
}

export interface Counts {
  running: number;
  review: number;
  done: number;
  failed: number;
}

const countedAs: Record<RunStatus, keyof Counts> = {
  in_progress: 'running',
  resuming: 'running',
  pending_review: 'review',
  success: 'done',
  partial: 'done',
  error: 'failed',
  cancelled: 'failed',
};

export function countStatuses(projects: readonly Pick<Monitored, 'status'>[]): Counts {
  const counts: Counts = { running: 0, review: 0, done: 0, failed: 0 };
  for (const { status } of projects) counts[countedAs[status]] += 1;
  return counts;
}

/** What is not running: a review that waits for a person has finished, as far as a load test goes. */
export function finished({ review, done, failed }: Counts): number {
  return review + done + failed;
}
