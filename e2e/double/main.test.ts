import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { test, type TestContext } from 'node:test';
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
