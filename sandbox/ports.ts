/**
 * The seams between the sandbox's rooms. `store` is the only owner of the database; every transition of a run is one
 * guarded, synchronous statement there, so that no check is ever separated from its write by an await.
 */
import type {
  DeletedProject,
  FeedbackEntry,
  MembershipRow,
  OrganizationRow,
  ProjectConfig,
  ProjectRow,
  ReviewDecision,
  Role,
  RunResult,
  RunRow,
  RunStatus,
  Session,
  ValidationResult,
} from './contract.ts';

/** A committed change. `ts`: commit time, nanoseconds since 1970, strictly increasing within a store. */
export interface Change {
  readonly ts: bigint;
  readonly orgId: string;
  readonly topic: 'projects' | 'runs' | 'organizations' | 'memberships';
  readonly projectId?: string;
}

/** What the live server needs: named queries, and to hear of commits. */
export interface LiveSource {
  /**
   * Runs a query on behalf of a session. Scope is the session's organisation, whatever the arguments say.
   * Throws for an unknown `udfPath` or malformed arguments.
   */
  query(session: Session, udfPath: string, args: Record<string, unknown>): unknown;
  /** Whether a change can alter that query's result for that session. */
  concerns(session: Session, udfPath: string, args: Record<string, unknown>, change: Change): boolean;
  /** Commit time of the newest commit (nanoseconds since 1970). */
  readonly latestTs: bigint;
  /** Calls back synchronously after each commit; returns an unsubscribe. */
  onCommit(listener: (change: Change) => void): () => void;
}

/** Fields of a run that a transition may set beside its status. */
export interface RunPatch {
  status?: RunStatus;
  stage?: string;
  progress?: number;
  message?: string;
  error?: string;
  /** Merged key by key into the stored result, inside the same statement's transaction; `null` removes a key. */
  result?: { [K in keyof RunResult]?: RunResult[K] | null };
  lastHeartbeat?: number;
  cancelRequested?: boolean;
}

export interface RunStore {
  get(runId: string): RunRow | undefined;
  /**
   * Applies the patch if and only if the run's status is one of `from` and its project is not deleted.
   * Returns the row after the change, or undefined when the guard refused. A terminal status writes the outbox row
   * (success, partial, error) in the same transaction.
   */
  transition(runId: string, from: readonly RunStatus[], patch: RunPatch): RunRow | undefined;
  /** Takes the one and only review of a run: pending_review → resuming with the decisions kept. False: somebody else was first, or it is not awaiting one. */
  takeReview(runId: string, decisions: readonly ReviewDecision[], reviewerId: string): boolean;
  decisions(runId: string): ReviewDecision[] | undefined;
  /** Runs of any organisation that a restart must pick up: in_progress and resuming. */
  unfinished(): RunRow[];
  addFeedback(runId: string, entry: FeedbackEntry): RunRow | undefined;
}

export interface StoredFile {
  readonly role: 'data' | 'survey' | 'banner' | 'messageList';
  /** The name it was uploaded under. */
  readonly name: string;
  /** Absolute path on disk. */
  readonly path: string;
}

export interface NewProject {
  projectId: string;
  name: string;
  config: ProjectConfig;
  session: Session;
}

export interface ProjectStore {
  get(projectId: string, orgId: string): ProjectRow | undefined;
  filesOf(projectId: string): StoredFile[];
  /** Whether a live project of the organisation has that name (case-insensitive). True only until the next await. */
  hasName(orgId: string, name: string): boolean;
  /**
   * Creates project and run together, in one transaction, or neither.
   * Returns `'name-taken'` when a live project of the organisation has that name (case-insensitive).
   */
  create(input: NewProject & { files: readonly StoredFile[] }): { project: ProjectRow; run: RunRow } | 'name-taken';
  /** The first half of `create`: a project without files and run. */
  begin(input: NewProject): ProjectRow | 'name-taken';
  /** The second half of `create`. */
  launch(project: ProjectRow, files: readonly StoredFile[]): RunRow;
  /**
   * Soft delete by somebody, in their organisation: false when there is no such live project; `'active'` when a run of it
   * is active, unless those may go too.
   */
  softDelete(
    projectId: string,
    by: Pick<Session, 'userId' | 'orgId'>,
    activeToo?: boolean,
  ): { runsDeleted: number } | 'active' | false;
  /** Deleted projects of the organisation, the one deleted last first. */
  deleted(orgId: string): DeletedProject[];
  /** Brings a deleted project and its runs back. `'name-taken'`: a live project has the name now; false: there is no such deleted project. */
  restore(projectId: string, orgId: string): ProjectRow | 'name-taken' | false;
  /** Live projects of the organisation whose name starts with `prefix + ' — '`. */
  withPrefix(orgId: string, prefix: string): ProjectRow[];
  runsOf(projectId: string, orgId: string): RunRow[];
}

