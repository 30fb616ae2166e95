/** Before a run on an attached product: everything that is wrong is told at once, and nothing is made. */
import { execFile } from 'node:child_process';
import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { SignInPage } from '../../src/product/pages/sign-in.ts';
import { assignAccounts } from '../../src/run/accounts.ts';
import type { Account } from '../../sandbox/ports.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { openLab, startRun, type Lab } from './child-run.ts';

test.describe.configure({ mode: 'default', timeout: 240_000 });

let lab: Lab<Account>;
test.beforeEach(async () => {
  lab = await openLab(await startSandbox({ pace: 0.2, limits: 'production' }));
});
test.afterEach(async () => {
  unsubscribe(requests, degrade);
  await lab.close();
});

const requests = 'http.server.request.start';

/** The sandbox lives in this process and is never degraded: what its health route says is exchanged on its way out. */
function degrade(message: unknown): void {
  const { request, response } = message as { request: IncomingMessage; response: ServerResponse };
  if (request.url !== '/api/health') return;
  const writeHead = response.writeHead.bind(response);
  const end = response.end.bind(response);
  response.writeHead = () => writeHead(200, { 'content-type': 'application/json' });
  response.end = () => end(JSON.stringify({ status: 'degraded', checks: { database: 'unhealthy' } }));
}

/** `npm run preflight`. */
function preflight(settings: Record<string, string>): Promise<{ status: number; said: string }> {
  const environment = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith('MUSTER_')));
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', 'scripts/preflight.ts'],
      {
        cwd: path.resolve(import.meta.dirname, '../..'),
        env: {
          ...environment,
          FORCE_COLOR: '0',
          RESULTS_DIR: lab.resultsDir,
          PROBES: 'none',
          ...lab.attached,
          ...settings,
        },
      },
      (error, stdout, stderr) =>
        resolve({ status: error === null ? 0 : Number(error.code), said: `${stdout}${stderr}`.replace(/\s+/g, ' ') }),
    );
  });
}

test('a product that is ready: what the run would ask of it is said, and nothing is used up', async ({ page }) => {
  const { status, said } = await preflight({ ANALYSTS: '13', MAX_COST: '60', RATE_LIMIT_WAIT_S: '0' });
  expect(status, said).toBe(0);
  expect(said).toMatch(/sign-in at http:\/\/127\.0\.0\.1:\d+/);
  expect(said).toMatch(
    /up to 13 \(Meridian Research 7, Harbor Insights 6\) · each organisation may launch 5 in 10 min/,
  );
  expect(said).toMatch(
    /2 of 7 launches of Meridian Research will be answered with 429 .* longer than RATE_LIMIT_WAIT_S=0/,
  );
  expect(said).toMatch(/at most 52 \(13 × 4\) · MAX_COST is 60/);
  expect(said).toMatch(/this machine is within .* of the product · within .* of its live server/);
  expect(said).toContain(`Ready: 13 analysts on ${lab.attached['BASE_URL'] ?? ''}.`);
  expect(await readdir(lab.resultsDir)).toEqual(['accounts.json']);
  expect(lab.remaining()).toEqual([]);
  // All five launches are still there for whoever was tried.
  const [first] = assignAccounts(lab.accounts, 1).analysts;
  if (!first) throw new Error('The sandbox has no account for an analyst.');
  const context = await page
    .context()
    .browser()
    ?.newContext({ baseURL: lab.attached['BASE_URL'] ?? '' });
  if (!context) throw new Error('There is no browser.');
  await new SignInPage(await context.newPage()).signIn(first);
  const statuses: number[] = [];
  for (let count = 0; count < 6; count += 1)
    statuses.push(
      (await context.request.post('/api/projects/launch', { multipart: { projectName: 'none' } })).status(),
    );
  expect(statuses).toEqual([400, 400, 400, 400, 400, 429]);
  await context.close();
});

test('a run with everything wrong: all of it is told at once, and nothing is made', async () => {
  const { analysts } = assignAccounts(lab.accounts, 2);
  const [wrong, replaced] = analysts;
  const partner = lab.accounts.find(
    ({ role, organization }) => role === 'external_partner' && organization === replaced?.organization,
  );
  if (!wrong || !replaced || !partner) throw new Error('The sandbox lacks an account that this test needs.');
  await lab.giveAccounts(
    lab.accounts.flatMap((account) => {
      if (account === wrong) return { ...account, password: 'wrong-on-purpose' };
      if (account === replaced) return { ...partner, role: 'member' };
      return account === partner ? [] : account;
    }),
  );
  subscribe(requests, degrade);
  const run = startRun(lab.resultsDir, {
    ...lab.attached,
    ANALYSTS: '4',
    MAX_ANALYSTS: '3',
    MAX_LAUNCHES_PER_HOUR: '2',
    MAX_COST: '5.5',
    JOURNEY: 'stroll',
    BUNDLES: 'no-such-data',
    SLO_FILE: 'no-such-file.json',
  });
  expect(await run.ended, run.output()).toBe(2);
  const said = run.output().replace(/\s+/g, ' ');
  for (const problem of [
    /JOURNEY is "stroll": it must be one of whole, browse/,
    /SLO_FILE=no-such-file\.json cannot be read/,
    /no bundle "no-such-data"/,
    /4 analysts would take part, and MAX_ANALYSTS is 3/,
    /4 together, and MAX_LAUNCHES_PER_HOUR is 2/,
    /may cost 16 .*MAX_COST is 5\.5/,
    /says that it is degraded .*"database":"unhealthy"/,
    new RegExp(`Signing in as ${wrong.email} failed: .*Incorrect password`),
    new RegExp(`${partner.email} may not create projects in ${partner.organization} .*403`),
  ])
    expect(said).toMatch(problem);
  expect(said).not.toContain('wrong-on-purpose');
  // What the runner itself writes apart, there is no run.
  for (const made of ['run.json', 'events', 'journal']) expect(await readdir(await run.folder())).not.toContain(made);
  expect(lab.remaining()).toEqual([]);
});
