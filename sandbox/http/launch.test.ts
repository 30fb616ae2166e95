import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { join } from 'node:path';
import { after, before, beforeEach, describe, test } from 'node:test';
import { launchForm, signIn, startTestServer, validationAnswer, type TestServer } from './testing.ts';

let server: TestServer;
let count = 0;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());
beforeEach(() => {
  count += 1;
});

const fresh = (): string => `Study ${count}`;
const big = (megabytes: number, name: string): File => new File([new Uint8Array(megabytes * 1024 * 1024)], name);
const filesOnDisk = (): string[] =>
  ['incoming', 'files'].flatMap((name) => readdirSync(join(server.folder, name)).map((entry) => `${name}/${entry}`));

async function launch(
  form: FormData,
  role: 'admin' | 'member' | 'external_partner' = 'member',
): Promise<{ status: number; body: Record<string, unknown> }> {
  const response = await server.ask(server.account(role), 'POST', '/api/projects/launch', form);
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

describe('POST /api/projects/launch', () => {
  test('saves the files, makes project and run, and hands the run to the pipeline', async () => {
    const name = fresh();
    const { status, body } = await launch(
      launchForm({
        projectName: `  ${name} `,
        bannerPlan: new File(['b'], 'Banner Plan.PDF'),
        config: '{"theme":"coastal","weightVariable":"wt"}',
      }),
    );
    assert.equal(status, 200);
    assert.deepEqual(Object.keys(body), ['accepted', 'runId', 'projectId', 'sessionId']);
    const { session } = server.store.people.byEmail(server.account('member').email) ?? {};
    assert.ok(session);
    const project = server.store.projects.get(String(body['projectId']), session.orgId);
    assert.equal(project?.name, name);
    assert.equal(project.config.theme, 'coastal');
    assert.deepEqual(project.config.statTesting, { thresholds: [90], minBase: 0 });
    assert.deepEqual(project.intake, {
      dataFile: 'study.sav',
      survey: 'survey.docx',
      bannerPlan: 'Banner Plan.PDF',
      messageList: null,
      bannerMode: 'upload',
    });
    const files = server.store.projects.filesOf(project._id);
    assert.deepEqual(files.map(({ role }) => role).sort(), ['banner', 'data', 'survey']);
    assert.equal(readFileSync(files.find(({ role }) => role === 'data')?.path ?? '', 'utf8'), '$FL2');
    const run = server.store.runs.get(String(body['runId']));
    assert.deepEqual(
      [run?.status, run?.stage, run?.progress, run?.message, run?.launchedBy],
      ['in_progress', 'uploading', 0, 'Starting pipeline...', session.userId],
    );
    assert.ok(server.pipeline.launched.includes(String(body['runId'])));
    assert.deepEqual(readdirSync(join(server.folder, 'incoming')), []);
  });

  const refusals: [string, () => FormData, number, string, unknown?][] = [
    [
      'no data file',
      () => launchForm({ dataFile: null }),
      400,
      'Missing required files: dataFile and surveyDocument are required',
    ],
    [
      'no survey',
      () => launchForm({ surveyDocument: null }),
      400,
      'Missing required files: dataFile and surveyDocument are required',
    ],
    [
      'wrong kinds of file',
      () =>
        launchForm({
          dataFile: new File(['x'], 'a.csv'),
          bannerPlan: new File(['x'], 'b.txt'),
          messageList: new File(['x'], 'm.pdf'),
        }),
      400,
      'Invalid file format',
      [
        'Data file must be .sav (got .csv)',
        'Banner plan must be PDF or DOCX (got .txt)',
        'Message list must be Excel or CSV (got .pdf)',
      ],
    ],
    ['no name', () => launchForm({ projectName: null }), 400, 'Missing required fields: config and projectName'],
    ['an empty name', () => launchForm({ projectName: '  ' }), 400, 'Missing required fields: config and projectName'],
    ['no config', () => launchForm({ config: null }), 400, 'Missing required fields: config and projectName'],
    ['config that is no JSON', () => launchForm({ config: '{' }), 400, 'Invalid config'],
    [
      'an impossible config',
      () => launchForm({ config: '{"statTesting":{"thresholds":[20]}}' }),
      400,
      'Invalid config',
    ],
    [
      'an oversized survey',
      () => launchForm({ surveyDocument: big(26, 'survey.docx') }),
      413,
      'Survey document is too large (26MB). Maximum is 25MB.',
    ],
    [
      'an oversized banner plan and message list',
      () => launchForm({ bannerPlan: big(27, 'banner.pdf'), messageList: big(11, 'm.xlsx') }),
      413,
      'Banner plan is too large (27MB). Maximum is 25MB. Message list is too large (11MB). Maximum is 10MB.',
    ],
    [
      'an oversized upload',
      () => launchForm({ dataFile: big(101, 'study.sav') }),
      413,
      'Upload too large (101MB). Maximum is 100MB.',
    ],
  ];
  for (const [what, form, status, error, details] of refusals) {
    test(`refuses ${what} with ${status}, and keeps nothing`, async () => {
      const before = filesOnDisk();
      const answer = await launch(form());
      assert.equal(answer.status, status);
      assert.equal(answer.body['error'], error);
      if (details !== undefined) assert.deepEqual(answer.body['details'], details);
      assert.deepEqual(filesOnDisk(), before);
    });
  }

  test('refuses what is no form at all', async () => {
    const response = await server.ask(server.account('member'), 'POST', '/api/projects/launch', '{}', {
      'content-type': 'application/json',
    });
    assert.equal(response.status, 400);
  });

  test('of simultaneous launches with one name exactly one succeeds, the others get 409', async () => {
    const name = fresh();
    const before = filesOnDisk().length;
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) =>
        launch(launchForm({ projectName: index % 2 ? name : name.toUpperCase() })),
      ),
    );
    assert.deepEqual(answers.map(({ status }) => status).sort(), [200, 409, 409, 409, 409, 409, 409, 409]);
    for (const { status, body } of answers) {
      if (status === 409)
        assert.match(
          String(body['error']),
          /^A project named "study \d+" already exists\. Please choose a different name\.$/i,
        );
    }
    assert.equal(filesOnDisk().length, before + 1);
  });

  test('is forbidden to external partners', async () => {
    assert.deepEqual(await launch(launchForm({ projectName: fresh() }), 'external_partner'), {
      status: 403,
      body: { error: 'Forbidden' },
    });
  });

  test('an upload that breaks off leaves no file, no project and no used-up name', async () => {
    const name = fresh();
    const account = server.account('member');
    const cookie = await signIn(server, account);
    const { hostname, port } = new URL(server.url);
    const socket = connect(Number(port), hostname);
    const head = `--x\r\nContent-Disposition: form-data; name="projectName"\r\n\r\n${name}\r\n--x\r\nContent-Disposition: form-data; name="dataFile"; filename="a.sav"\r\n\r\n`;
    socket.write(
      `POST /api/projects/launch HTTP/1.1\r\nHost: ${hostname}\r\nCookie: ${cookie}\r\nContent-Type: multipart/form-data; boundary=x\r\nContent-Length: 5000000\r\n\r\n${head}${'a'.repeat(500_000)}`,
    );
    const incoming = join(server.folder, 'incoming');
    await until(
      () => readdirSync(incoming).some((folder) => existsSync(join(incoming, folder, 'dataFile.sav'))),
      'the upload has begun',
    );
    socket.destroy();
    await until(() => readdirSync(incoming).length === 0, 'its files are gone');
    assert.equal((await launch(launchForm({ projectName: name }))).status, 200);
  });
});

