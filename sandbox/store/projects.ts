import { activeStatuses, type ProjectRow, type RunRow } from '../contract.ts';
import type { Faults } from '../faults/index.ts';
import type { ProjectStore, StoredFile } from '../ports.ts';
import type { Commits } from './commits.ts';
import type { Sql } from './database.ts';
import { newId } from './ids.ts';
import {
  projectColumns,
  runColumns,
  toDeleted,
  toProject,
  toRun,
  type DeletedRecord,
  type ProjectRecord,
  type RunRecord,
} from './rows.ts';

export interface Projects extends ProjectStore {
  /** Ids of every project there ever was, deleted ones too: whose files are to be kept. */
  allIds(): string[];
}

/** Between the prefix of a load test and the rest of a project's name: space, em dash (U+2014), space. */
export const prefixSeparator = ' — ';

/** What makes two names the same. */
export function nameKey(name: string): string {
  return name.normalize('NFC').toLowerCase();
}

/** A run as a launch makes it. */
export function freshRun(project: ProjectRow, launchedBy: string): RunRow {
  return {
    _id: newId(),
    _creationTime: project._creationTime,
    projectId: project._id,
    orgId: project.orgId,
    launchedBy,
    status: 'in_progress',
    stage: 'uploading',
    progress: 0,
    message: 'Starting pipeline...',
    cancelRequested: false,
  };
}

export function intakeOf(
  files: readonly StoredFile[],
  bannerMode: ProjectRow['intake']['bannerMode'],
): ProjectRow['intake'] {
  const nameOf = (role: StoredFile['role']): string | null => files.find((file) => file.role === role)?.name ?? null;
  return {
    dataFile: nameOf('data'),
    survey: nameOf('survey'),
    bannerPlan: nameOf('banner'),
    messageList: nameOf('messageList'),
    bannerMode,
  };
}

