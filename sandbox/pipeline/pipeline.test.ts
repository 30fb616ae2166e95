import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { writeSav } from '../../datasets/sav/index.ts';
import type { ProjectConfig, RunRow } from '../contract.ts';
import type { StoredFile } from '../ports.ts';
import { createPipeline, type PipelineOptions } from './pipeline.ts';
import { RunFolder } from './run-folder.ts';
import { pipelineChildren } from './testing-children.ts';
import { cafeFiles, clearPlan, doubtfulPlan, FakeStore, temporaryFolder } from './testing.ts';

/** Long enough for a run to be caught in the act, short enough for a test. */
const slow = 0.2;

async function bench(
  context: TestContext,
  plan: readonly string[] | undefined,
  options: Partial<PipelineOptions> = {},
) {
  const folder = await temporaryFolder(context);
  const files = await cafeFiles(folder, plan ? { plan } : {});
  const store = new FakeStore();
  const open = (more: Partial<PipelineOptions> = {}): ReturnType<typeof createPipeline> => {
    const pipeline = createPipeline({ store, folder, slots: 3, pace: 0, ...options, ...more });
    context.after(() => pipeline.stop());
    return pipeline;
  };
  const pipeline = open();
  const launch = (runId: string, config: Partial<ProjectConfig> = {}, uploads: readonly StoredFile[] = files): void => {
    store.add(runId, uploads, config);
    pipeline.launch(runId);
  };
  return { folder, files, store, pipeline, open, launch };
}

const running = (row: RunRow): boolean => row.stage !== 'uploading';
const changes = (store: FakeStore, runId: string): string[] =>
  (store.history.get(runId) ?? []).map(({ status, stage, progress }) => `${status} ${stage} ${progress}`);
const approve = [{ groupName: 'Usage', columnName: 'North', action: 'approve' as const }];

test('a clear banner goes straight to success, through the product’s stages', async (context) => {
  const { store, pipeline, launch } = await bench(context, clearPlan);
  launch('a');
  const row = await store.status('a', 'success', 'error');
  assert.equal(row.status, 'success', row.error);
  assert.match(row.message, /^Complete! Generated 4 crosstab tables in \d+s$/);
  assert.deepEqual(changes(store, 'a'), [
    'in_progress uploading 0',
    'in_progress parsing 10',
    'in_progress survey_processing 12',
    'in_progress parallel_processing 15',
    'in_progress parallel_processing 37',
    'in_progress parallel_processing 60',
    'in_progress filtering 63',
    'in_progress splitting 65',
    'in_progress verification 67',
    'in_progress verification 77',
    'in_progress post_processing 78',
    'in_progress validating_cuts 80',
    'in_progress validating_r 85',
    'in_progress generating_r 88',
    'in_progress executing_r 92',
    'in_progress writing_outputs 97',
    'success complete 100',
  ]);
  const { durationMs, ...summary } = row.result?.summary ?? { durationMs: -1 };
  assert.ok(durationMs >= 0);
  assert.deepEqual(summary, { tables: 4, cuts: 4, bannerGroups: 2 });
  const path = pipeline.outputPath('a', 'crosstabs.xlsx');
  assert.ok(path !== undefined && existsSync(path));
  assert.equal(pipeline.outputPath('a', 'crosstabs-counts.xlsx'), undefined);
  assert.equal(pipeline.outputPath('a', '../../cafe.sav'), undefined);
});

test('a doubtful banner pauses, gives its slot back, and goes on when reviewed', async (context) => {
  const { store, pipeline, launch } = await bench(context, doubtfulPlan, { slots: 1, tablesGraceMs: 60_000 });
  launch('a');
  launch('b');
  const paused = await store.status('a', 'pending_review', 'error');
  assert.equal(paused.message, 'Review required - 3 columns need mapping verification');
  assert.equal(paused.progress, 50);
  assert.equal(paused.result?.reviewState?.pathBStatus, 'running');
  assert.deepEqual(
    paused.result?.reviewState?.flaggedColumns.map(({ columnName }) => columnName),
    ['Heavy users', 'North', 'Buyers'],
  );
  await store.status('b', 'pending_review');
  await pipeline.settled('a');
  assert.ok(store.runs.takeReview('a', approve, 'user'));
  const outcome = await pipeline.resume('a');
  assert.equal(outcome.status, 'success', outcome.message);
  const done = store.rows.get('a');
  assert.equal(done?.result?.reviewState, undefined);
  assert.equal(done?.result?.summary?.cuts, 6, 'the placeholder was approved blank and is left out');
  const resumed = changes(store, 'a').filter((change) => !change.startsWith('in_progress'));
  assert.deepEqual(resumed, [
    'pending_review crosstab_review_required 50',
    'resuming crosstab_review_required 50',
    'resuming applying_review 55',
    'resuming filtering 55',
    'resuming splitting 57',
    'resuming verification 58',
    'resuming post_processing 69',
    'resuming validating_cuts 70',
    'resuming validating_r 75',
    'resuming generating_r 80',
    'resuming executing_r 85',
    'resuming writing_outputs 95',
    'success complete 100',
  ]);
});