export interface PeopleStore {
  /** Also of somebody who is a member no longer: they may prove who they are, but `session` then knows them no more. */
  byEmail(email: string): { session: Session; passwordHash: string } | undefined;
  session(userId: string, orgId: string): Session | undefined;
  members(orgId: string): MembershipRow[];
  /** Organisations that somebody is a member of, the first one first. */
  organizationsOf(userId: string): OrganizationRow[];
  organization(orgId: string): OrganizationRow | undefined;
  removeMember(membershipId: string, orgId: string): boolean;
  notificationPreferences(userId: string): { pipelineEmails: boolean };
  setNotificationPreferences(userId: string, value: { pipelineEmails: boolean }): void;
}

export interface Store extends LiveSource {
  readonly runs: RunStore;
  readonly projects: ProjectStore;
  readonly people: PeopleStore;
  close(): void;
}

export interface Account {
  email: string;
  password: string;
  name: string;
  organization: string;
  role: Role;
  /** Another organisation that this person is a member of, and can change to. */
  alsoIn?: string;
  /** The link by which this person, who has no account yet, makes one with that password. */
  invitation?: string;
}

/** The pipeline as the HTTP routes see it. */
export interface Pipeline {
  /** Queues a run that the store has just created (in_progress, uploading, 0 %). Three at a time, first come first served. */
  launch(runId: string): void;
  /**
   * Cancels a run that is active: marks it and stops its work wherever it is (queued, computing, waiting for review).
   * `localAbort`: its work was in this process. Terminal runs stay as they are (`localAbort: false`).
   */
  cancel(runId: string): { localAbort: boolean };
  /** Resolves when no work of that run is left in this process (at once when there is none). After `cancel`: it has really stopped. */
  settled?(runId: string): Promise<void>;
  /**
   * Goes on with a run whose review has just been taken in the store. Resolves when the whole remaining pipeline has
   * ended (`status` terminal), or at once with `status: 'resuming'` when the tables were not ready yet.
   */
  resume(runId: string): Promise<{ status: RunStatus; message: string }>;
  /** Reads an uploaded `.sav` as the wizard's second step does; a corrupt file is an answer with `canProceed: false`. */
  validate(path: string): Promise<ValidationResult>;
  /** After a restart: queues again what was queued or running. */
  recover(): void;
  /** Where a finished workbook lies on disk, or undefined. */
  outputPath(runId: string, file: string): string | undefined;
  /** Stops children and waits for them; runs stay as they are for `recover`. */
  stop(): Promise<void>;
}

/** An object of the store as it lies on disk. */
export interface StoredObject {
  readonly key: string;
  /** Absolute path of its bytes, good until the object is replaced or deleted: open it before the next await. */
  readonly path: string;
  readonly sizeBytes: number;
  /** As S3 gives it, in quotes. */
  readonly etag: string;
}

/** The object store (`sandbox/objects`) as the sandbox's own routes read it, without a request. Its bucket is `muster`. */
export interface ObjectReader {
  get(bucket: string, key: string): StoredObject | undefined;
  /** The whole object in memory. @throws when there is no such object. */
  read(bucket: string, key: string): Promise<Buffer>;
  /** Every object whose key starts so, in the order of their keys' UTF-8; empty where there is no such bucket. */
  list(bucket: string, prefix: string): StoredObject[];
}
