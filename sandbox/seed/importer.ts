import type { ReviewDecision } from '../contract.ts';
import { newId, type SandboxStore } from '../store/index.ts';
import { leanResult } from '../store/rows.ts';
import type { SeedProject } from './plan.ts';

/** Puts planned projects into a store as if they had been launched then and gone so far. False: the name is taken. */
export function createImporter({ sql, projects }: SandboxStore): (project: SeedProject, name: string) => boolean {
  const dateProject = sql.prepare('UPDATE projects SET created_at = ? WHERE id = ?');
  const setRun = sql.prepare(
    `UPDATE runs SET created_at = ?, status = ?, stage = ?, progress = ?, message = ?, error = ?, cancel_requested = ?, result = ?, lean = ?, decisions = ?
     WHERE id = ?`,
  );
  return ({ createdAt, config, bundle, session, run }, name) => {
    const created = projects.create({ projectId: newId(), name, config, files: bundle.files, session });
    if (created === 'name-taken') return false;
    dateProject.run(createdAt, created.project._id);
    const decisions: ReviewDecision[] | undefined =
      run.status === 'resuming'
        ? bundle.flagged.map(({ groupName, columnName }) => ({ groupName, columnName, action: 'approve' }))
        : undefined;
    setRun.run(
      createdAt,
      run.status,
      run.stage,
      run.progress,
      run.message,
      run.error ?? null,
      run.cancelRequested ? 1 : 0,
      run.result === undefined ? null : JSON.stringify(run.result),
      leanResult(run.result),
      decisions === undefined ? null : JSON.stringify(decisions),
      created.run._id,
    );
    return true;
  };
}
