import type { RunRow } from '../contract.ts';
import type { Faults } from '../faults/index.ts';
import { sharedThemeFile } from '../faults/theme-swap.ts';
import type { Store } from '../ports.ts';
import type { RunJob } from './protocol.ts';
import type { RunFolder } from './run-folder.ts';

export interface JobSource {
  readonly store: Pick<Store, 'runs' | 'projects'>;
  /** The data folder. */
  readonly folder: string;
  readonly pace: number;
  readonly faults: Faults;
}

/** All that a run's child has to know. @throws when the run's project is gone. */
export function makeJob(
  { store, folder, pace, faults }: JobSource,
  row: RunRow,
  mode: RunJob['mode'],
  home: RunFolder,
): RunJob {
  const project = store.projects.get(row.projectId, row.orgId);
  if (!project) throw new Error('the project of this run is gone.');
  return {
    mode,
    runId: row._id,
    projectName: project.name,
    config: project.config,
    files: store.projects.filesOf(project._id),
    folder: home.path,
    launchedAt: row._creationTime,
    pace,
    themeFile: sharedThemeFile(faults, folder),
    tablesGoOn: faults.has('zombie-run'),
    decisions: mode === 'resume' ? (store.runs.decisions(row._id) ?? []) : [],
  };
}
