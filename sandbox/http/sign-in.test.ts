import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { location, signIn, startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const get = (url: string, cookie?: string): Promise<Response> =>
  fetch(url, { redirect: 'manual', headers: cookie === undefined ? {} : { cookie } });

function formOf(authorize: string, fields: Record<string, string>): URLSearchParams {
  const { searchParams } = new URL(authorize);
  return new URLSearchParams({
    redirect_uri: searchParams.get('redirect_uri') ?? '',
    state: searchParams.get('state') ?? '',
    ...fields,
  });
}

describe('signed out', () => {
  for (const [method, path, status] of [
    ['GET', '/dashboard', 307],
    ['GET', '/projects/new', 307],
    ['GET', '/settings', 307],
    ['GET', '/no/such/page', 307],
    ['GET', '/api/notifications/preferences', 307],
    ['GET', '/api/no-such-route', 307],
    ['POST', '/api/projects/launch', 303],
    ['PATCH', '/api/notifications/preferences', 303],
    ['DELETE', '/api/projects/abc', 303],
  ] as const) {
    test(`${method} ${path} is sent to the sign-in's origin with ${status}`, async () => {
      const response = await server.ask(undefined, method, path);
      assert.equal(response.status, status);
      const target = new URL(location(response));
      assert.equal(target.origin, server.loginUrl);
      assert.equal(target.pathname, '/user_management/authorize');
      assert.equal(target.searchParams.get('provider'), 'authkit');
      assert.equal(target.searchParams.get('screen_hint'), 'sign-in');
      assert.ok(target.searchParams.get('state'));
    });
  }

  test('the public pages, their assets and health are there for everybody', async () => {
    for (const path of [
      '/',
      '/data-privacy',
      '/auth/error?reason=x',
      '/api/health',
      '/assets/app-1234.js',
      '/icon.svg',
    ]) {
      assert.equal((await server.ask(undefined, 'GET', path)).status, 200, path);
    }
    assert.match(await (await server.ask(undefined, 'GET', '/')).text(), /<a [^>]*href="\/dashboard">Log In<\/a>/);
  });

  test('old addresses lead to the new ones, signed in or not', async () => {
    for (const [from, to] of [
      ['/pipelines/abc', '/projects/abc'],
      ['/pipelines/abc/review', '/projects/abc/review'],
    ] as const) {
      const response = await server.ask(undefined, 'GET', from);
      assert.deepEqual([response.status, location(response)], [308, to]);
    }
  });
});

describe('signing in', () => {
  test('leads through both pages back to where one wanted to go', async () => {
    const account = server.account('member');
    const authorize = location(await get(`${server.url}/projects/new`));
    const page = await (await get(authorize)).text();
    assert.match(page, /<label for="email">Email<\/label>/);
    const { origin } = new URL(authorize);
    const second = await fetch(`${origin}/user_management/authorize/email`, {
      method: 'POST',
      body: formOf(authorize, { email: account.email.toUpperCase() }),
    });
    assert.match(await second.text(), /<label for="password">Password<\/label>/);
    const back = await fetch(`${origin}/user_management/authorize/password`, {
      method: 'POST',
      body: formOf(authorize, { email: account.email, password: account.password }),
      redirect: 'manual',
    });
    assert.equal(back.status, 303);
    const landed = await get(location(back));
    assert.deepEqual([landed.status, location(landed)], [307, '/projects/new']);
    const cookie = landed.headers.get('set-cookie') ?? '';
    assert.match(cookie, /^wos-session=[^;]+; Path=\/; Max-Age=43200; HttpOnly; SameSite=Lax$/);

    const again = await get(location(back));
    assert.equal(location(again), '/auth/error?reason=callback-failed', 'a code is good once');
    const home = await get(`${server.url}/projects/new`, cookie.split(';')[0]);
    assert.equal(home.status, 200);
    assert.match(
      await home.text(),
      new RegExp(`window\\.__SESSION__ = \\{.*"email":"${account.email}".*\\}</script></head>`),
    );
  });

  test('says inline what is wrong', async () => {
    const authorize = location(await get(`${server.url}/dashboard`));
    const { origin } = new URL(authorize);
    const post = async (step: string, fields: Record<string, string>): Promise<string> =>
      (
        await fetch(`${origin}/user_management/authorize/${step}`, { method: 'POST', body: formOf(authorize, fields) })
      ).text();
    assert.match(await post('email', { email: 'nobody@nowhere.test' }), /No account found for nobody@nowhere\.test/);
    assert.match(await post('email', { email: '<script>' }), /No account found for &lt;script&gt;/);
    assert.match(
      await post('password', { email: server.account('admin').email, password: 'wrong' }),
      /Incorrect password/,
    );
  });

  test('returns to nobody but the application', async () => {
    const { email, password } = server.account('admin');
    const body = new URLSearchParams({ redirect_uri: 'https://evil.test/auth/callback', state: '', email, password });
    const response = await fetch(`${server.loginUrl}/user_management/authorize/password`, {
      method: 'POST',
      body,
      redirect: 'manual',
    });
    assert.equal(response.status, 400);
    assert.equal((await get(`${server.loginUrl}/user_management/authorize`)).status, 400);
  });

  for (const [reason, heading] of [
    ['no-org', 'No organization found'],
    ['callback-failed', 'Sign-in failed'],
    ['removed', 'Access removed'],
    ['other', 'Authentication error'],
    ['constructor', 'Authentication error'],
  ] as const) {
    test(`/auth/error?reason=${reason} is headed ${heading}`, async () => {
      const page = await (await get(`${server.url}/auth/error?reason=${reason}`)).text();
      assert.ok(page.includes(`<h1>${heading}</h1>`), page);
      assert.ok(page.includes('Back to Home</a>') && page.includes('Sign in with a different account</button>'));
    });
  }
});

describe('the session', () => {
  test('is gone after signing out, which leads home', async () => {
    const response = await server.ask(server.account('member'), 'GET', '/auth/sign-out');
    assert.deepEqual([response.status, location(response)], [307, '/']);
    assert.match(response.headers.get('set-cookie') ?? '', /^wos-session=; Path=\/; Max-Age=0/);
  });

  test('is refused when it was tampered with or signed by another sandbox', async () => {
    const cookie = await signIn(server, server.account('member'));
    assert.equal((await get(`${server.url}/dashboard`, cookie)).status, 200);
    const [head, , tail] = cookie.split('.');
    const claims = Buffer.from(JSON.stringify({ sub: 'x', org: 'y', exp: 9_999_999_999 })).toString('base64url');
    assert.equal((await get(`${server.url}/dashboard`, `${head}.${claims}.${tail}`)).status, 307);
    const other = await startTestServer({ accounts: 2 });
    try {
      assert.equal((await get(`${server.url}/dashboard`, await signIn(other, other.account('admin')))).status, 307);
    } finally {
      await other.stop();
    }
  });

  test('of somebody whose membership is gone: pages say so, the API answers 401', async () => {
    const admin = server.account('admin', 'Harbor Insights');
    const gone = server.account('member', 'Harbor Insights');
    await server.ask(gone, 'GET', '/dashboard');
    const orgId = server.store.people.byEmail(admin.email)?.session.orgId ?? '';
    const membership = server.store.people.members(orgId).find(({ email }) => email === gone.email);
    const removed = await server.ask(admin, 'DELETE', `/api/members/${membership?._id}`);
    assert.deepEqual(await removed.json(), { success: true });
    assert.equal(location(await server.ask(gone, 'GET', '/dashboard')), '/auth/error?reason=removed');
    const answer = await server.ask(gone, 'GET', '/api/notifications/preferences');
    assert.deepEqual([answer.status, await answer.json()], [401, { error: 'Unauthorized' }]);

    const cookie = await signIn(server, gone);
    const again = await fetch(`${server.url}/dashboard`, { headers: { cookie }, redirect: 'manual' });
    assert.equal(location(again), '/auth/error?reason=removed', 'signing in anew gives no access, and says why');
  });

  test('expires, and then one is signed out', async () => {
    const brief = await startTestServer({ accounts: 2, sessionMinutes: 1 / 60 });
    try {
      const cookie = await signIn(brief, brief.account('admin'));
      const deadline = Date.now() + 20_000;
      let status = 200;
      while (status === 200 && Date.now() < deadline) ({ status } = await get(`${brief.url}/dashboard`, cookie));
      assert.equal(status, 307);
    } finally {
      await brief.stop();
    }
  });
});