test('a review saved before the tables are ready is answered at once and finishes by itself', async (context) => {
  const { store, pipeline, launch } = await bench(context, doubtfulPlan, { pace: slow, tablesGraceMs: 0 });
  launch('a');
  await store.status('a', 'pending_review');
  assert.ok(store.runs.takeReview('a', approve, 'user'));
  assert.deepEqual(await pipeline.resume('a'), {
    status: 'resuming',
    message: 'Review saved. Pipeline will complete when table processing finishes.',
  });
  assert.equal((await store.status('a', 'success', 'error')).status, 'success');
  assert.ok(changes(store, 'a').includes('resuming waiting_for_tables 55'));
});

test('a computing run beats its heart', async (context) => {
  const { store, launch } = await bench(context, clearPlan, { pace: slow, heartbeatMs: 5 });
  launch('a');
  await store.status('a', 'success');
  const history = store.history.get('a') ?? [];
  const beats = history.filter(
    (row, index) =>
      row.stage === history[index - 1]?.stage && row.progress === history[index - 1]?.progress && running(row),
  );
  assert.ok(beats.length > 0);
  assert.ok(beats.every((row, index) => (row.lastHeartbeat ?? 0) >= (beats[index - 1]?.lastHeartbeat ?? 0)));
});

test('three at a time, first come first served', async (context) => {
  const { store, launch } = await bench(context, clearPlan, { pace: 0.1 });
  const ids = ['a', 'b', 'c', 'd', 'e'];
  for (const id of ids) launch(id);
  let most = 0;
  const started: string[] = [];
  await store.when('e', (last) => {
    const busy = ids.filter((id) => {
      const row = store.rows.get(id);
      return row?.status === 'in_progress' && running(row);
    });
    // A run beats its heart from the moment it has a slot; whose child speaks first is the machine's business.
    for (const id of ids)
      if (!started.includes(id) && store.rows.get(id)?.lastHeartbeat !== undefined) started.push(id);
    most = Math.max(most, busy.length);
    return last.status === 'success';
  });
  assert.equal(most, 3);
  assert.deepEqual(started.slice(3), ['d', 'e']);
  assert.deepEqual([...started.slice(0, 3)].sort(), ['a', 'b', 'c']);
});

test('two resumes respect the slots, too', async (context) => {
  const { store, pipeline, launch } = await bench(context, doubtfulPlan, { slots: 1, tablesGraceMs: 60_000 });
  for (const id of ['a', 'b']) launch(id);
  for (const id of ['a', 'b']) await store.status(id, 'pending_review');
  for (const id of ['a', 'b']) {
    await pipeline.settled(id);
    store.runs.takeReview(id, approve, 'user');
  }
  const outcomes = Promise.all([pipeline.resume('a'), pipeline.resume('b')]);
  await store.when('a', ({ stage }) => stage === 'executing_r');
  assert.equal(store.rows.get('b')?.stage, 'applying_review', 'waits for its slot');
  assert.deepEqual(
    (await outcomes).map(({ status }) => status),
    ['success', 'success'],
  );
});

test('cancelled while queued: never starts, and its place is skipped', async (context) => {
  const { store, pipeline, launch } = await bench(context, clearPlan, { slots: 1 });
  for (const id of ['a', 'b', 'c']) launch(id);
  assert.deepEqual(pipeline.cancel('b'), { localAbort: true });
  await pipeline.settled('b');
  await store.status('c', 'success');
  assert.deepEqual(changes(store, 'b'), ['in_progress uploading 0', 'cancelled cancelled 100']);
  assert.equal(store.rows.get('b')?.cancelRequested, true);
});

test('cancelled while computing: the work stops, the slot is free, nothing changes afterwards', async (context) => {
  const { folder, store, pipeline, launch } = await bench(context, clearPlan, { slots: 1, pace: slow });
  launch('a');
  launch('b');
  await store.when('a', ({ stage }) => stage === 'parallel_processing');
  assert.deepEqual(pipeline.cancel('a'), { localAbort: true });
  const row = store.rows.get('a');
  assert.deepEqual(
    [row?.status, row?.stage, row?.progress, row?.message],
    ['cancelled', 'cancelled', 100, 'Pipeline cancelled by user'],
  );
  await pipeline.settled('a');
  await store.status('b', 'success');
  assert.equal(store.rows.get('a'), row);
  assert.ok(!existsSync(join(folder, 'runs', 'a', 'outputs', 'crosstabs.xlsx')));
  assert.deepEqual(pipeline.cancel('a'), { localAbort: false });
});

