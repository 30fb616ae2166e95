/** The current list of projects with the status of their newest run, folded from the changes of a page's subscriptions. */
import type { Happening, Row, RowChange } from './happenings.ts';

export interface BoardProject {
  readonly projectId: string;
  readonly orgId: string;
  readonly name: string;
  /** Its newest run; absent while it has none. */
  readonly runId?: string;
  /** One of PRODUCT.md section 3's statuses. */
  readonly status?: string;
  readonly stage?: string;
  /** 0–100, not monotonic. */
  readonly progress?: number;
  readonly message?: string;
  readonly error?: string;
}

const activeStatuses: readonly string[] = ['in_progress', 'pending_review', 'resuming'];

/** Whether a run of the project is under way or waits for a review: it must be cancelled before the project is deleted. */
export function isActive(project: BoardProject): boolean {
  return project.status !== undefined && activeStatuses.includes(project.status);
}

export class ProjectBoard {
  private readonly projectRows = new Map<string, Row>();
  /** Runs by project and id: what a change touches is found without going through everything. */
  private readonly runRows = new Map<string, Map<string, Row>>();
  private readonly loaded = new Set<string>();
  private readonly waiting = new Set<() => void>();

  /** Whether both lists have come at least once; before that an empty board says nothing. */
  get complete(): boolean {
    return this.loaded.has('projects:listByOrg') && this.loaded.has('runs:listByOrg');
  }

  apply(happening: Happening): void {
    if (happening.type !== 'changes') return;
    for (const change of happening.changes) {
      if (change.kind === 'project') keep(this.projectRows, change);
      if (change.kind === 'run') keep(this.runsOf(change.projectId ?? ''), change);
    }
    this.loaded.add(happening.subscription);
    for (const check of [...this.waiting]) check();
  }

  /** All projects, newest first. */
  projects(): BoardProject[] {
    return [...this.projectRows.values()]
      .sort((one, other) => createdAt(other) - createdAt(one))
      .map((row) => boardProject(row, newest(this.runsOf(row._id).values())));
  }

  /** Projects whose name starts with the prefix and the product's own separator. */
  withPrefix(prefix: string): BoardProject[] {
    return this.projects().filter(({ name }) => name.startsWith(`${prefix} — `));
  }

  /** Whether a project of that name is listed. */
  has(name: string): boolean {
    for (const row of this.projectRows.values()) if (row['name'] === name) return true;
    return false;
  }

  byName(name: string): BoardProject | undefined {
    return this.projects().find((project) => project.name === name);
  }

  byId(projectId: string): BoardProject | undefined {
    const row = this.projectRows.get(projectId);
    return row && boardProject(row, newest(this.runsOf(projectId).values()));
  }

  /**
   * Resolves when the board is complete and satisfies the condition, looking again at each change.
   * Rejects after `timeoutMs`; `what` says in the message what was waited for.
   */
  waitFor(condition: (board: this) => boolean, what: string, timeoutMs: number): Promise<void> {
    return new Promise((resolve, reject) => {
      const check = (): void => {
        try {
          if (!this.complete || !condition(this)) return;
        } catch (error) {
          stop();
          reject(error instanceof Error ? error : new Error(String(error)));
          return;
        }
        stop();
        resolve();
      };
      const timer = setTimeout(() => {
        stop();
        const seen = this.complete
          ? `${this.projectRows.size} projects are listed`
          : 'the lists have not come: is the page signed in and its socket open?';
        reject(new Error(`${what} did not happen within ${Math.round(timeoutMs / 1000)} s; ${seen}.`));
      }, timeoutMs);
      const stop = (): void => {
        clearTimeout(timer);
        this.waiting.delete(check);
      };
      this.waiting.add(check);
      check();
    });
  }

  private runsOf(projectId: string): Map<string, Row> {
    const runs = this.runRows.get(projectId) ?? new Map<string, Row>();
    this.runRows.set(projectId, runs);
    return runs;
  }
}

function newest(rows: Iterable<Row>): Row | undefined {
  let last: Row | undefined;
  for (const row of rows) if (!last || createdAt(row) >= createdAt(last)) last = row;
  return last;
}

function keep(rows: Map<string, Row>, change: RowChange): void {
  if (change.after) rows.set(change.id, change.after);
  else rows.delete(change.id);
}

function createdAt(row: Row): number {
  return typeof row['_creationTime'] === 'number' ? row['_creationTime'] : 0;
}

function boardProject(project: Row, run: Row | undefined): BoardProject {
  const text = (field: string): Record<string, string> =>
    typeof run?.[field] === 'string' ? { [field]: run[field] } : {};
  return {
    projectId: project._id,
    orgId: String(project['orgId']),
    name: String(project['name']),
    ...(run ? { runId: run._id } : {}),
    ...text('status'),
    ...text('stage'),
    ...(typeof run?.['progress'] === 'number' ? { progress: run['progress'] } : {}),
    ...text('message'),
    ...text('error'),
  };
}
