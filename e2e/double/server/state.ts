/** Everything that the double knows, in memory, and the time of its last change. */
import { randomBytes } from 'node:crypto';

export type Role = 'admin' | 'member' | 'external_partner';
export type Status = 'in_progress' | 'pending_review' | 'resuming' | 'success' | 'partial' | 'error' | 'cancelled';

export interface Person {
  readonly id: string;
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly role: Role;
  readonly orgId: string;
  readonly organization: string;
  pipelineEmails: boolean;
}

export interface RunConfig {
  readonly displayMode: 'frequency' | 'counts' | 'both';
  readonly separateWorkbooks: boolean;
  readonly weightVariable: string | null;
  readonly theme: string;
  readonly bannerMode: 'upload' | 'auto_generate';
}

export interface FlaggedColumn {
  readonly groupName: string;
  readonly columnName: string;
  readonly original: string;
  readonly proposed: string;
  readonly confidence: number;
  readonly reasoning: string;
  readonly userSummary: string;
  readonly alternatives: readonly {
    readonly expression: string;
    readonly rank: number;
    readonly userSummary: string;
  }[];
  readonly uncertainties: readonly string[];
  readonly expressionType: string;
}

export interface RunResult {
  reviewState?: {
    readonly status: 'awaiting_review';
    readonly flaggedColumns: readonly FlaggedColumn[];
    readonly pathBStatus: 'running';
    readonly pathCStatus: 'completed';
    readonly totalColumns: number;
  };
  r2Files?: { readonly inputs: readonly string[]; readonly outputs: readonly string[] };
  summary?: {
    readonly tables: number;
    readonly cuts: number;
    readonly bannerGroups: number;
    readonly durationMs: number;
  };
}

export interface Project {
  readonly _id: string;
  readonly _creationTime: number;
  readonly orgId: string;
  readonly name: string;
  readonly projectType: 'crosstab';
  readonly config: RunConfig;
  readonly intake: Readonly<Record<string, string | null>>;
  readonly fileKeys: readonly string[];
  readonly createdBy: string;
}

export interface Run {
  readonly _id: string;
  readonly _creationTime: number;
  readonly projectId: string;
  readonly orgId: string;
  readonly launchedBy: string;
  readonly config: RunConfig;
  status: Status;
  stage: string;
  progress: number;
  message: string;
  result?: RunResult;
  error?: string;
  cancelRequested: boolean;
  lastHeartbeat?: number;
}

export type Table = 'projects' | 'runs';

const alphabet = 'abcdefghjkmnpqrstvwxyz0123456789';

/** An id as the product's database makes them: 32 of [a-z0-9]. */
export function newId(): string {
  return [...randomBytes(32)].map((byte) => alphabet[byte % alphabet.length]).join('');
}

export class State {
  readonly people: readonly Person[];
  readonly projects = new Map<string, Project>();
  readonly runs = new Map<string, Run>();
  /** Sealed cookie → person. */
  readonly sessions = new Map<string, Person>();
  readonly #listeners = new Set<(tables: ReadonlySet<Table>) => void>();
  #committedNs = 0n;

  constructor(people: readonly Person[]) {
    this.people = people;
    this.commit();
  }

  /** When the state last changed: nanoseconds since 1970, each later than the one before. */
  get committedNs(): bigint {
    return this.#committedNs;
  }

  /** Calls after each change. */
  onCommit(listener: (tables: ReadonlySet<Table>) => void): void {
    this.#listeners.add(listener);
  }

  /** Says that these tables have just been changed. */
  commit(...tables: readonly Table[]): void {
    const now = BigInt(Math.round((performance.timeOrigin + performance.now()) * 1e6));
    this.#committedNs = now > this.#committedNs ? now : this.#committedNs + 1n;
    for (const listener of this.#listeners) listener(new Set(tables));
  }

  projectsOf(orgId: string): Project[] {
    return [...this.projects.values()].filter((project) => project.orgId === orgId);
  }

  runsOf(orgId: string): Run[] {
    return [...this.runs.values()].filter((run) => run.orgId === orgId);
  }

  /** The newest run of a project. */
  runOf(projectId: string): Run | undefined {
    return [...this.runs.values()].filter((run) => run.projectId === projectId).at(-1);
  }

  isTaken(orgId: string, name: string): boolean {
    return this.projectsOf(orgId).some((project) => project.name.toLowerCase() === name.toLowerCase());
  }

  /** A project without a run, as somebody outside of a run may have made it. */
  addBareProject({ id, orgId }: Person, name: string): void {
    const config: RunConfig = {
      displayMode: 'frequency',
      separateWorkbooks: false,
      weightVariable: null,
      theme: 'classic',
      bannerMode: 'upload',
    };
    const project: Project = {
      _id: newId(),
      _creationTime: Date.now(),
      orgId,
      name,
      projectType: 'crosstab',
      config,
      intake: {},
      fileKeys: [],
      createdBy: id,
    };
    this.projects.set(project._id, project);
    this.commit('projects');
  }

  /** Gone for good, runs first; whatever still computes for them is not told. */
  deleteProject(projectId: string): number {
    const runs = [...this.runs.values()].filter((run) => run.projectId === projectId);
    for (const { _id } of runs) this.runs.delete(_id);
    this.projects.delete(projectId);
    this.commit('projects', 'runs');
    return runs.length;
  }
}

/** Whether a run is at work or waits for a person. */
export function isActive({ status }: Run): boolean {
  return status === 'in_progress' || status === 'pending_review' || status === 'resuming';
}