test('cancelled while awaiting review, with tables still coming', async (context) => {
  const { store, pipeline, launch } = await bench(context, doubtfulPlan, { pace: slow, tablesGraceMs: 0 });
  launch('a');
  await store.status('a', 'pending_review');
  assert.deepEqual(pipeline.cancel('a'), { localAbort: true });
  await pipeline.settled('a');
  assert.equal(store.rows.get('a')?.status, 'cancelled');
  assert.equal(changes(store, 'a').at(-1), 'cancelled cancelled 100');
});

test('cancelled while resuming and while waiting for tables', async (context) => {
  const { store, pipeline, launch } = await bench(context, doubtfulPlan, { pace: slow, tablesGraceMs: 0 });
  for (const [id, stage] of [
    ['a', 'waiting_for_tables'],
    ['b', 'executing_r'],
  ] as const) {
    launch(id);
    await store.status(id, 'pending_review');
    store.runs.takeReview(id, approve, 'user');
    const outcome = pipeline.resume(id);
    await store.when(id, (row) => row.stage === stage);
    assert.deepEqual(pipeline.cancel(id), { localAbort: true });
    await pipeline.settled(id);
    await outcome;
    assert.equal(changes(store, id).at(-1), 'cancelled cancelled 100');
  }
});

test('a finished run stays finished', async (context) => {
  const { store, pipeline, launch } = await bench(context, clearPlan);
  launch('a');
  const row = await store.status('a', 'success');
  assert.deepEqual(pipeline.cancel('a'), { localAbort: false });
  assert.equal(store.rows.get('a'), row);
});

// At this pace a run takes a quarter of an hour: these two end in time only if its work is stopped.
const endless = { pace: 200, heartbeatMs: 20 };
test('a run whose project is deleted stops computing', { timeout: 60_000 }, async (context) => {
  const { store, pipeline, launch } = await bench(context, clearPlan, endless);
  launch('a');
  await store.when('a', running);
  store.deleted.add('a');
  await pipeline.settled('a');
  assert.equal(store.rows.get('a')?.status, 'in_progress');
});

test('a run cancelled by somebody else stops computing and stays cancelled', { timeout: 60_000 }, async (context) => {
  const { store, pipeline, launch } = await bench(context, clearPlan, endless);
  launch('a');
  await store.when('a', running);
  const row = store.runs.transition('a', ['in_progress'], { status: 'cancelled' });
  await pipeline.settled('a');
  assert.equal(store.rows.get('a'), row);
});

test('a restart takes up queued, computing and resuming work again, and leaves reviews alone', async (context) => {
  const { store, pipeline, launch, open } = await bench(context, doubtfulPlan, {
    pace: slow,
    slots: 2,
    tablesGraceMs: 60_000,
  });
  for (const id of ['reviewed', 'awaiting', 'computing', 'queued']) launch(id);
  await store.status('reviewed', 'pending_review');
  await store.status('awaiting', 'pending_review');
  store.runs.takeReview('reviewed', [{ groupName: 'Usage', columnName: 'North', action: 'skip' }], 'user');
  const interrupted = pipeline.resume('reviewed');
  await store.when('computing', running);
  await pipeline.stop();
  assert.equal((await interrupted).status, 'resuming');
  assert.deepEqual(
    [...store.rows.values()].map(({ status }) => status),
    ['resuming', 'pending_review', 'in_progress', 'in_progress'],
  );
  const next = open({ pace: 0 });
  next.recover();
  const done = await store.status('reviewed', 'success', 'error');
  assert.equal(done.result?.summary?.cuts, 5, 'the stored decision counts: one column skipped, one blank');
  await store.status('computing', 'pending_review');
  await store.status('queued', 'pending_review');
  assert.equal(store.rows.get('awaiting')?.status, 'pending_review');
  store.runs.takeReview('awaiting', approve, 'user');
  assert.equal((await next.resume('awaiting')).status, 'success');
});

