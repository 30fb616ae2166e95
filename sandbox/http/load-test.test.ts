import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import type { LoadTestResult } from '../contract.ts';
import { manifestKey, putDatasets, putObject, storeClient, type DatasetFiles } from '../testing-datasets.ts';
import { startTestServer, type TestServer } from './testing.ts';

const datasetsPath = '/api/dev/load-test/datasets';
const launchPath = '/api/dev/load-test/launch';
const noManifest = { error: 'Could not read manifest. Run the upload script first.' };

let scratch: string;
let whole: DatasetFiles;
before(() => {
  scratch = mkdtempSync(join(tmpdir(), 'muster-load-test-'));
  const file = (name: string, text: string): string => {
    writeFileSync(join(scratch, name), text);
    return join(scratch, name);
  };
  whole = {
    sav: file('tracker.sav', '$FL2'),
    survey: file('tracker-survey.docx', 'survey'),
    banner: file('tracker-banner.docx', 'banner'),
  };
});
after(() => rmSync(scratch, { recursive: true, force: true }));

async function answer(
  server: TestServer,
  role: 'admin' | 'member' | 'external_partner',
  method: string,
  path: string,
  body?: unknown,
): Promise<[number, unknown]> {
  const response = await server.ask(
    server.account(role),
    method,
    path,
    body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  );
  return [response.status, await response.json()];
}

async function launch(server: TestServer, body: Record<string, unknown>): Promise<LoadTestResult> {
  const [status, result] = await answer(server, 'admin', 'POST', launchPath, { concurrency: 3, ...body });
  assert.equal(status, 202, JSON.stringify(result));
  return result as LoadTestResult;
}

const numbered = (count: number): Record<string, DatasetFiles> =>
  Object.fromEntries(Array.from({ length: count }, (_, place) => [`set-${place + 1}`, whole]));

describe('with datasets in the store', () => {
  let server: TestServer;
  before(async () => {
    server = await startTestServer();
    const { banner: _, ...bannerless } = whole;
    await putDatasets(server, {
      ...numbered(4),
      'Umfrage “Käse”': bannerless,
      unready: { sav: whole.sav ?? '' },
    });
  });
  after(() => server.stop());

  test('the manifest is for admins, as it lies in the store', async () => {
    const [status, manifest] = await answer(server, 'admin', 'GET', datasetsPath);
    assert.equal(status, 200);
    const { version, datasets } = manifest as { version: number; datasets: { name: string; ready: boolean }[] };
    assert.deepEqual(
      [version, datasets.map(({ name, ready }) => [name, ready])],
      [1, [...Object.keys(numbered(4)), 'Umfrage “Käse”', 'unready'].map((name) => [name, name !== 'unready'])],
    );
    for (const role of ['member', 'external_partner'] as const)
      for (const [method, path] of [
        ['GET', datasetsPath],
        ['POST', launchPath],
      ] as const)
        assert.deepEqual(await answer(server, role, method, path, method === 'POST' ? {} : undefined), [
          403,
          { error: 'Forbidden' },
        ]);
  });

  test('each dataset is launched as a person would launch it, and named after prefix and dataset', async () => {
    const before = server.pipeline.launched.length;
    const result = await launch(server, {
      datasets: ['set-1', 'Umfrage “Käse”'],
      namePrefix: 'Load 1/1',
      config: { theme: 'bold' },
    });
    assert.deepEqual(
      [result.totalLaunched, result.totalErrors, result.rateLimitRejections, result.errors],
      [2, 0, 0, []],
    );
    assert.deepEqual(
      result.launched.map(({ dataset, projectName }) => [dataset, projectName]),
      [
        ['set-1', 'Load 1/1 — set-1'],
        ['Umfrage “Käse”', 'Load 1/1 — Umfrage “Käse”'],
      ],
    );
    const { session } = server.store.people.byEmail(server.account('admin').email) ?? {};
    assert.ok(session);
    const [first, second] = result.launched.map(({ projectId }) => server.store.projects.get(projectId, session.orgId));
    assert.deepEqual(first?.intake, {
      dataFile: 'tracker.sav',
      survey: 'tracker-survey.docx',
      bannerPlan: 'tracker-banner.docx',
      messageList: null,
      bannerMode: 'upload',
    });
    assert.deepEqual([first.config.theme, first.config.format, first.config.displayMode], ['bold', 'joe', 'frequency']);
    assert.deepEqual([second?.intake.bannerPlan, second?.config.bannerMode], [null, 'auto_generate']);
    assert.equal(first.createdBy, session.userId);
    assert.deepEqual(server.pipeline.launched.slice(before).sort(), result.launched.map(({ runId }) => runId).sort());
  });

  test('what cannot be launched is told, and stops nothing', async () => {
    const body = { datasets: ['set-2', 'absent', 'unready', 'set-3'], namePrefix: 'Load 2/2', concurrency: 15 };
    const result = await launch(server, body);
    assert.deepEqual(
      result.launched.map(({ dataset }) => dataset),
      ['set-2', 'set-3'],
    );
    assert.deepEqual(result.errors, [
      { dataset: 'absent', error: 'Dataset "absent" not found in manifest' },
      { dataset: 'unready', error: 'Missing required .sav or survey file' },
    ]);
    const again = await launch(server, { datasets: ['set-2'], namePrefix: 'load 2/2' });
    assert.deepEqual(again.errors, [
      {
        dataset: 'set-2',
        error: 'A project named "load 2/2 — set-2" already exists. Please choose a different name.',
      },
    ]);
    assert.deepEqual(
      [again.totalLaunched, again.totalErrors, again.rateLimitRejections, again.launched],
      [0, 1, 0, []],
    );
  });

  const fine = { datasets: ['set-1'], concurrency: 3, namePrefix: 'Load 3/3' };
  for (const [what, body] of [
    ['what is not JSON', 'nonsense'],
    ['nothing', {}],
    ['no dataset', { ...fine, datasets: [] }],
    ['more than twenty', { ...fine, datasets: Array.from({ length: 21 }, () => 'set-1') }],
    ['another concurrency', { ...fine, concurrency: 2 }],
    ['a concurrency in words', { ...fine, concurrency: '3' }],
    ['no prefix', { ...fine, namePrefix: '' }],
    ['a prefix with an underscore', { ...fine, namePrefix: 'a_b' }],
    ['too long a prefix', { ...fine, namePrefix: 'x'.repeat(101) }],
    ['a theme that there is not', { ...fine, config: { theme: 'neon' } }],
  ] as const) {
    test(`a launch of ${what} is refused`, async () => {
      const [status, refusal] = await answer(server, 'admin', 'POST', launchPath, body);
      assert.deepEqual([status, (refusal as { error: string }).error], [400, 'Invalid request']);
    });
  }
});

