/** The ledger of a whole main job: it balances on a correct product, and of a defective one it names exactly what its users met. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { concludeLater } from '../../src/report/conclude-later.ts';
import { summarySchema, type Summary } from '../../src/report/summary.ts';
import type { BreachKind } from '../../src/run/ledger/states.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { openLab, startRun } from './child-run.ts';

test.describe.configure({ mode: 'default', timeout: 240_000 });

let resultsDir: string;
test.beforeEach(async () => {
  resultsDir = await mkdtemp(path.join(os.tmpdir(), 'muster-ledger-'));
});
test.afterEach(async () => {
  await rm(resultsDir, { recursive: true, force: true });
});

/** The main job on a sandbox that is embedded as in any run, all analysts in one worker. */
async function mainJob(analysts: number, settings: Record<string, string>): Promise<Summary & { exit: number | null }> {
  const run = startRun(resultsDir, {
    ANALYSTS: String(analysts),
    PER_WORKER: String(analysts),
    SANDBOX_LIMITS: 'none',
    SANDBOX_PACE: '0.2',
    ...settings,
  });
  const exit = await run.ended;
  const file = path.join(await run.folder(), 'summary.json');
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`The run left no summary:\n${run.output()}`, { cause });
  });
  return { ...summarySchema.parse(JSON.parse(text)), exit };
}

test('a correct product: every project is accounted for, every workbook is the one made alone', async () => {
  // The first three of the fifteen analysts whose workbooks were made alone.
  const { exit, verdict, reasons, projects, ledger } = await mainJob(3, { SANDBOX_PACE: '0' });
  expect([exit, verdict], reasons.join('\n')).toEqual([0, 'PASS']);
  expect(projects).toMatchObject({ launched: 3, completed: 3, failed: 0, inProgress: 0 });
  const { golden, ...books } = ledger;
  expect(books).toEqual({
    intended: 3,
    acknowledged: 3,
    listed: 3,
    finished: 3,
    lost: 0,
    duplicated: 0,
    leaked: 0,
    stuck: 0,
    overwritten: 0,
    resurrected: 0,
    orphaned: 0,
    foreignResults: 0,
    deleted: 3,
    remaining: 0,
    breaches: [],
  });
  expect(golden).toMatchObject({ different: 0, none: 0 });
  expect(golden?.equal).toBeGreaterThanOrEqual(3);
});

interface Defect {
  readonly fault: string;
  readonly users: string;
  readonly settings?: Record<string, string>;
  readonly breach: BreachKind;
  readonly count: 'leaked' | 'foreignResults' | 'stuck';
  readonly reason: RegExp;
  /** Who must have seen it: the project's owner, or one who should not have. */
  readonly by: 'owner' | 'stranger';
  readonly saw: RegExp;
}

/** Defects that two analysts at once, of two organisations, meet for certain. */
const defects: readonly Defect[] = [
  {
    fault: 'tenant-leak',
    users: 'see projects of another organisation',
    breach: 'leaked',
    count: 'leaked',
    reason: /(?:was|were) shown to another organisation/,
    by: 'stranger',
    saw: /in (?:Meridian Research|Harbor Insights)$|'s marker in a (?:frame|screen|response)/,
  },
  {
    fault: 'theme-swap',
    users: 'get a workbook in the colours of somebody else',
    // Slow enough that the last run has begun before the first one writes.
    settings: { SANDBOX_PACE: '2' },
    breach: 'foreign-result',
    count: 'foreignResults',
    reason: /yielded (?:the workbook of|another workbook)/,
    by: 'owner',
    saw: /The headers are not in \w+/,
  },
  {
    fault: 'dropped-update',
    users: 'wait for an end that they are never told of',
    settings: { RUN_DEADLINE_MIN: '0.05' },
    breach: 'stuck',
    count: 'stuck',
    reason: /did not move for \d+ s and had not ended/,
    by: 'owner',
    saw: /^in_progress /,
  },
];

for (const { fault, users, settings, breach, count, reason, by, saw } of defects)
  test(`${fault}: users ${users}, and the ledger names that and nothing else`, async () => {
    const { exit, verdict, reasons, startedAt, endedAt, ledger } = await mainJob(2, {
      BUNDLES: 'coffee-loyalty',
      SANDBOX_FAULTS: fault,
      ...settings,
    });
    expect([exit, verdict]).toEqual([1, 'FAIL']);
    expect(reasons[0]).toMatch(reason);
    const { breaches = [] } = ledger;
    expect([...new Set(breaches.map(({ kind }) => kind))]).toEqual([breach]);
    expect(ledger[count]).toBe(breaches.length);
    expect(ledger).toMatchObject({ intended: 2, acknowledged: 2, listed: 2, lost: 0, deleted: 2, remaining: 0 });
    // Whoever launches first may have looked at a list for the last time before the other's project was in it.
    const proofs = breaches.flatMap(({ project, evidence }) => {
      const owner = /analyst-0[12]/.exec(project)?.[0];
      for (const { at, analyst } of evidence) {
        expect(by === 'owner' ? [owner] : ['analyst-01', 'analyst-02', 'teardown']).toContain(analyst);
        if (by === 'stranger') expect(analyst).not.toBe(owner);
        expect(at).toBeGreaterThanOrEqual(Date.parse(startedAt));
        expect(at).toBeLessThanOrEqual(Date.parse(endedAt));
      }
      return evidence.filter(({ analyst, saw: words }) => analyst !== 'teardown' && saw.test(words));
    });
    expect(proofs).not.toEqual([]);
  });

test('a runner that is killed: folded later, what nobody knows is unknown, and no breach is made up', async () => {
  // The product outlives the runner, and its runs outlast what is left of the workers.
  const lab = await openLab(await startSandbox({ pace: 10, limits: 'none' }));
  try {
    const run = startRun(lab.resultsDir, {
      ...lab.attached,
      ANALYSTS: '2',
      PER_WORKER: '2',
      BUNDLES: 'coffee-loyalty',
    });
    for (const analyst of ['analyst-01', 'analyst-02']) {
      await run.until(`journal/${analyst}.jsonl`, '"acknowledged"');
      await run.until(`events/${analyst}.jsonl`, '"status":"in_progress"');
    }
    const worker = Number(await run.until('outcomes/analyst-01.begun', ''));
    expect(worker).toBeGreaterThan(1);
    run.child.kill('SIGKILL');
    // Its workers write on until they notice.
    await expect.poll(() => isAlive(worker), { timeout: 60_000 }).toBe(false);
    expect(lab.remaining()).toHaveLength(2);

    const { verdict, reasons, written } = await concludeLater(await run.folder());
    expect(verdict).toBe('FAIL');
    const said = reasons.join('\n');
    for (const organization of ['Meridian Research', 'Harbor Insights'])
      expect(said).toContain(`Teardown left no record for ${organization}, so nobody knows`);
    expect(said).toContain('The run was interrupted before its end.');
    expect(written?.summary.ledger).toMatchObject({
      intended: 2,
      acknowledged: 2,
      listed: 0,
      finished: 0,
      lost: 0,
      duplicated: 0,
      leaked: 0,
      stuck: 0,
      overwritten: 0,
      resurrected: 0,
      orphaned: 0,
      deleted: 0,
      remaining: null,
      breaches: [],
    });
    expect(written?.summary.projects).toMatchObject({ launched: 2, completed: 0, failed: 0, inProgress: 2 });
  } finally {
    await lab.close();
  }
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
