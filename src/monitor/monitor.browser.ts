/** The monitor in a browser: a run that grows under it, and one that is over. */
import { appendFile, rm, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { event, goodJournal, goodJourney, projectOf, sampleRun, writeRun } from '../report/sample-run.testing.ts';
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
  await rm(folder, { recursive: true });
});

async function tell(...events: readonly object[]): Promise<void> {
  const lines = events.map((each) => `${JSON.stringify(each)}\n`).join('');
  await appendFile(path.join(folder, 'events', 'worker-1.jsonl'), lines);
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
  await expect(page.getByRole('listitem')).toContainText('analyst-01: <b>Launch</b> failed');
  await page.reload();
  await expect(lane).toContainText('in the queue');
  await page.close();
  await expect.poll(() => watched).toEqual([true, false, true, false]);
});

test('a run that is over shows its verdict, also to who comes later', async ({ page }) => {
  await tell(...goodJourney(A));
  await writeFile(
    path.join(folder, 'journal', 'worker-1.jsonl'),
    goodJournal([A])
      .map((each) => `${JSON.stringify(each)}\n`)
      .join(''),
  );
  await conclude(folder, {
    status: 'passed',
    tests: { passed: 1, failed: [], notRun: [] },
    startupErrors: [],
    errors: [],
    expected: [A],
    endedAt: new Date(),
  });
  await page.goto(monitor.url);
  await expect(page.getByRole('heading', { level: 1 })).toContainText(/^(PASS|FAIL) · /);
  await expect(page.getByRole('row', { name: /analyst-01/ })).toContainText('✓ completed');
});

test('another name for this machine is not answered, nor are other paths', async () => {
  const { port } = new URL(monitor.url);
  const status = await new Promise<number | undefined>((resolve, reject) => {
    request({ host: '127.0.0.1', port, path: '/picture', headers: { host: 'evil.example.org' } }, (response) => {
      resolve(response.statusCode);
      response.destroy();
    })
      .on('error', reject)
      .end();
  });
  expect(status).toBe(403);
  expect((await fetch(`${monitor.url}../package.json`)).status).toBe(404);
});
