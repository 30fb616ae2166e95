/** A launch that the product's rate limit refuses: tried again when the product says, or told of in a sentence. */
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { expect, test, type Browser, type BrowserContext } from '@playwright/test';
import { assignAccounts } from '../../src/run/accounts.ts';
import { SignInPage } from '../../src/product/pages/sign-in.ts';
import type { Account } from '../../sandbox/ports.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { openLab, startRun, type ChildRun, type Lab } from './child-run.ts';

test.describe.configure({ mode: 'default', timeout: 240_000 });

/** PRODUCT.md section 5: what an organisation has in production, and in how long. */
const budgets = {
  launches: { path: '/api/projects/launch', requests: 5, windowMs: 600_000 },
  validations: { path: '/api/validate-data', requests: 15, windowMs: 60_000 },
};

const clock = Date.now;
let lab: Lab<Account>;
let behindMs = 0;
test.beforeEach(async () => {
  // The sandbox lives in this process, and its limiter by this process's clock.
  Date.now = () => clock() - behindMs;
  lab = await openLab(await startSandbox({ pace: 0.2, limits: 'production' }));
});
test.afterEach(async () => {
  Date.now = clock;
  await lab.close();
});

/** Signs the analyst in a second time. */
async function besideTheAnalyst(browser: Browser): Promise<BrowserContext> {
  const [account] = assignAccounts(lab.accounts, 1).analysts;
  if (!account) throw new Error('The sandbox has no account for an analyst.');
  const context = await browser.newContext({ baseURL: lab.attached['BASE_URL'] ?? '' });
  await new SignInPage(await context.newPage()).signIn(account);
  return context;
}

/** Uses a budget of the analyst's organisation up, so that it comes free again after so long; refused requests count too. */
async function useUp(context: BrowserContext, budget: keyof typeof budgets, freeInMs: number): Promise<void> {
  const { path: route, requests, windowMs } = budgets[budget];
  behindMs = windowMs - freeInMs;
  for (let count = 0; count < requests; count += 1) {
    const response = await context.request.post(route, { multipart: { projectName: 'none' } });
    expect(response.status()).toBe(400);
  }
  behindMs = 0;
}

function startOne(settings: Record<string, string>): ChildRun {
  return startRun(lab.resultsDir, { ...lab.attached, ANALYSTS: '1', BUNDLES: 'banking-app', ...settings });
}

async function journalOf(run: ChildRun): Promise<string> {
  return readFile(path.join(await run.folder(), 'journal', 'analyst-01.jsonl'), 'utf8');
}

test('the analyst waits as long as the product asks, and launches again', async ({ browser }) => {
  const context = await besideTheAnalyst(browser);
  const run = startOne({ RATE_LIMIT_WAIT_S: '60' });
  await run.until('events/analyst-01.jsonl', '"name":"upload"');
  // The budget comes free again in 15 s: later than the launch, sooner than patience ends.
  await useUp(context, 'launches', 15_000);
  expect(await run.ended, run.output()).toBe(0);
  const types = [...(await journalOf(run)).matchAll(/"type":"(\w+)"/g)].map(([, type]) => type);
  expect(types).toEqual(['intended', 'refused', 'intended', 'acknowledged', 'ended']);
  expect(run.output()).toContain('wait-for-rate-limit');
  expect(lab.remaining()).toEqual([]);
});

test('a data file that the product has no time for is handed over again when the product says', async ({ browser }) => {
  const context = await besideTheAnalyst(browser);
  const run = startOne({ RATE_LIMIT_WAIT_S: '60', UNTIL: 'launched' });
  await run.until('events/analyst-01.jsonl', '"name":"open-wizard"');
  await useUp(context, 'validations', 20_000);
  expect(await run.ended, run.output()).toBe(0);
  const events = await readFile(path.join(await run.folder(), 'events', 'analyst-01.jsonl'), 'utf8');
  const steps = [...events.matchAll(/"type":"step","name":"(upload|validate|wait-for-rate-limit|configure)"/g)];
  expect(steps.map(([, name]) => name)).toEqual([
    ...['upload', 'validate', 'wait-for-rate-limit', 'upload', 'validate', 'configure'],
  ]);
  expect(await journalOf(run)).not.toContain('"status":429');
});

test('an analyst whose patience ends says so, and is counted as rate-limited', async ({ browser }) => {
  await useUp(await besideTheAnalyst(browser), 'launches', budgets.launches.windowMs);
  const run = startOne({ RATE_LIMIT_WAIT_S: '2' });
  expect(await run.ended, run.output()).toBe(1);
  expect(await journalOf(run)).toContain('"status":429');
  const summary = JSON.parse(await readFile(path.join(await run.folder(), 'summary.json'), 'utf8')) as {
    projects: { rateLimited: number; launched: number };
  };
  expect(summary.projects).toMatchObject({ rateLimited: 1, launched: 0 });
  expect(run.output().replace(/\s+/g, ' ')).toContain('for longer than RATE_LIMIT_WAIT_S allows');
});
