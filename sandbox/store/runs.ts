import type { ReviewDecision, RunResult, RunRow } from '../contract.ts';
import type { Faults } from '../faults/index.ts';
import { reviewRules } from '../faults/reviews.ts';
import type { RunPatch, RunStore } from '../ports.ts';
import type { Commits } from './commits.ts';
import type { Sql } from './database.ts';
import { leanResult, runColumns, toRun, type RunRecord } from './rows.ts';

/** A mail that would be sent to the launcher of a run that has ended. */
export interface OutboxRow {
  runId: string;
  createdAt: number;
  recipientId: string;
  status: string;
  message: string;
}

export interface Runs extends RunStore {
  /** Every mail so far, oldest first. */
  outbox(): OutboxRow[];
}

const notifiedStatuses: readonly string[] = ['success', 'partial', 'error'];

/** Merges key by key; `null` removes a key. Undefined when nothing is left. */
function mergeResult(result: RunResult | undefined, patch: RunPatch['result']): RunResult | undefined {
  if (patch === undefined) return result;
  const merged = Object.fromEntries(
    Object.entries({ ...result, ...patch }).filter(([, value]) => value !== null && value !== undefined),
  ) as RunResult;
  return Object.keys(merged).length > 0 ? merged : undefined;
}

/** Runs and their guarded transitions. A run of a deleted project is as good as gone: nothing finds or changes it. */
export function openRuns(sql: Sql, commits: Commits, faults: Faults): Runs {
  const { takenFrom, once } = reviewRules(faults);
  const select = sql.prepare<RunRecord>(`SELECT ${runColumns} FROM runs WHERE id = ? AND is_deleted = 0`);
  const update = sql.prepare(
    `UPDATE runs SET status = ?, stage = ?, progress = ?, message = ?, error = ?, cancel_requested = ?, last_heartbeat = ?, result = ?, lean = ? WHERE id = ?`,
  );
  const takeReview = sql.prepare(
    `UPDATE runs SET status = 'resuming', stage = 'applying_review', progress = 55, message = 'Applying review decisions...',
       decisions = ?, reviewed_by = ?, reviewed_at = ?
     WHERE id = ? AND status IN (${takenFrom.map((status) => `'${status}'`).join(', ')})
       ${once ? 'AND decisions IS NULL' : ''} AND is_deleted = 0`,
  );
  const selectDecisions = sql.prepare<{ decisions: string | null }>(
    'SELECT decisions FROM runs WHERE id = ? AND is_deleted = 0',
  );
  const selectUnfinished = sql.prepare<RunRecord>(
    `SELECT ${runColumns} FROM runs WHERE status IN ('in_progress', 'resuming') AND is_deleted = 0 ORDER BY seq`,
  );
  const notify = sql.prepare('INSERT OR IGNORE INTO outbox VALUES (?, ?, ?, ?, ?)');
  const selectOutbox = sql.prepare<OutboxRow>(
    'SELECT run_id AS runId, created_at AS createdAt, recipient_id AS recipientId, status, message FROM outbox ORDER BY created_at, rowid',
  );

  function find(runId: string): RunRow | undefined {
    const record = select.get(runId);
    return record && toRun(record);
  }

  function save(run: RunRow): void {
    update.run(
      run.status,
      run.stage,
      run.progress,
      run.message,
      run.error ?? null,
      run.cancelRequested ? 1 : 0,
      run.lastHeartbeat ?? null,
      run.result === undefined ? null : JSON.stringify(run.result),
      leanResult(run.result),
      run._id,
    );
  }

  function transition(runId: string, from: readonly RunRow['status'][], patch: RunPatch): RunRow | undefined {
    return commits.write((announce) => {
      const before = find(runId);
      if (before === undefined || !from.includes(before.status)) return undefined;
      const { result: resultPatch, ...fields } = patch;
      const { result: resultBefore, ...rest } = before;
      const result = mergeResult(resultBefore, resultPatch);
      const after: RunRow = { ...rest, ...defined(fields), ...(result && { result }) };
      save(after);
      if (after.status !== before.status && notifiedStatuses.includes(after.status)) {
        notify.run(runId, Date.now(), after.launchedBy, after.status, after.error ?? after.message);
      }
      announce({ orgId: after.orgId, topic: 'runs', projectId: after.projectId });
      return after;
    });
  }

  return {
    get: find,
    transition,
    takeReview: (runId, decisions, reviewerId) =>
      commits.write((announce) => {
        if (takeReview.run(JSON.stringify(decisions), reviewerId, Date.now(), runId) === 0) return false;
        const run = find(runId);
        if (run) announce({ orgId: run.orgId, topic: 'runs', projectId: run.projectId });
        return true;
      }),
    decisions: (runId) => {
      const text = selectDecisions.get(runId)?.decisions;
      return text === undefined || text === null ? undefined : (JSON.parse(text) as ReviewDecision[]);
    },
    unfinished: () => selectUnfinished.all().map(toRun),
    addFeedback: (runId, entry) =>
      commits.write(() => {
        const run = find(runId);
        return (
          run && transition(runId, [run.status], { result: { feedback: [...(run.result?.feedback ?? []), entry] } })
        );
      }),
    outbox: () =>
      selectOutbox.all().map(({ runId, createdAt, recipientId, status, message }) => ({
        runId,
        createdAt,
        recipientId,
        status,
        message,
      })),
  };
}

/** Without keys whose value is undefined, which must not overwrite. */
function defined<T extends object>(fields: T): T {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as T;
}
