/** The whole sandbox over HTTP, with its real pipeline: what a journey does, without a browser. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { activeStatuses, type FlaggedColumn, type RunRow } from './contract.ts';
import { location, startServerWith, type Server } from './http/testing.ts';
import { createPipeline } from './pipeline/index.ts';
import type { SandboxStore } from './store/index.ts';
import { writeTestBundle, type TestBundle } from './testing-bundle.ts';

const deadlineMs = 90_000;
let scratch: string;
let bundle: TestBundle;
before(async () => {
  scratch = mkdtempSync(join(tmpdir(), 'muster-sandbox-test-'));
  bundle = await writeTestBundle(scratch);
});
after(() => {
  rmSync(scratch, { recursive: true, force: true });
});

async function fileOf(path: string): Promise<File> {
  return new File([await readFile(path)], basename(path));
}

async function launch(
  server: Server,
  projectName: string,
  bannerPlan: string,
): Promise<{ runId: string; projectId: string }> {
  const form = new FormData();
  form.append('dataFile', await fileOf(bundle.data));
  form.append('surveyDocument', await fileOf(bundle.survey));
  form.append('bannerPlan', await fileOf(bannerPlan));
  form.append('config', JSON.stringify({ theme: 'earth', weightVariable: bundle.weight }));
  form.append('projectName', projectName);
  const response = await server.ask(server.account('member'), 'POST', '/api/projects/launch', form);
  const body: unknown = await response.json();
  assert.equal(response.status, 200, JSON.stringify(body));
  return body as { runId: string; projectId: string };
}

/** Resolves with the run once it is as asked, told by the store's own commits. */
function reached(store: SandboxStore, runId: string, what: (run: RunRow) => boolean): Promise<RunRow> {
  return new Promise((resolve, reject) => {
    let stop = (): void => undefined;
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`Waited in vain; the run is ${JSON.stringify(store.runs.get(runId))}`));
    }, deadlineMs);
    const look = (): void => {
      const run = store.runs.get(runId);
      if (!run || !what(run)) return;
      clearTimeout(timer);
      stop();
      resolve(run);
    };
    stop = store.onCommit(look);
    look();
  });
}

const ended = (run: RunRow): boolean => !activeStatuses.includes(run.status);

describe('a journey over HTTP', () => {
  let server: Server;
  before(async () => {
    server = await startServerWith(createPipeline, { pace: 0 });
  });
  after(() => server.stop());

  test('a data file is read as the wizard shows it, a broken one is an answer too', async () => {
    const validate = async (path: string): Promise<Record<string, unknown>> => {
      const form = new FormData();
      form.append('dataFile', await fileOf(path));
      const response = await server.ask(server.account('member'), 'POST', '/api/validate-data', form);
      assert.equal(response.status, 200);
      return (await response.json()) as Record<string, unknown>;
    };
    const good = await validate(bundle.data);
    assert.deepEqual(
      [good['rowCount'], good['columnCount'], good['canProceed']],
      [bundle.respondents, bundle.variables, true],
    );
    assert.equal((await validate(bundle.broken))['canProceed'], false);
  });

  test('launch, watch to the end, download the workbook', async () => {
    const { runId } = await launch(server, 'Clear', bundle.clearBanner);
    const run = await reached(server.store, runId, ended);
    assert.equal(run.status, 'success', run.error);
    const [file] = run.result?.r2Files?.outputs ?? [];
    const redirect = await server.ask(server.account('external_partner'), 'GET', `/api/runs/${runId}/download/${file}`);
    const download = await fetch(location(redirect));
    const bytes = Buffer.from(await download.arrayBuffer());
    assert.equal(bytes.subarray(0, 2).toString(), 'PK');
    assert.equal(Number(download.headers.get('content-length')), bytes.length);
    assert.deepEqual(
      server.store.runs.outbox().map(({ status }) => status),
      ['success'],
    );
  });

  test('launch, review, watch to the end; the second submission comes too late', async () => {
    const { runId } = await launch(server, 'Doubtful', bundle.doubtfulBanner);
    const waiting = await reached(server.store, runId, (run) => run.status === 'pending_review' || ended(run));
    const flagged = waiting.result?.reviewState?.flaggedColumns ?? [];
    assert.ok(flagged.length > 0, JSON.stringify(waiting));
    assert.equal(waiting.message, `Review required - ${flagged.length} columns need mapping verification`);
    const decisions = flagged.map(({ groupName, columnName }: FlaggedColumn, index) => ({
      groupName,
      columnName,
      action: index === 0 ? 'approve' : 'skip',
    }));
    const submit = (): Promise<Response> =>
      server.ask(
        server.account('external_partner'),
        'POST',
        `/api/runs/${runId}/review`,
        JSON.stringify({ decisions }),
      );
    const answers = await Promise.all([submit(), submit()]);
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 400]);
    const run = await reached(server.store, runId, ended);
    assert.equal(run.status, 'success', run.error);
    assert.equal(run.result?.reviewState, undefined);
  });

  test('clean-up stops work that is running and queued, and deletes all of it', async () => {
    const runs: string[] = [];
    for (let index = 1; index <= 5; index += 1)
      runs.push((await launch(server, `Muster X — analyst-0${index} tracker`, bundle.clearBanner)).runId);
    const response = await server.ask(
      server.account('admin'),
      'POST',
      '/api/dev/load-test/cleanup',
      JSON.stringify({ namePrefix: 'Muster X' }),
    );
    assert.equal(((await response.json()) as { projectsDeleted: number }).projectsDeleted, 5);
    const { runId } = await launch(server, 'After the clean-up', bundle.clearBanner);
    assert.equal((await reached(server.store, runId, ended)).status, 'success');
    for (const id of runs) assert.equal(server.store.runs.get(id), undefined);
  });
});

test('a restart on the same folder finishes what was queued, running and waiting', async () => {
  const data = join(scratch, 'data');
  let server = await startServerWith(createPipeline, { data, pace: 1, slots: 1, log: 'none' });
  const waiting = await launch(server, 'Waiting', bundle.doubtfulBanner);
  await reached(server.store, waiting.runId, (run) => run.status === 'pending_review');
  const running = await launch(server, 'Running', bundle.clearBanner);
  const queued = await launch(server, 'Queued', bundle.clearBanner);
  await reached(server.store, running.runId, (run) => run.progress > 0);
  await server.stop();

  server = await startServerWith(createPipeline, { data, pace: 0, slots: 1, log: 'none' });
  try {
    for (const { runId } of [running, queued])
      assert.equal((await reached(server.store, runId, ended)).status, 'success');
    const flagged = server.store.runs.get(waiting.runId)?.result?.reviewState?.flaggedColumns ?? [];
    const decisions = flagged.map(({ groupName, columnName }) => ({ groupName, columnName, action: 'skip' }));
    const response = await server.ask(
      server.account('member'),
      'POST',
      `/api/runs/${waiting.runId}/review`,
      JSON.stringify({ decisions }),
    );
    assert.equal(response.status, 200);
    assert.equal((await reached(server.store, waiting.runId, ended)).status, 'success');
  } finally {
    await server.stop();
  }
});