test('launches count against the limit of everybody, and those that it refuses are counted', async () => {
  const server = await startTestServer({ limits: 'production' });
  try {
    await putDatasets(server, numbered(15));
    const result = await launch(server, {
      datasets: Object.keys(numbered(15)),
      concurrency: 15,
      namePrefix: 'Load 4/4',
    });
    assert.deepEqual([result.totalLaunched, result.totalErrors, result.rateLimitRejections], [5, 10, 10]);
    assert.ok(result.errors.every(({ error }) => error === 'Rate limited (429)'));
    const direct = await server.ask(server.account('member'), 'POST', '/api/projects/launch', new FormData());
    assert.equal(direct.status, 429);
  } finally {
    await server.stop();
  }
});

test('a store without a manifest, or with something else in its place, is told', async () => {
  const server = await startTestServer();
  const client = storeClient(server);
  const body = { datasets: ['set-1'], concurrency: 3, namePrefix: 'Load 5/5' };
  const check = async (): Promise<void> => {
    assert.deepEqual(await answer(server, 'admin', 'GET', datasetsPath), [
      500,
      { error: 'Failed to fetch dataset manifest. Run the upload script first.' },
    ]);
    assert.deepEqual(await answer(server, 'admin', 'POST', launchPath, body), [500, noManifest]);
  };
  const manifestOf = (file: Record<string, unknown>): string =>
    JSON.stringify({
      version: 1,
      generatedAt: new Date().toISOString(),
      datasets: [{ name: 'set-1', ready: true, hasBanner: false, files: [file] }],
    });
  const file = { filename: 'a.sav', role: 'sav', r2Key: 'dev-test/set-1/a.sav', sizeBytes: 4 };
  try {
    await check();
    for (const text of [
      'nonsense',
      '{"version":2,"generatedAt":"2026-01-01T00:00:00.000Z","datasets":[]}',
      manifestOf({ ...file, r2Key: '../../accounts.json' }),
      manifestOf({ ...file, role: 'spell' }),
    ]) {
      await putObject(client, manifestKey, text);
      await check();
    }
    // What the manifest promises and the store lacks is that dataset's trouble alone.
    await putObject(client, manifestKey, manifestOf(file));
    const { errors } = await launch(server, body);
    assert.deepEqual(errors, [{ dataset: 'set-1', error: 'dev-test/set-1/a.sav is not in the store' }]);
  } finally {
    client.destroy();
    await server.stop();
  }
});

test('in production there is no load test, and signed out there is only the sign-in', async () => {
  const server = await startTestServer({ mode: 'production' });
  try {
    for (const role of ['admin', 'member'] as const)
      for (const [method, path] of [
        ['GET', datasetsPath],
        ['POST', launchPath],
        ['POST', '/api/dev/load-test/cleanup'],
      ] as const)
        assert.deepEqual(await answer(server, role, method, path, method === 'POST' ? {} : undefined), [
          404,
          { error: 'Not found' },
        ]);
    const signedOut = await server.ask(undefined, 'POST', launchPath, '{}');
    assert.equal(signedOut.status, 303);
  } finally {
    await server.stop();
  }
});
