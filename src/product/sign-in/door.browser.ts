/** Every way in, on the sandbox as somebody's staging: the form, what an earlier run kept, tokens in a cookie, and the way back when a session is over. */
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, test as base, type BrowserContext, type Page } from '@playwright/test';
import { startSandbox, type RunningSandbox } from '../../../sandbox/start.ts';
import type { Account } from '../../run/accounts.ts';
import { parseSettings } from '../../run/settings.ts';
import { openAdmin } from '../admin.ts';
import { DashboardPage } from '../pages/dashboard.ts';
import type { Door } from './door.ts';
import { openDoor } from './open-door.ts';
import type { Entered } from './session.ts';
import { Stay, type SessionNews } from './stay.ts';

interface Staging {
  readonly sandbox: RunningSandbox;
  readonly account: Account;
  readonly door: Door;
  /** Where it keeps sign-ins. */
  readonly keptFolder: string;
  /** Steps that getting in was told as. */
  readonly steps: string[];
  /** A fresh page, as a run has one. */
  open(): Promise<Page>;
  /** Gets in on a page, and says how. */
  enter(page: Page): Promise<Entered>;
  /** Files of kept sign-ins. */
  kept(): Promise<string[]>;
}

const test = base.extend<{ staging: Staging; sessionMinutes: number }>({
  sessionMinutes: [60, { option: true }],
  staging: async ({ browser, sessionMinutes }, use) => {
    const data = await mkdtemp(path.join(os.tmpdir(), 'muster-staging-'));
    const sandbox = await startSandbox({ data: path.join(data, 'product'), sessionMinutes, log: 'none' });
    const [account] = sandbox.accounts.filter(({ role }) => role === 'admin');
    if (!account) throw new Error('The sandbox has no admin.');
    const keptFolder = path.join(data, 'sessions');
    const settings = parseSettings({ BASE_URL: sandbox.url, ACCOUNTS_FILE: sandbox.accountsFile });
    const door = openDoor(settings, { baseUrl: sandbox.url, keptFolder });
    const contexts: BrowserContext[] = [];
    const steps: string[] = [];
    await use({
      sandbox,
      account,
      door,
      keptFolder,
      steps,
      async open() {
        const context = await browser.newContext({ baseURL: sandbox.url });
        context.setDefaultTimeout(30_000);
        contexts.push(context);
        return context.newPage();
      },
      enter: (page) =>
        door.enter(page, account, (step, action) => {
          steps.push(step);
          return action();
        }),
      kept: async () =>
        (await readdir(keptFolder, { recursive: true }).catch(() => [])).filter((name) => name.endsWith('.json')),
    });
    await Promise.all(contexts.map((context) => context.close()));
    await sandbox.stop();
    await rm(data, { recursive: true, force: true, maxRetries: 3 });
  },
});

test('a second run comes in by what the first one kept, and a changed password does not', async ({ staging }) => {
  const first = await staging.enter(await staging.open());
  expect(first.how).toBe('form');
  expect(await staging.kept()).toHaveLength(1);
  const page = await staging.open();
  const second = await staging.enter(page);
  expect(second).toEqual({ how: 'kept', signedInAt: first.signedInAt, endsAt: first.endsAt });
  await new DashboardPage(page).isShown();
  expect(staging.steps).toEqual(['sign-in', 'sign-in-kept']);
  const wrong = staging.door.enter(await staging.open(), { ...staging.account, password: 'changed-meanwhile' });
  await expect(wrong).rejects.toThrow(/Check the account and its password/);
  await expect(wrong).rejects.not.toThrow(/changed-meanwhile/);
  expect(await staging.kept()).toEqual([]);
});

test('a kept sign-in that is older than SESSION_MINUTES allows is not tried', async ({ staging }) => {
  const { sandbox, account } = staging;
  await staging.enter(await staging.open());
  const settings = { BASE_URL: sandbox.url, ACCOUNTS_FILE: sandbox.accountsFile, SESSION_MINUTES: '0.05' };
  await sleep(3000); // As many minutes.
  const door = openDoor(parseSettings(settings), { baseUrl: sandbox.url, keptFolder: staging.keptFolder });
  expect((await door.enter(await staging.open(), account)).how).toBe('form');
});

