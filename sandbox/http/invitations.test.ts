import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { accountTable } from '../account-table.ts';
import type { PendingInvitation } from '../contract.ts';
import type { Account } from '../ports.ts';
import { completeSettings, SettingsError } from '../settings.ts';
import { location, signIn, startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer({ invitations: 2 });
});
after(() => server.stop());

const password = 'long enough';
const json = { 'content-type': 'application/json' };

async function ask(who: Account, method: string, path: string, body?: unknown): Promise<[number, unknown]> {
  const response = await server.ask(who, method, path, body === undefined ? undefined : JSON.stringify(body), json);
  return [response.status, await response.json()];
}

async function invite(email: string, who = server.account('admin')): Promise<PendingInvitation> {
  const [status, answer] = await ask(who, 'POST', '/api/invitations', { email, role: 'member' });
  assert.equal(status, 200, JSON.stringify(answer));
  return (answer as { invitation: PendingInvitation }).invitation;
}

const open = (link: string): Promise<Response> => fetch(link, { redirect: 'manual' });
const accept = (link: string, fields: Record<string, string>): Promise<Response> =>
  fetch(link, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });
const headingOf = (html: string): string => /<h1>(.*?)<\/h1>/.exec(html)?.[1] ?? 'none';

describe('the API', () => {
  test('is for admins alone', async () => {
    for (const who of [server.account('member'), server.account('external_partner')]) {
      for (const [method, path] of [
        ['GET', '/api/invitations'],
        ['POST', '/api/invitations'],
        ['DELETE', '/api/invitations/abc'],
      ] as const)
        assert.deepEqual(await ask(who, method, path), [403, { error: 'Forbidden' }]);
    }
    assert.equal((await server.ask(undefined, 'GET', '/api/invitations')).status, 307);
  });

  test('lists what an organisation has pending, with links, until it is revoked', async () => {
    const [admin, other] = [server.account('admin'), server.account('admin', 'Harbor Insights')];
    const made = await invite('Pending@Meridian.test');
    assert.equal(made.email, 'pending@meridian.test');
    assert.equal(made.invitedBy, admin.name);
    assert.ok(made.link.startsWith(`${server.loginUrl}/invitations/`));
    const listed = async (who: Account): Promise<PendingInvitation[]> =>
      ((await ask(who, 'GET', '/api/invitations'))[1] as { invitations: PendingInvitation[] }).invitations;
    assert.deepEqual((await listed(admin))[0], made);
    assert.ok(!(await listed(other)).some(({ email }) => email === made.email));

    const path = `/api/invitations/${made.invitationId}`;
    assert.deepEqual(await ask(other, 'DELETE', path), [404, { error: 'Invitation not found' }]);
    assert.deepEqual(await ask(admin, 'DELETE', path), [200, { success: true }]);
    assert.deepEqual(await ask(admin, 'DELETE', path), [404, { error: 'Invitation not found' }]);
    assert.deepEqual(await ask(admin, 'DELETE', '/api/invitations/a-b'), [400, { error: 'Invalid invitation ID' }]);
    const gone = await open(made.link);
    assert.deepEqual([gone.status, headingOf(await gone.text())], [410, 'This invitation was withdrawn']);
  });

  test('refuses what is no address, no role, no JSON, a member and an address that is invited', async () => {
    const admin = server.account('admin');
    for (const body of [
      { email: 'nobody', role: 'member' },
      { email: 'a@b.test', role: 'owner' },
      { role: 'member' },
      5,
    ])
      assert.match(JSON.stringify(await ask(admin, 'POST', '/api/invitations', body)), /\[400,.*Invalid email or role/);
    const broken = await server.ask(admin, 'POST', '/api/invitations', '{', json);
    assert.deepEqual([broken.status, await broken.json()], [400, { error: 'Invalid JSON body' }]);
    const { email } = server.account('member');
    assert.deepEqual(await ask(admin, 'POST', '/api/invitations', { email, role: 'admin' }), [
      409,
      { error: `${email} is a member of this organization already.` },
    ]);
    await invite('twice@meridian.test');
    assert.deepEqual(await ask(admin, 'POST', '/api/invitations', { email: 'twice@meridian.test', role: 'admin' }), [
      409,
      { error: 'twice@meridian.test is invited already. Copy that link, or revoke it first.' },
    ]);
  });
});

describe('a link', () => {
  test('says who invites whom to what, makes the account, signs in, and is used up', async () => {
    const { link, email } = await invite('newcomer@meridian.test');
    const page = await open(link);
    assert.equal(page.headers.get('cache-control'), 'no-store');
    assert.equal(page.headers.get('referrer-policy'), 'no-referrer');
    const html = await page.text();
    assert.equal(headingOf(html), 'Join Meridian Research');
    for (const text of [
      '<dd>Meridian Research</dd>',
      '<dd>Member</dd>',
      `<dd>${email}</dd>`,
      'Accept invitation</button>',
    ])
      assert.ok(html.includes(text), text);

    const accepted = await accept(link, { name: ' New Comer ', password });
    assert.equal(accepted.status, 303);
    const landed = await open(location(accepted));
    assert.equal(location(landed), '/dashboard');
    const cookie = (landed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const settings = await fetch(`${server.url}/settings`, { headers: { cookie } });
    assert.match(await settings.text(), /"email":"newcomer@meridian\.test","name":"New Comer".*"role":"member"/);

    for (const [answer, status] of [
      [await open(link), 200],
      [await accept(link, { name: 'Again', password }), 409],
    ] as const) {
      const text = await answer.text();
      assert.deepEqual([answer.status, headingOf(text)], [status, 'This invitation has already been used']);
      assert.ok(text.includes(`<a class="button" href="${server.url}/dashboard">Sign in</a>`));
    }
    assert.match(await signIn(server, { ...server.account('member'), email, password }), /^wos-session=./);
  });

  test('says inline what is wrong, and keeps the name that was entered', async () => {
    const { link } = await invite('careless@meridian.test');
    const answer = await accept(link, { name: '<b>"A"</b>', password: 'short' });
    const html = await answer.text();
    assert.equal(answer.status, 400);
    assert.match(html, /The password must have at least 8 characters/);
    assert.ok(html.includes('value="&lt;b&gt;&quot;A&quot;&lt;/b&gt;"'));
    assert.ok(!html.includes('short'));
    assert.match(await (await accept(link, { password })).text(), /Enter your name/);
  });

  test('asks who has an account for its password, and leads to the new organisation', async () => {
    const known = server.account('member', 'Harbor Insights');
    const { link } = await invite(known.email);
    const html = await (await open(link)).text();
    assert.match(html, /You have an account already/);
    assert.ok(!html.includes('id="name"'));
    assert.match(await (await accept(link, { password: 'not this one' })).text(), /Incorrect password/);
    const landed = await open(location(await accept(link, { password: known.password })));
    const cookie = (landed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const page = await fetch(`${server.url}/dashboard`, { headers: { cookie } });
    assert.match(await page.text(), /"orgName":"Meridian Research"/);
  });

  test('that nobody knows is told so', async () => {
    for (const token of ['nonsense', 'A'.repeat(43), '%3Cscript%3E']) {
      const answer = await open(`${server.loginUrl}/invitations/${token}`);
      assert.deepEqual([answer.status, headingOf(await answer.text())], [404, 'This invitation is not known'], token);
    }
  });

  test('that has expired is told so', async () => {
    const brief = await startTestServer({ accounts: 2, invitationDays: 1e-9 });
    try {
      const body = JSON.stringify({ email: 'late@meridian.test', role: 'member' });
      const answer = await brief.ask(brief.account('admin'), 'POST', '/api/invitations', body, json);
      const { invitation } = (await answer.json()) as { invitation: PendingInvitation };
      const late = await open(invitation.link);
      assert.deepEqual([late.status, headingOf(await late.text())], [410, 'This invitation has expired']);
    } finally {
      await brief.stop();
    }
  });

  test('is in no line of the log, and neither is what was entered', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-invitations-'));
    try {
      const logged = await startTestServer({ data: folder, accounts: 8, invitations: 1 });
      const { invitation: link = '' } = logged.accounts.find(({ invitation }) => invitation !== undefined) ?? {};
      await open(link);
      await accept(link, { name: 'Logged', password });
      await open(link);
      await logged.stop();
      const log = readFileSync(join(folder, 'sandbox.log'), 'utf8');
      assert.equal(log.split('"route":"/invitations/:token"').length - 1, 3);
      for (const secret of [link.split('/').at(-1) ?? '', password, 'Logged']) assert.ok(!log.includes(secret), secret);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});

describe('SANDBOX_INVITATIONS', () => {
  const invited = (accounts: readonly Account[]): Account[] =>
    accounts.filter(({ invitation }) => invitation !== undefined);

  test('leaves that many accounts to invitations, and says the links', async () => {
    const entries = JSON.parse(readFileSync(server.accountsFile, 'utf8')) as Account[];
    assert.deepEqual(entries, server.accounts);
    assert.equal(invited(entries).length, 2);
    for (const { email, organization, invitation = '' } of invited(entries)) {
      assert.equal(server.store.people.byEmail(email), undefined);
      assert.ok(!accountTable(entries.slice(-6), password).includes(email), 'nobody is told to sign in with it');
      assert.equal(headingOf(await (await open(invitation)).text()), `Join ${organization}`);
    }
  });

  test('keeps the links over a restart, also that of an account which has been made', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'muster-invitations-'));
    const tokens = (accounts: readonly Account[]): (string | undefined)[] =>
      invited(accounts).map(({ invitation }) => invitation?.split('/').at(-1));
    try {
      const first = await startTestServer({ data: folder, invitations: 2, accounts: 8 });
      const [one] = invited(first.accounts);
      assert.ok(one?.invitation);
      assert.equal((await accept(one.invitation, { name: one.name, password: one.password })).status, 303);
      await first.stop();
      const second = await startTestServer({ data: folder, invitations: 2, accounts: 8 });
      assert.deepEqual(tokens(second.accounts), tokens(first.accounts));
      assert.match(await signIn(second, one), /^wos-session=./);
      await second.stop();
      const third = await startTestServer({ data: folder, accounts: 8 });
      assert.deepEqual(invited(third.accounts), []);
      await third.stop();
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('is refused when there are too few accounts, or the password is one that nobody may choose', () => {
    assert.equal(completeSettings({ accounts: 40, invitations: 30 }).invitations, 30);
    assert.throws(
      () => completeSettings({ accounts: 40, invitations: 31 }),
      (error: unknown) =>
        error instanceof SettingsError &&
        /SANDBOX_INVITATIONS=31: of 40 accounts 30 can be invited\. Raise SANDBOX_ACCOUNTS\./.test(error.message),
    );
    assert.throws(
      () => completeSettings({ invitations: 1, password: 'secret' }),
      /SANDBOX_PASSWORD=\(hidden\): who is invited must choose one of at least 8 characters\./,
    );
    assert.equal(completeSettings({ password: 'secret' }).password, 'secret');
  });
});
