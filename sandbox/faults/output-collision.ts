import type { Store } from '../ports.ts';
import type { Faults } from './index.ts';

export interface RunFolders {
  /** Name of a run's folder. */
  nameOf(runId: string): string;
  /** Whether a folder is one run's alone, so that it may be emptied. */
  readonly private: boolean;
}

/** Folders of runs: named after the run, or, with the fault, after its data file and when it started. */
export function runFolders(faults: Faults, { runs, projects }: Pick<Store, 'runs' | 'projects'>): RunFolders {
  if (!faults.has('output-collision')) return { nameOf: (runId) => runId, private: true };
  const apartMs = Math.max(1, faults.amount('output-collision'));
  return {
    nameOf: (runId) => {
      const run = runs.get(runId);
      if (!run) return runId;
      const data = projects.filesOf(run.projectId).find(({ role }) => role === 'data');
      const dataset = (data?.name ?? '').replace(/\.[^.]*$/, '').replaceAll(/[^A-Za-z0-9-]/g, '_');
      return `${dataset}-${Math.floor(run._creationTime / apartMs)}`;
    },
    private: false,
  };
}
