/** The fixture of the sandbox's browser tests: one sandbox a worker, and pages of people who have signed in through its page. */
import { test as base, expect, type BrowserContext, type BrowserContextOptions, type Page } from '@playwright/test';
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { Account } from './ports.ts';
import { startSandbox } from './start.ts';
import { writeTestBundle, type TestBundle } from './testing-bundle.ts';

export { expect };

type StorageState = Awaited<ReturnType<BrowserContext['storageState']>>;
type Sandbox = Awaited<ReturnType<typeof startSandbox>>;

interface TestFixtures {
  /** A page of its own, signed in as somebody of that role in the first organisation (or as that account), on the dashboard. */
  openAs: (who: Account['role'] | Account, options?: BrowserContextOptions) => Promise<Page>;
  /** A project name that no other test uses. */
  projectName: string;
}

interface WorkerFixtures {
  sandbox: Sandbox;
  bundle: TestBundle;
  signedIn: (account: Account) => Promise<StorageState>;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  sandbox: [
    // Playwright takes the first parameter apart to learn what a fixture needs; this one needs nothing.
    // eslint-disable-next-line no-empty-pattern
    async ({}, use) => {
      const sandbox = await startSandbox({ pace: 0.3, limits: 'none', parent: 'none' });
      await use(sandbox);
      await sandbox.stop();
    },
    { scope: 'worker', timeout: 60_000 },
  ],

  bundle: [
    // eslint-disable-next-line no-empty-pattern -- as above
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'muster-test-bundle-'));
      await use(await writeTestBundle(folder));
      await rm(folder, { recursive: true });
    },
    { scope: 'worker' },
  ],

  signedIn: [
    async ({ browser, sandbox }, use) => {
      const states = new Map<string, StorageState>();
      await use(async (account) => {
        const known = states.get(account.email);
        if (known) return known;
        const context = await browser.newContext();
        await signIn(await context.newPage(), sandbox.url, account);
        const state = await context.storageState();
        await context.close();
        states.set(account.email, state);
        return state;
      });
    },
    { scope: 'worker' },
  ],

  openAs: async ({ browser, sandbox, signedIn }, use) => {
    const opened: BrowserContext[] = [];
    await use(async (who, options = {}) => {
      const account = typeof who === 'string' ? accountOf(sandbox, who) : who;
      const context = await browser.newContext({
        baseURL: sandbox.url,
        storageState: await signedIn(account),
        ...options,
      });
      opened.push(context);
      const page = await context.newPage();
      await page.goto('/dashboard');
      return page;
    });
    for (const context of opened) await context.close();
  },

  // eslint-disable-next-line no-empty-pattern -- as above
  projectName: async ({}, use, testInfo) => {
    await use(`Screens ${testInfo.testId} ${testInfo.repeatEachIndex}`);
  },
});

/** The first account of a role, in the first organisation. */
export function accountOf(sandbox: Sandbox, role: Account['role']): Account {
  const organization = sandbox.accounts[0]?.organization;
  const account = sandbox.accounts.find((each) => each.role === role && each.organization === organization);
  if (!account) throw new Error(`The sandbox has no account of role ${role} in ${organization ?? 'any organisation'}.`);
  return account;
}

/** Signs in through the page, from the dashboard's address back to the dashboard. */
export async function signIn(page: Page, url: string, account: Account): Promise<void> {
  await page.goto(`${url}/dashboard`);
  await page.getByRole('textbox', { name: 'Email' }).fill(account.email);
  await page.getByRole('button', { name: 'Continue' }).click();
  await page.getByRole('textbox', { name: 'Password' }).fill(account.password);
  await page.getByRole('button', { name: 'Continue' }).click();
  await expect(page.getByRole('heading', { level: 1, name: 'Projects' })).toBeVisible();
}

/** Launches through the API, as the person whose page it is; the wizard has tests of its own. */
export async function launchProject(
  page: Page,
  bundle: TestBundle,
  name: string,
  { review = false, config = {} }: { review?: boolean; config?: object } = {},
): Promise<{ projectId: string; runId: string }> {
  const file = (path: string) => ({
    name: basename(path),
    mimeType: 'application/octet-stream',
    buffer: readFileSync(path),
  });
  const response = await page.request.post('/api/projects/launch', {
    multipart: {
      dataFile: file(bundle.data),
      surveyDocument: file(bundle.survey),
      bannerPlan: file(review ? bundle.doubtfulBanner : bundle.clearBanner),
      config: JSON.stringify(config),
      projectName: name,
    },
  });
  if (!response.ok())
    throw new Error(`The launch of "${name}" was refused with ${response.status()}: ${await response.text()}`);
  return (await response.json()) as { projectId: string; runId: string };
}