/** Projects with their files, and the soft delete. */
export function openProjects(sql: Sql, commits: Commits, faults: Faults): Projects {
  const select = sql.prepare<ProjectRecord>(
    `SELECT ${projectColumns} FROM projects WHERE id = ? AND org_id = ? AND is_deleted = 0`,
  );
  const selectDeleted = sql.prepare<ProjectRecord>(
    `SELECT ${projectColumns} FROM projects WHERE id = ? AND org_id = ? AND is_deleted = 1`,
  );
  const selectIds = sql.prepare<{ id: string }>('SELECT id FROM projects');
  const selectName = sql.prepare('SELECT 1 FROM projects WHERE org_id = ? AND name_key = ? AND is_deleted = 0');
  const insert = sql.prepare(
    'INSERT INTO projects (id, created_at, org_id, name, name_key, config, intake, created_by) VALUES (?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const updateIntake = sql.prepare('UPDATE projects SET intake = ? WHERE id = ?');
  const insertFile = sql.prepare('INSERT INTO files VALUES (?, ?, ?, ?)');
  const selectFiles = sql.prepare<StoredFile>('SELECT role, name, path FROM files WHERE project_id = ?');
  const insertRun = sql.prepare(
    'INSERT INTO runs (id, created_at, project_id, org_id, launched_by, status, stage, progress, message) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)',
  );
  const selectRuns = sql.prepare<RunRecord>(
    `SELECT ${runColumns} FROM runs WHERE project_id = ? AND org_id = ? AND is_deleted = 0 ORDER BY created_at DESC, seq DESC`,
  );
  const selectAllDeleted = sql.prepare<DeletedRecord>(
    `SELECT p.id, p.name, p.created_at, p.deleted_at, u.name AS deleted_by FROM projects p LEFT JOIN users u ON u.id = p.deleted_by
     WHERE p.org_id = ? AND p.is_deleted = 1 ORDER BY p.deleted_at DESC, p.seq DESC`,
  );
  const markDeleted = sql.prepare('UPDATE projects SET is_deleted = 1, deleted_at = ?, deleted_by = ? WHERE id = ?');
  const markRunsDeleted = sql.prepare('UPDATE runs SET is_deleted = 1 WHERE project_id = ? AND is_deleted = 0');
  const unmarkDeleted = sql.prepare(
    'UPDATE projects SET is_deleted = 0, deleted_at = NULL, deleted_by = NULL WHERE id = ?',
  );
  const unmarkRunsDeleted = sql.prepare('UPDATE runs SET is_deleted = 0 WHERE project_id = ?');
  // substr, not LIKE: the match is case-sensitive and a prefix may hold % or _.
  const selectWithPrefix = sql.prepare<ProjectRecord>(
    `SELECT ${projectColumns} FROM projects WHERE org_id = ? AND is_deleted = 0 AND substr(name, 1, length(?)) = ? ORDER BY created_at DESC, seq DESC`,
  );

  const hasName = (orgId: string, name: string): boolean => selectName.get(orgId, nameKey(name)) !== undefined;
  const mayTake = faults.has('duplicate-name') ? () => true : (orgId: string, name: string) => !hasName(orgId, name);

  const find = (projectId: string, orgId: string): ProjectRow | undefined => {
    const record = select.get(projectId, orgId);
    return record && toProject(record);
  };
  const runsOf = (projectId: string, orgId: string): RunRow[] => selectRuns.all(projectId, orgId).map(toRun);

  const begin: ProjectStore['begin'] = ({ projectId, name, config, session: { orgId, userId } }) =>
    commits.write((announce) => {
      if (!mayTake(orgId, name)) return 'name-taken';
      const project: ProjectRow = {
        _id: projectId,
        _creationTime: Date.now(),
        orgId,
        name,
        projectType: 'crosstab',
        config,
        intake: intakeOf([], config.bannerMode),
        createdBy: userId,
      };
      insert.run(
        projectId,
        project._creationTime,
        orgId,
        name,
        nameKey(name),
        JSON.stringify(config),
        JSON.stringify(project.intake),
        userId,
      );
      announce({ orgId, topic: 'projects', projectId });
      return project;
    });
  const launch: ProjectStore['launch'] = (project, files) =>
    commits.write((announce) => {
      const { _id: projectId, orgId } = project;
      updateIntake.run(JSON.stringify(intakeOf(files, project.config.bannerMode)), projectId);
      for (const file of files) insertFile.run(projectId, file.role, file.name, file.path);
      const run = freshRun(project, project.createdBy);
      insertRun.run(
        run._id,
        run._creationTime,
        projectId,
        orgId,
        run.launchedBy,
        run.status,
        run.stage,
        run.progress,
        run.message,
      );
      announce({ orgId, topic: 'projects', projectId });
      announce({ orgId, topic: 'runs', projectId });
      return run;
    });

  return {
    get: find,
    hasName,
    runsOf,
    filesOf: (projectId) => selectFiles.all(projectId).map(({ role, name, path }) => ({ role, name, path })),
    create: (input) =>
      commits.write(() => {
        const begun = begin(input);
        if (begun === 'name-taken') return begun;
        const run = launch(begun, input.files);
        return { project: { ...begun, intake: intakeOf(input.files, input.config.bannerMode) }, run };
      }),
    begin,
    launch,
    softDelete: (projectId, { userId, orgId }, activeToo = false) =>
      commits.write((announce) => {
        if (find(projectId, orgId) === undefined) return false;
        const isActive = runsOf(projectId, orgId).some((run) => activeStatuses.includes(run.status));
        if (isActive && !activeToo) return 'active';
        markDeleted.run(Date.now(), userId, projectId);
        const runsDeleted = markRunsDeleted.run(projectId);
        announce({ orgId, topic: 'projects', projectId });
        announce({ orgId, topic: 'runs', projectId });
        return { runsDeleted };
      }),
    deleted: (orgId) => selectAllDeleted.all(orgId).map(toDeleted),
    restore: (projectId, orgId) =>
      commits.write((announce) => {
        const project = selectDeleted.get(projectId, orgId);
        if (project === undefined) return false;
        if (!mayTake(orgId, project.name)) return 'name-taken';
        unmarkDeleted.run(projectId);
        unmarkRunsDeleted.run(projectId);
        announce({ orgId, topic: 'projects', projectId });
        announce({ orgId, topic: 'runs', projectId });
        return toProject(project);
      }),
    withPrefix: (orgId, prefix) => {
      const start = prefix + prefixSeparator;
      return selectWithPrefix.all(orgId, start, start).map(toProject);
    },
    allIds: () => selectIds.all().map(({ id }) => id),
  };
}