test('a kept sign-in that the product has revoked is replaced, without counting as a step', async ({ staging }) => {
  const first = await staging.open();
  await staging.enter(first);
  const [before] = await first.context().cookies();
  await forgetSessions(staging);
  const page = await staging.open();
  expect((await staging.enter(page)).how).toBe('form');
  expect(staging.steps).toEqual(['sign-in', 'sign-in']);
  expect((await page.context().cookies())[0]?.value).not.toBe(before?.value);
  expect((await staging.enter(await staging.open())).how).toBe('kept');
});

/** The product knows nobody any more, as after a new secret: all its sessions are signed with another. */
async function forgetSessions(staging: Staging): Promise<void> {
  const { account, door } = staging;
  const page = await staging.open();
  await door.enter(page, account);
  const [cookie] = await page.context().cookies();
  if (!cookie) throw new Error('Nobody is signed in.');
  await page.context().addCookies([{ ...cookie, value: `${cookie.value.slice(0, -8)}AAAAAAAA` }]);
  await door.leave(page.context(), account, { how: 'kept', signedInAt: Date.now(), endsAt: undefined });
}

test('a session that nobody renews is told by name as soon as it is over', async ({ staging }) => {
  const page = await staging.open();
  const news: SessionNews[] = [];
  const stay = stayOf(staging, page, await staging.enter(page), news);
  const told = stay.during(async () => {
    await page.context().clearCookies();
    await page.reload();
    await page.getByText('Never shown').waitFor({ timeout: 300_000 }); // Longer than the test may take.
  });
  await expect(told).rejects.toThrow(
    new RegExp(
      `The session of ${staging.account.email} ended at [\\d:]+, when the product led to http://127\\.0\\.0\\.1:\\d+/user_management/authorize\\. It began at [\\d:]+ and was taken to last until [\\d:]+\\. If sign-ins last shorter there, set SESSION_MINUTES`,
    ),
  );
  expect(news).toMatchObject([{ what: 'ended' }]);
  await stay.end();
});

test('a session that would end soon is renewed beside the page, which is not touched', async ({ staging }) => {
  const page = await staging.open();
  const news: SessionNews[] = [];
  const entered = await staging.enter(page);
  const [before] = await page.context().cookies();
  const dashboard = new DashboardPage(page);
  const loadedAt = await dashboard.loadedAt();
  const stay = stayOf(staging, page, { ...entered, endsAt: Date.now() + 4000 }, news);
  await stay.during(() => expect.poll(() => news, { timeout: 60_000 }).toMatchObject([{ what: 'renewed' }]));
  const [after] = await page.context().cookies();
  expect(after?.value).not.toBe(before?.value);
  expect(await dashboard.loadedAt()).toBe(loadedAt);
  await stay.during(() => dashboard.load());
  await stay.end();
  expect((await staging.enter(await staging.open())).how).toBe('kept');
});

base.describe('a session of twelve seconds', () => {
  test.use({ sessionMinutes: 0.2 });

  test('does not keep an admin from cleaning up hours later', async ({ staging, browser }) => {
    const { account, sandbox } = staging;
    const admin = await openAdmin(browser, sandbox.url, account, 30_000);
    await sleep(12_500); // The session is over.
    await admin.deleteByPrefix('Muster 2026-01-01 none', Date.now() + 60_000);
    await admin.refresh();
    expect(admin.list()).toEqual([]);
    await admin.close();
  });
});

function stayOf({ door, account, sandbox }: Staging, page: Page, entered: Entered, news: SessionNews[]): Stay {
  return new Stay({ door, page, visitor: account, baseUrl: sandbox.url, entered, tell: (one) => void news.push(one) });
}
