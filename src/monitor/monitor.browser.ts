/** The monitor in a browser: a run that grows under it, and one that is over. */
import { appendFile, mkdir, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import os from 'node:os';
import path from 'node:path';
import AxeBuilder from '@axe-core/playwright';
import { expect, test, type Page } from '@playwright/test';
import { event, goodJournal, goodJourney, projectOf, sampleRun, T0, writeRun } from '../report/sample-run.testing.ts';
import { conclude } from '../report/conclude.ts';
import { openMonitor, type Monitor } from './server.ts';

const A = 'analyst-01';
let folder: string;
let monitor: Monitor;
let watched: boolean[];

test.beforeEach(async () => {
  watched = [];
  folder = await writeRun([], [], { ...sampleRun, analysts: 1 });
  monitor = await openMonitor({ folder, port: 0, watched: (looking) => watched.push(looking) });
});
test.afterEach(async () => {
  await monitor.close();
  await rm(folder, { recursive: true, force: true });
});

async function tell(...events: readonly object[]): Promise<void> {
  await append('events', events);
}

async function append(room: 'events' | 'journal', records: readonly object[]): Promise<void> {
  const lines = records.map((each) => `${JSON.stringify(each)}\n`).join('');
  await appendFile(path.join(folder, room, 'worker-1.jsonl'), lines);
}

/** Two analysts of whom one computes and one waits in the queue, a finding, and something that went wrong. */
async function beginRun(): Promise<void> {
  const B = 'analyst-02';
  const stage = (analyst: string, name: string, progress: number): object =>
    event(analyst, progress * 100, {
      type: 'stage',
      project: projectOf(analyst),
      productRunId: `r-${analyst}`,
      standing: 'active',
      status: 'in_progress',
      stage: name,
      progress,
    });
  await append('journal', goodJournal([A, B]).slice(0, 5));
  await tell(
    ...goodJourney(A).slice(0, 20),
    event(A, 4_900, { type: 'step-begun', name: 'watch-to-end' }),
    stage(A, 'uploading', 0),
    stage(A, 'parsing', 10),
    event(B, 1_000, { type: 'analyst', phase: 'begun', bundle: 'coffee' }),
    event(B, 1_500, { type: 'analyst', phase: 'started' }),
    stage(B, 'uploading', 0),
    event(B, 3_000, { type: 'error', source: 'toast', message: '<b>Launch</b> failed' }),
    event('probe-x', 4_000, {
      type: 'finding',
      id: 'x',
      title: 'A change was lost',
      severity: 'major',
      lost: 'a change',
      seen: [],
      steps: [],
      requests: [],
      screens: [],
      tries: 1,
      hits: 1,
      rerun: 'x',
    }),
  );
}

async function concludeRun(): Promise<void> {
  await conclude(folder, {
    status: 'passed',
    tests: { passed: 1, failed: [], notRun: [] },
    startupErrors: [],
    errors: [],
    expected: [A],
    endedAt: new Date(T0 + 90_000),
  });
}

async function audit(page: Page): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    const { violations } = await new AxeBuilder({ page }).analyze();
    expect(
      violations.map(({ id, nodes }) => `${colorScheme}: ${id} at ${nodes.map(({ target }) => target).join()}`),
    ).toEqual([]);
  }
}

test('shows what analysts do while they do it, and is told that somebody looks', async ({ page }) => {
  await page.goto(monitor.url);
  await expect(page.getByText('Nothing has been launched yet.')).toBeVisible();
  await tell(
    event(A, 0, { type: 'analyst', phase: 'begun', bundle: 'coffee' }),
    event(A, 1_000, { type: 'step-begun', name: 'upload' }),
    event(A, 2_000, {
      type: 'stage',
      project: projectOf(A),
      productRunId: 'r1',
      standing: 'active',
      status: 'in_progress',
      stage: 'uploading',
      progress: 0,
    }),
    event(A, 3_000, { type: 'error', source: 'toast', message: '<b>Launch</b> failed' }),
  );
  const lane = page.getByRole('row', { name: /analyst-01/ });
  await expect(lane).toContainText('upload');
  await expect(lane).toContainText('in the queue');
  await expect(page.locator('#trouble li')).toContainText('analyst-01: <b>Launch</b> failed');
  await page.reload();
  await expect(lane).toContainText('in the queue');
  const other = await page.context().newPage();
  await other.goto(monitor.url);
  await expect(other.getByRole('row', { name: /analyst-01/ })).toContainText('upload');
  await page.close();
  await other.close();
  // Two who look are one load.
  await expect.poll(() => watched).toEqual([true, false, true, false]);
});