test('a review survives even the loss of its files on disk', async (context) => {
  const { folder, store, pipeline, launch } = await bench(context, doubtfulPlan, { tablesGraceMs: 60_000 });
  launch('a');
  await store.status('a', 'pending_review');
  await pipeline.settled('a');
  await rm(new RunFolder(join(folder, 'runs', 'a')).path, { recursive: true });
  store.runs.takeReview('a', approve, 'user');
  assert.equal((await pipeline.resume('a')).status, 'resuming');
  assert.equal((await store.status('a', 'success', 'error')).status, 'success');
});

test('a child that dies fails its run, in words', async (context) => {
  const { store, launch } = await bench(context, clearPlan, { pace: 20 });
  launch('a');
  await store.when('a', running);
  for (const pid of await pipelineChildren()) process.kill(pid, 'SIGKILL');
  const row = await store.status('a', 'error');
  assert.equal(row.message, 'Processing error');
  assert.match(row.error ?? '', /^Processing error: the process that computed this run ended by SIGKILL/);
});

const failures: [
  name: string,
  expected: RegExp,
  prepare: (files: StoredFile[], folder: string) => Promise<{ files: StoredFile[]; config?: Partial<ProjectConfig> }>,
][] = [
  [
    'a survey that is no document',
    /^Processing error: "cafe-survey.docx" could not be read as a Word document/,
    async (files, folder) => {
      await writeFile(join(folder, 'cafe-survey.docx'), 'not a zip');
      return { files };
    },
  ],
  [
    'an old .doc',
    /^Processing error: "survey.doc" is an old Word document/,
    (files) =>
      Promise.resolve({
        files: files.map((file) => (file.role === 'survey' ? { ...file, name: 'survey.doc' } : file)),
      }),
  ],
  [
    'a data file that is none',
    /^Processing error: cafe.sav/,
    async (files, folder) => {
      await writeFile(join(folder, 'cafe.sav'), 'a,b\n1,2\n');
      return { files };
    },
  ],
  [
    'a weight that does not exist',
    /^Processing error: The weight variable NOPE is not a numeric variable/,
    (files) => Promise.resolve({ files, config: { weightVariable: 'NOPE' } }),
  ],
  [
    'nothing to tabulate',
    /^Table processing failed: No variable of the data file has between 2 and 30 value labels/,
    async (files, folder) => {
      await writeSav(
        join(folder, 'cafe.sav'),
        {
          variables: [
            { name: 'GENDER', width: 0 },
            { name: 'AGE', width: 0 },
          ],
        },
        [
          [1, 20],
          [2, 30],
        ],
      );
      return { files };
    },
  ],
  [
    'a banner that cannot be generated',
    /^Auto-generate banner failed: No variable of the data file looks like a demographic/,
    async (files, folder) => {
      await writeSav(join(folder, 'cafe.sav'), { variables: [{ name: 'X', width: 0 }] }, [[1], [2]]);
      return { files, config: { bannerMode: 'auto_generate' } };
    },
  ],
  [
    'a banner plan that is no document',
    /^Banner extraction failed: "plan.docx" could not be read as a Word document\. Open it/,
    async (files, folder) => {
      const path = join(folder, 'plan.docx');
      await writeFile(path, 'nothing of the kind');
      return { files: files.map((file) => (file.role === 'banner' ? { ...file, name: 'plan.docx', path } : file)) };
    },
  ],
  [
    'a banner plan without groups',
    /^Banner extraction failed: The banner plan "cafe-survey.docx" has no banner groups/,
    (files) =>
      Promise.resolve({
        files: files.map((file) =>
          file.role === 'banner'
            ? { ...(files.find(({ role }) => role === 'survey') ?? file), role: 'banner' as const }
            : file,
        ),
      }),
  ],
];
for (const [name, expected, prepare] of failures) {
  test(`${name} is an error that says so`, async (context) => {
    const { folder, files, store, launch } = await bench(context, clearPlan);
    const prepared = await prepare(files, folder);
    launch('a', prepared.config, prepared.files);
    const row = await store.status('a', 'error', 'success');
    assert.match(row.error ?? '', expected);
    assert.ok(!row.error?.includes(folder), 'no path of the server');
    assert.ok(row.error?.startsWith(row.message));
  });
}

test('validates in a process of its own, many at once, and ends with the pipeline', async (context) => {
  const { folder, pipeline } = await bench(context, clearPlan);
  const results = await Promise.all(Array.from({ length: 5 }, () => pipeline.validate(join(folder, 'cafe.sav'))));
  assert.deepEqual(
    results.map(({ rowCount, canProceed }) => [rowCount, canProceed]),
    Array.from({ length: 5 }, () => [200, true]),
  );
  await assert.rejects(pipeline.validate(join(folder, 'missing.sav')), /missing\.sav/);
  await pipeline.stop();
  assert.deepEqual(await pipelineChildren(), []);
});
