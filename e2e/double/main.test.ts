import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
import { WebSocket } from 'ws';
import { optionsFrom } from './options.ts';
import { startDouble, type Double } from './start.ts';

const main = path.join(import.meta.dirname, 'main.ts');

test('the process says where it is, writes accounts for the harness, and ends when whoever started it is gone', async () => {
  // A shell in between, so that there is somebody to be killed; without `exec` it stays.
  const shell = spawn('sh', ['-c', `"${process.execPath}" --import tsx "${main}"; true`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const lines = createInterface(shell.stdout);
  const [line] = (await once(lines, 'line')) as [string];
  const [, url, accounts] = /^Double ready at (\S+) · accounts (.+)$/.exec(line) ?? [];
  assert.ok(url !== undefined && accounts !== undefined, line);
  assert.equal((await fetch(`${url}/api/health`)).status, 200);
  const people = JSON.parse(await readFile(accounts, 'utf8')) as { role: string; organization: string }[];
  const admins = people.filter(({ role }) => role === 'admin');
  assert.deepEqual(new Set(admins.map(({ organization }) => organization)).size, 2);
  shell.kill('SIGKILL');
  // Its end of the pipe closes with it.
  await once(lines, 'close');
  assert.equal(existsSync(accounts), false);
  await assert.rejects(fetch(`${url}/api/health`));
});

test('a setting that cannot be read is named', () => {
  assert.throws(() => optionsFrom({ DOUBLE_PACE: 'fast' }), /DOUBLE_PACE is "fast"/);
  assert.throws(() => optionsFrom({ DOUBLE_FLICKER: '1' }), /DOUBLE_FLICKER is "1"/);
});

/** Signs in as a browser does, by hand: through both origins, to the cookie. */
async function signIn({ url }: Double, email: string, password: string): Promise<string> {
  const follow = async (address: string, init: RequestInit = {}): Promise<{ next: string; response: Response }> => {
    const response = await fetch(address, { ...init, redirect: 'manual' });
    return { next: new URL(response.headers.get('location') ?? address, address).href, response };
  };
  const form = (fields: Record<string, string>): RequestInit => {
    const body = new FormData();
    for (const [name, value] of Object.entries(fields)) body.append(name, value);
    return { method: 'POST', body };
  };
  const authorize = await follow(`${url}/dashboard`);
  assert.notEqual(new URL(authorize.next).origin, url);
  const emailPage = await follow(authorize.next);
  const passwordPage = await follow(emailPage.next, form({ email }));
  const callback = await follow(passwordPage.next, form({ password }));
  const { response } = await follow(callback.next);
  return (response.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
}

async function open(context: TestContext, given: Parameters<typeof startDouble>[0]): Promise<Double> {
  const double = await startDouble(given);
  context.after(() => double.stop());
  return double;
}

test('signed in, one has an opaque cookie; with a wrong password, none', async (context) => {
  const double = await open(context, {});
  const [admin] = double.accounts;
  assert.ok(admin);
  const cookie = await signIn(double, admin.email, admin.password);
  assert.match(decodeURIComponent(cookie), /^wos-session=Fe26\.2\*/);
  assert.equal((await fetch(`${double.url}/dashboard`, { headers: { cookie } })).status, 200);
  assert.equal(await signIn(double, admin.email, 'wrong'), '');
});

test('the sixth launch of an organisation within the window is refused, by whomever; the other one’s are not', async (context) => {
  const double = await open(context, { limitWindow: 0.1 });
  const [admin, other, member] = double.accounts;
  assert.ok(admin && other && member && member.organization === admin.organization);
  const launch = async (cookie: string): Promise<Response> =>
    fetch(`${double.url}/api/projects/launch`, { method: 'POST', headers: { cookie }, body: new FormData() });
  double.spendLaunches(admin.email);
  const refused = await launch(await signIn(double, member.email, member.password));
  assert.equal(refused.status, 429);
  assert.ok(Number(refused.headers.get('retry-after')) > 50);
  assert.equal((await launch(await signIn(double, other.email, other.password))).status, 400);
});

interface Row {
  readonly _id: string;
  readonly status: string;
  readonly stage: string;
  readonly result?: { readonly reviewState?: { readonly pathBStatus: string } };
}

/** The runs of an organisation as a page is told of them, until one of its own is as awaited. */
async function runsUntil(page: string, awaited: (run: Row) => boolean): Promise<{ parts: number; run: Row }> {
  const session = JSON.parse(/id="session">(.*?)<\/script>/.exec(page)?.[1] ?? '{}') as {
    orgId: string;
    syncUrl: string;
  };
  const socket = new WebSocket(session.syncUrl);
  await once(socket, 'open');
  const say = (frame: object): void => socket.send(JSON.stringify(frame));
  say({ type: 'Connect', sessionId: 's', connectionCount: 0, lastCloseReason: 'InitialConnect', clientTs: Date.now() });
  const add = { type: 'Add', queryId: 0, udfPath: 'runs:listByOrg', args: [{ orgId: session.orgId }] };
  say({ type: 'ModifyQuerySet', baseVersion: 0, newVersion: 1, modifications: [add] });
  let parts = 0;
  let gathered = '';
  try {
    return await new Promise((resolve, reject) => {
      socket.on('error', reject);
      socket.on('message', (data: Buffer) => {
        const frame = JSON.parse(data.toString()) as {
          type: string;
          chunk?: string;
          partNumber?: number;
          totalParts?: number;
        };
        let whole = data.toString();
        if (frame.type === 'TransitionChunk') {
          parts += 1;
          gathered += frame.chunk ?? '';
          if ((frame.partNumber ?? 0) + 1 < (frame.totalParts ?? 0)) return;
          whole = gathered;
          gathered = '';
        }
        const { modifications = [] } = JSON.parse(whole) as { modifications?: { value: Row[] }[] };
        const run = modifications.flatMap(({ value }) => value).find(awaited);
        if (run) resolve({ parts, run });
      });
    });
  } finally {
    socket.terminate();
  }
}

test('a run waits for its review, keeps whoever answers it waiting, and cannot be deleted meanwhile', async (context) => {
  const double = await open(context, { pace: 0.01, reviewS: 1, limitWindow: 0, chunkChars: 500 });
  const [admin] = double.accounts;
  assert.ok(admin);
  const headers = { cookie: await signIn(double, admin.email, admin.password) };
  const inputs = path.join(import.meta.dirname, '../../datasets/files/coffee-loyalty/inputs/coffee-loyalty');
  const form = new FormData();
  for (const [field, name] of [
    ['dataFile', '.sav'],
    ['surveyDocument', '-questionnaire.docx'],
    ['bannerPlan', '-banner-plan.docx'],
  ] as const)
    form.append(field, new File([new Uint8Array(await readFile(`${inputs}${name}`))], `coffee${name}`));
  form.append('projectName', 'Coffee');
  form.append('config', '{}');
  const ask = (method: string, address: string, body?: FormData | string): Promise<Response> =>
    fetch(`${double.url}${address}`, { method, headers, ...(body === undefined ? {} : { body }) });
  const launched = await ask('POST', '/api/projects/launch', form);
  const { projectId, runId } = (await launched.json()) as { projectId: string; runId: string };
  const page = await (await ask('GET', '/dashboard')).text();

  const { parts, run } = await runsUntil(page, ({ status }) => status === 'pending_review');
  assert.ok(parts > 1);
  assert.equal(run._id, runId);
  assert.equal(run.result?.reviewState?.pathBStatus, 'running');
  assert.equal((await ask('DELETE', `/api/projects/${projectId}`)).status, 409);

  const decisions = JSON.stringify({
    decisions: [{ groupName: 'Demographics', columnName: 'Column A', action: 'approve' }],
  });
  let answered = false;
  const review = ask('POST', `/api/runs/${runId}/review`, decisions).then((response) => {
    answered = true;
    return response.json();
  });
  const finished = runsUntil(page, ({ status }) => status === 'success');
  await runsUntil(page, ({ status }) => status === 'resuming');
  assert.equal(answered, false);
  assert.equal((await finished).run.result?.reviewState, undefined);
  assert.deepEqual(await review.then((body) => (body as { status: string }).status), 'success');
  assert.equal((await ask('POST', `/api/runs/${runId}/review`, decisions)).status, 400);

  assert.equal((await ask('DELETE', `/api/projects/${projectId}`)).status, 200);
  assert.deepEqual(double.projects(), []);
});

test('a cancelled run is at work once more before it is over; the prefix deletes also what is at work', async (context) => {
  const double = await open(context, { pace: 0.2, limitWindow: 0 });
  const [admin] = double.accounts;
  assert.ok(admin);
  const headers = { cookie: await signIn(double, admin.email, admin.password) };
  const data = path.join(import.meta.dirname, '../../datasets/files/coffee-loyalty/inputs/coffee-loyalty.sav');
  const launch = async (name: string): Promise<string> => {
    const form = new FormData();
    form.append('dataFile', new File([new Uint8Array(await readFile(data))], 'coffee.sav'));
    form.append('surveyDocument', new File(['survey'], 'survey.pdf'));
    form.append('projectName', name);
    form.append('config', '{"bannerMode":"auto_generate"}');
    const response = await fetch(`${double.url}/api/projects/launch`, { method: 'POST', headers, body: form });
    return ((await response.json()) as { runId: string }).runId;
  };
  const page = await (await fetch(`${double.url}/dashboard`, { headers })).text();
  const runId = await launch('Mine — one');
  await runsUntil(page, ({ _id, status }) => _id === runId && status === 'in_progress');
  await fetch(`${double.url}/api/runs/${runId}/cancel`, { method: 'POST', headers });
  await runsUntil(page, ({ _id, status }) => _id === runId && status === 'in_progress');
  await runsUntil(page, ({ _id, status }) => _id === runId && status === 'cancelled');

  await launch('Mine — two');
  const other = await launch('Mine too — three');
  const cleaned = await fetch(`${double.url}/api/dev/load-test/cleanup`, {
    method: 'POST',
    headers,
    body: JSON.stringify({ namePrefix: 'Mine' }),
  });
  assert.deepEqual(await cleaned.json(), { projectsDeleted: 2, projectNames: ['Mine — one', 'Mine — two'] });
  // What still computes for the deleted one has written by then, and brought nothing back.
  await runsUntil(page, ({ _id, stage }) => _id === other && stage === 'filtering');
  assert.deepEqual(
    double.projects().map(({ name }) => name),
    ['Mine too — three'],
  );
});