test('slots, queue, figures with their samples, findings; can be read by everybody; the end comes by itself', async ({
  page,
}) => {
  await beginRun();
  await page.setViewportSize({ width: 390, height: 800 });
  await page.goto(monitor.url);
  await expect(page.getByRole('list', { name: 'Slots' })).toContainText('analyst-01 coffee');
  await expect(page.getByRole('list', { name: 'Slots' })).toContainText('parsing 10 %');
  await expect(page.getByRole('list', { name: 'In the queue' })).toContainText('analyst-02 coffee');
  await expect(page.getByText('A change was lost')).toBeVisible();
  await expect(page.locator('#figures')).toContainText('LCP p75, n 1');
  await expect(page.getByRole('img', { name: /Runs over time\. Now: 1 computing, 1 in the queue/ })).toBeVisible();
  // What was read out is not read out again with the next picture.
  const trouble = await page.locator('#trouble li').elementHandle();
  await tell(event('analyst-02', 5_000, { type: 'error', source: 'toast', message: 'again' }));
  await expect(page.locator('#trouble li')).toHaveText([/again/, /<b>Launch<\/b> failed/]);
  expect(await trouble?.evaluate((item) => item.isConnected)).toBe(true);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)).toBe(0);
  await audit(page);
  await page.setViewportSize({ width: 1440, height: 900 });
  await audit(page);

  await concludeRun();
  await monitor.close();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('FAIL · ');
  await expect(page.getByRole('alert')).toContainText('The monitor ended with the run.');
});

test('a run that was killed, and one whose folder was removed, are told of as such', async ({ page }) => {
  await beginRun();
  await mkdir(path.join(folder, 'processes'));
  // No system has so many processes.
  await writeFile(path.join(folder, 'processes', 'runner'), `99999999 1 ${os.hostname()}`);
  await page.goto(monitor.url);
  await expect(page.getByRole('alert')).toContainText('The run was ended before it had a verdict.');
  await expect(page.getByRole('row', { name: /analyst-02/ })).toContainText('in the queue');
  await rm(folder, { recursive: true });
  await expect(page.getByRole('alert')).toContainText('The folder of its results was removed.');
  await expect(page.getByRole('row', { name: /analyst-02/ })).toContainText('in the queue');
});

test('a run that is over shows its verdict and leads to its report, also whoever comes later', async ({ page }) => {
  await tell(...goodJourney(A));
  await append('journal', goodJournal([A]));
  expect((await fetch(`${monitor.url}report.html`)).status).toBe(404);
  await concludeRun();
  await page.goto(monitor.url);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/ (PASS|FAIL) · /);
  await expect(page.getByRole('row', { name: /analyst-01/ })).toContainText('✓ completed');
  await audit(page);
  await page.getByRole('link', { name: 'Open the report' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/PASS|FAIL/);
  const { headers } = await fetch(`${monitor.url}report.html`);
  expect(headers.get('content-security-policy')).toContain("default-src 'none'; style-src 'unsafe-inline'");
});

test('only a page of its own is answered, and only what it asks for', async () => {
  const { port } = new URL(monitor.url);
  const answer = (target: string, headers: Record<string, string> = {}, method = 'GET') =>
    new Promise<number | undefined>((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: target, method, headers }, (response) => {
        resolve(response.statusCode);
        response.destroy();
      })
        .on('error', reject)
        .end();
    });
  expect(await answer('/picture', { host: 'evil.example.org' })).toBe(403);
  expect(await answer('/picture', { host: `127.0.0.1.example.org:${port}` })).toBe(403);
  expect(await answer('/picture', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(403);
  expect(watched).toEqual([]);
  expect(await answer('/', { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(200);
  expect(await answer('/', {}, 'POST')).toBe(405);
  for (const foreign of ['/../server.ts', '/%2e%2e/server.ts', '/page/../../run.json', '/run.json', '//etc/passwd'])
    expect(await answer(foreign), foreign).toBe(404);
});
