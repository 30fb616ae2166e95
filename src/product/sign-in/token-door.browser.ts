/** Tokens that are signed here: on the sandbox, which takes such a cookie, and on a product that wants a header. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import { expect, test } from '@playwright/test';
import { startSandbox } from '../../../sandbox/start.ts';
import { parseSettings } from '../../run/settings.ts';
import { DashboardPage } from '../pages/dashboard.ts';
import { openDoor } from './open-door.ts';
import { startOrigin } from './testing.ts';

test('a cookie: each account is itself, a token is replaced without touching the page, a wrong key is told', async ({
  browser,
}) => {
  const data = await mkdtemp(path.join(os.tmpdir(), 'muster-tokens-'));
  const sandbox = await startSandbox({ data, log: 'none' });
  const context = await browser.newContext({ baseURL: sandbox.url });
  context.setDefaultTimeout(30_000);
  try {
    const account = sandbox.accounts.find(({ role }) => role === 'member');
    const session = account && sandbox.store.people.byEmail(account.email)?.session;
    if (!account || !session) throw new Error('The sandbox has no member.');
    const settings = {
      BASE_URL: sandbox.url,
      ACCOUNTS_FILE: sandbox.accountsFile,
      AUTH_MODE: 'token',
      TOKEN_SECRET: `hex:${await readFile(path.join(data, 'secret'), 'utf8')}`,
      TOKEN_CLAIMS: '{"org":"none"}',
      TOKEN_COOKIE: 'wos-session',
    };
    const visitor = { ...account, password: '', claims: { sub: session.userId, org: session.orgId } };
    const door = openDoor(parseSettings(settings), { baseUrl: sandbox.url });
    const page = await context.newPage();
    const steps: string[] = [];
    const entered = await door.enter(page, visitor, (step, action) => (steps.push(step), action()));
    expect([entered.how, steps]).toEqual(['token', ['sign-in-token']]);
    const dashboard = new DashboardPage(page);
    await dashboard.isShown();
    await expect(page.getByRole('button', { name: initialsOf(account.name), exact: true })).toBeVisible();

    const loadedAt = await dashboard.loadedAt();
    const [before] = await context.cookies();
    await expect
      .poll(async () => (await door.renew(context, visitor)).endsAt ?? 0, { timeout: 20_000 })
      .toBeGreaterThan(entered.endsAt ?? Infinity); // Tokens count in seconds.
    const [after] = await context.cookies();
    expect(after?.value).not.toBe(before?.value);
    expect(after).toMatchObject({ name: 'wos-session', httpOnly: true, sameSite: 'Lax', secure: false });
    expect(await dashboard.loadedAt()).toBe(loadedAt);
    await door.comeBack(page, visitor);

    const wrong = openDoor(parseSettings({ ...settings, TOKEN_SECRET: 'another' }), { baseUrl: sandbox.url });
    await expect(wrong.enter(await context.newPage(), visitor)).rejects.toThrow(
      new RegExp(`The product did not take the token of ${account.email}\\. .*Check the key, TOKEN_ALGORITHM`),
    );
  } finally {
    await context.close();
    await sandbox.stop();
    await rm(data, { recursive: true, force: true, maxRetries: 3 });
  }
});

test('a header: all that goes to the product has it, and nothing that goes elsewhere, by whatever redirect', async ({
  browser,
}) => {
  const seen: [where: string, path: string, header: string | undefined][] = [];
  const elsewhere = await startOrigin((at, _, { headers }) => {
    seen.push(['elsewhere', at, headers.authorization]);
    return { to: `${product.url}/back` };
  });
  const product = await startOrigin((at, _, { headers }) => {
    seen.push(['product', at, headers.authorization]);
    if (headers.authorization === undefined) return { to: `${elsewhere.url}/sign-in` };
    if (at === '/leaves') return { to: `${elsewhere.url}/away` };
    return `<h1>Projects</h1><img src="${elsewhere.url}/picture">`;
  });
  const context = await browser.newContext({ baseURL: product.url });
  context.setDefaultTimeout(30_000);
  try {
    const settings = parseSettings({
      BASE_URL: product.url,
      ACCOUNTS_FILE: 'accounts.json',
      AUTH_MODE: 'token',
      TOKEN_SECRET: 'long enough',
      TOKEN_HEADER: 'Authorization: Bearer {token}',
    });
    const door = openDoor(settings, { baseUrl: product.url });
    const page = await context.newPage();
    const visitor = { email: 'ada@north.test', password: '' };
    await door.enter(page, visitor);
    await page.evaluate(() => fetch('/leaves').catch(() => undefined));
    await page.goto('/leaves');
    await door.comeBack(page, visitor);
    const answer = await context.request.get('/api', { headers: door.headers(context), maxRedirects: 0 });
    expect(answer.status()).toBe(200);

    const of = (place: string): string[] => seen.filter(([where]) => where === place).map(([, at]) => at);
    expect(of('product')).toEqual(expect.arrayContaining(['/dashboard', '/leaves', '/back', '/api']));
    expect(of('elsewhere')).toEqual(expect.arrayContaining(['/away', '/picture']));
    expect(of('elsewhere')).not.toContain('/sign-in');
    for (const [where, at, header] of seen)
      if (where === 'product') expect(header, at).toMatch(/^Bearer ey/);
      else expect(header, at).toBeUndefined();
  } finally {
    await context.close();
    await Promise.all([product.close(), elsewhere.close()]);
  }
});

test('a product that lets everybody in needs nothing, and one that does not is told', async ({ browser }) => {
  let open = true;
  const login = await startOrigin(() => '<label>Email<input></label>');
  const product = await startOrigin(() => (open ? '<h1>Projects</h1>' : { to: `${login.url}/sign-in` }));
  const context = await browser.newContext({ baseURL: product.url });
  context.setDefaultTimeout(30_000);
  try {
    const settings = parseSettings({ BASE_URL: product.url, AUTH_MODE: 'bypass' });
    const door = openDoor(settings, { baseUrl: product.url });
    const page = await context.newPage();
    expect(await door.enter(page, { email: 'everybody-1', password: '' })).toMatchObject({ how: 'bypass' });
    open = false;
    await expect(door.enter(page, { email: 'everybody-1', password: '' })).rejects.toThrow(
      /led to http:\/\/127\.0\.0\.1:\d+\/sign-in instead of its dashboard\. With AUTH_MODE=bypass it must let everybody in/,
    );
  } finally {
    await context.close();
    await Promise.all([product.close(), login.close()]);
  }
});

function initialsOf(name: string): string {
  const [first = '', ...others] = name.split(' ');
  return `${first[0] ?? ''}${others.at(-1)?.[0] ?? ''}`;
}
