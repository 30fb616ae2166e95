/** For the tests of the faults: what people ask of a sandbox, with a fault on and without, and what they then see. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import { readXlsx } from 'hucre';
import type { ProjectConfig, RunRow, RunStatus } from '../contract.ts';
import { location, startServerWith, type Server } from '../http/testing.ts';
import { createPipeline } from '../pipeline/pipeline.ts';
import { cafeFiles, clearPlan } from '../pipeline/testing.ts';
import type { SandboxSettings } from '../settings.ts';
import type { FaultName } from './index.ts';

const deadlineMs = 120_000;
const fields = {
  data: 'dataFile',
  survey: 'surveyDocument',
  banner: 'bannerPlan',
  messageList: 'messageList',
} as const;

/** Runs the same scene on a sandbox with the fault and on one without, and compares what came of each with what should. */
export function bothWays<Outcome>(
  fault: FaultName | `${FaultName}=${number}`,
  scene: (context: TestContext, faults: string) => Promise<Outcome>,
  expected: { on: Outcome; off: Outcome },
): void {
  for (const direction of ['on', 'off'] as const)
    void test(`${fault} ${direction}`, { timeout: 2 * deadlineMs }, async (context) => {
      assert.deepEqual(await scene(context, direction === 'on' ? fault : ''), expected[direction]);
    });
}

/** Resolves as soon as `look` finds something; rejects after two minutes, saying what was waited for. */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  const endsAt = performance.now() + deadlineMs;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > endsAt) throw new Error(`Waited in vain: ${what}`);
    await delay(5);
  }
}

type Launched = { runId: string; projectId: string };

/** A whole sandbox with its real pipeline, and a small survey to launch. */
export interface Works {
  readonly server: Server;
  readonly pipeline: ReturnType<typeof createPipeline>;
  readonly launch: (name: string, options?: LaunchOptions) => Promise<Launched>;
  /** Waits for the run to be as asked. */
  readonly reached: (runId: string, what: (run: RunRow) => boolean) => Promise<RunRow>;
  /** Every state a run was in, one a commit. */
  readonly history: (runId: string) => readonly RunRow[];
  /** Statuses a run had, without repetitions in a row. */
  readonly statuses: (runId: string) => RunStatus[];
  readonly post: (path: string, body?: unknown, role?: 'admin' | 'member') => Promise<Response>;
  /** The summary of a run's workbook, downloaded as a member of that organisation. */
  readonly workbook: (runId: string, organization?: string) => Promise<Record<string, unknown>>;
}

export interface LaunchOptions {
  plan?: readonly string[];
  config?: Partial<ProjectConfig>;
  organization?: string;
}

export const hasEnded = ({ status }: RunRow): boolean => ['success', 'partial', 'error', 'cancelled'].includes(status);

/** Starts a sandbox that the test's end stops. */
export async function works(context: TestContext, settings: Partial<SandboxSettings>): Promise<Works> {
  const scratch = mkdtempSync(join(tmpdir(), 'muster-faults-'));
  let pipeline: ReturnType<typeof createPipeline> | undefined;
  const server = await startServerWith((options) => (pipeline = createPipeline(options)), { pace: 0, ...settings });
  context.after(async () => {
    await server.stop();
    rmSync(scratch, { recursive: true, force: true });
  });
  if (!pipeline) throw new Error('The server was started without making a pipeline.');
  const histories = new Map<string, RunRow[]>();
  server.store.onCommit(() => {
    for (const [runId, history] of histories) {
      const run = server.store.runs.get(runId);
      if (run && JSON.stringify(run) !== JSON.stringify(history.at(-1))) history.push(run);
    }
  });
  const history = (runId: string): readonly RunRow[] => histories.get(runId) ?? [];

  return {
    server,
    pipeline,
    launch: async (name, { plan = clearPlan, config = {}, organization } = {}) => {
      const form = new FormData();
      for (const { role, path } of await cafeFiles(scratch, { plan }))
        form.append(fields[role], new File([readFileSync(path)], basename(path)));
      form.append('config', JSON.stringify(config));
      form.append('projectName', name);
      const who = server.account('member', organization);
      const response = await server.ask(who, 'POST', '/api/projects/launch', form);
      const launched = (await response.json()) as Launched;
      assert.equal(response.status, 200, JSON.stringify(launched));
      const run = server.store.runs.get(launched.runId);
      histories.set(launched.runId, run ? [run] : []);
      return launched;
    },
    reached: (runId, what) => {
      const look = (): RunRow | undefined => [server.store.runs.get(runId)].find((run) => run && what(run));
      return until(`${runId} in ${JSON.stringify(server.store.runs.get(runId))}`, look);
    },
    history,
    statuses: (runId) =>
      history(runId)
        .map(({ status }) => status)
        .filter((status, index, all) => status !== all[index - 1]),
    post: (path, body = {}, role = 'member') => server.ask(server.account(role), 'POST', path, JSON.stringify(body)),
    workbook: async (runId, organization) => {
      const who = server.account('member', organization);
      const link = await server.ask(who, 'GET', `/api/runs/${runId}/download/crosstabs.xlsx`);
      const book = await readXlsx(Buffer.from(await (await fetch(location(link))).arrayBuffer()));
      const summary = book.sheets.find(({ name }) => name === 'Summary');
      return Object.fromEntries((summary?.rows ?? []).map(([key, value]) => [String(key), value]));
    },
  };
}

/** Decisions on all that a run was flagged for. */
export function decisionsFor(run: RunRow): { decisions: unknown[] } {
  const flagged = run.result?.reviewState?.flaggedColumns ?? [];
  return {
    decisions: flagged.map(({ groupName, columnName }) => ({ groupName, columnName, action: 'skip' })),
  };
}
