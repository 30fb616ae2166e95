/** Database rows, and how they become the rows of sandbox/contract.ts. */
import type {
  DeletedProject,
  MembershipRow,
  OrganizationRow,
  ProjectRow,
  Role,
  RunResult,
  RunRow,
  RunStatus,
} from '../contract.ts';

export interface ProjectRecord {
  id: string;
  created_at: number;
  org_id: string;
  name: string;
  config: string;
  intake: string;
  created_by: string;
}
export const projectColumns = 'id, created_at, org_id, name, config, intake, created_by';

export function toProject(record: ProjectRecord): ProjectRow {
  return {
    _id: record.id,
    _creationTime: record.created_at,
    orgId: record.org_id,
    name: record.name,
    projectType: 'crosstab',
    config: JSON.parse(record.config) as ProjectRow['config'],
    intake: JSON.parse(record.intake) as ProjectRow['intake'],
    createdBy: record.created_by,
  };
}

export interface DeletedRecord {
  id: string;
  name: string;
  created_at: number;
  deleted_at: number;
  /** The name of whoever did it; null for what was deleted before that was written down. */
  deleted_by: string | null;
}

export function toDeleted(record: DeletedRecord): DeletedProject {
  return {
    projectId: record.id,
    name: record.name,
    createdAt: record.created_at,
    deletedAt: record.deleted_at,
    deletedBy: record.deleted_by,
  };
}

export interface RunRecord {
  id: string;
  created_at: number;
  project_id: string;
  org_id: string;
  launched_by: string;
  status: string;
  stage: string;
  progress: number;
  message: string;
  error: string | null;
  cancel_requested: number;
  last_heartbeat: number | null;
  /** The whole result, or its lean part, whichever the statement selected. */
  result: string | null;
}
const runBaseColumns =
  'id, created_at, project_id, org_id, launched_by, status, stage, progress, message, error, cancel_requested, last_heartbeat';
export const runColumns = `${runBaseColumns}, result`;
export const leanRunColumns = `${runBaseColumns}, lean AS result`;

export function toRun(record: RunRecord): RunRow {
  return {
    _id: record.id,
    _creationTime: record.created_at,
    projectId: record.project_id,
    orgId: record.org_id,
    launchedBy: record.launched_by,
    status: record.status as RunStatus,
    stage: record.stage,
    progress: record.progress,
    message: record.message,
    cancelRequested: record.cancel_requested === 1,
    ...(record.result !== null && { result: JSON.parse(record.result) as RunResult }),
    ...(record.error !== null && { error: record.error }),
    ...(record.last_heartbeat !== null && { lastHeartbeat: record.last_heartbeat }),
  };
}

/** A list row: heartbeats are left out, so that a list is not sent again for each. */
export function toLeanRun(record: RunRecord): RunRow {
  return toRun({ ...record, last_heartbeat: null });
}

/** What the lists carry of a result, or null. */
export function leanResult(result: RunResult | undefined): string | null {
  if (result?.summary === undefined && result?.flaggedColumnCount === undefined) return null;
  const { summary, flaggedColumnCount } = result;
  return JSON.stringify({
    ...(summary && { summary }),
    ...(flaggedColumnCount !== undefined && { flaggedColumnCount }),
  });
}

export interface OrganizationRecord {
  id: string;
  created_at: number;
  name: string;
  slug: string;
}

export function toOrganization(record: OrganizationRecord): OrganizationRow {
  return { _id: record.id, _creationTime: record.created_at, name: record.name, slug: record.slug };
}

export interface MembershipRecord {
  id: string;
  created_at: number;
  org_id: string;
  user_id: string;
  role: string;
  email: string;
  name: string;
}

export function toMembership(record: MembershipRecord): MembershipRow {
  return {
    _id: record.id,
    _creationTime: record.created_at,
    orgId: record.org_id,
    userId: record.user_id,
    role: record.role as Role,
    email: record.email,
    name: record.name,
  };
}