describe('reading a data file without keeping it', () => {
  const post = (path: string, file: File | undefined): Promise<Response> => {
    const form = new FormData();
    if (file) form.append('dataFile', file);
    else form.append('other', 'x');
    return server.ask(server.account('external_partner'), 'POST', path, form);
  };

  for (const [path, file, status, answer] of [
    ['/api/validate-data', new File(['x'], 'a.SAV'), 200, validationAnswer],
    ['/api/validate-data', undefined, 400, { error: 'Missing required field: dataFile (.sav)' }],
    ['/api/validate-data', new File(['x'], 'a.spss'), 400, { error: 'Data file must be a .sav (SPSS) file' }],
    ['/api/loop-detect', new File(['x'], 'a.sav'), 200, { hasLoops: true, loopCount: 2 }],
    ['/api/loop-detect', undefined, 400, { error: 'Missing dataFile' }],
    ['/api/loop-detect', new File(['x'], 'a.csv'), 400, { error: 'dataFile must be a .sav file' }],
  ] as const) {
    test(`POST ${path} with ${file?.name ?? 'no file'} answers ${status}`, async () => {
      const response = await post(path, file);
      assert.equal(response.status, status);
      assert.deepEqual(await response.json(), answer);
      assert.deepEqual(readdirSync(join(server.folder, 'incoming')), []);
    });
  }

  test('an oversized file is 413', async () => {
    const response = await post('/api/validate-data', big(101, 'a.sav'));
    assert.equal(response.status, 413);
  });
});

/** Waits for something another process or socket does; generous, for the machine may be busy. */
async function until(condition: () => boolean, what: string): Promise<void> {
  const deadline = Date.now() + 20_000;
  while (!condition()) {
    assert.ok(Date.now() < deadline, `waited in vain until ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
