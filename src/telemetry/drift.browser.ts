import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Browser } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import type { HealthEvent } from './events.ts';
import { watchedTest } from './watched-page.ts';

const test = watchedTest(() => new PageReader());

/** Keeps the page's main thread busy for this long; evaluated, it is the harness's work, in a script of the page the page's. */
const block = (ms: number): string => `{ const until = performance.now() + ${ms}; while (performance.now() < until); }`;
/** Waits in the page until the second after next has begun: its windows are complete then. */
const twoSeconds = 'new Promise((resolve) => setTimeout(resolve, 2100))';
const sum = (
  events: readonly HealthEvent[],
  of: 'driftSamples' | 'driftOver50Ms' | 'driftOwnOver50Ms' | 'driftMaxMs',
): number => events.reduce((total, event) => total + (event[of] ?? 0), 0);

/** Stops the renderers of a browser for that long, as a machine that has something better to do. */
async function starve(browser: Browser, ms: number): Promise<void> {
  const session = await browser.newBrowserCDPSession();
  const { processInfo } = await session.send('SystemInfo.getProcessInfo');
  await session.detach();
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  expect(pids).not.toEqual([]);
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  try {
    await sleep(ms);
  } finally {
    for (const pid of pids) process.kill(pid, 'SIGCONT');
  }
}

test('a main thread that is blocked from outside shows in the drift, with its length, and only after the start', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  await page.evaluate(block(400));
  await page.evaluate(twoSeconds);
  await telemetry.flush(page);
  expect(await events('health')).toEqual([]);
  telemetry.startMeasuring();
  await page.evaluate(twoSeconds);
  await page.evaluate(block(900));
  await page.evaluate(twoSeconds);
  await telemetry.finish(page);
  const health = await events('health');
  expect(health.length).toBeGreaterThanOrEqual(3);
  const blocked = health.filter(({ driftMaxMs = 0 }) => driftMaxMs > 650);
  expect(blocked).toHaveLength(1);
  expect(blocked[0]?.driftMaxMs).toBeLessThan(5000);
  expect(blocked[0]?.driftOver50Ms).toBeGreaterThanOrEqual(1);
  for (const { source, from, to, driftSamples = 0 } of health) {
    expect([source, to - from]).toEqual(['page', 1000]);
    expect(driftSamples).toBeLessThanOrEqual(6);
  }
  expect(telemetry.problems()).toEqual([]);
});

test('a page that blocks itself has a long frame, with its script, and no drift', async ({
  watched: { page, telemetry, product, events },
}) => {
  const ownMs = 3000;
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  await page.addScriptTag({ content: `setTimeout(function ownDoing() ${block(ownMs)}, 300)` });
  await page.evaluate(`new Promise((resolve) => setTimeout(resolve, ${ownMs}))`);
  await page.evaluate(twoSeconds);
  await telemetry.finish(page);
  const health = await events('health');
  expect(sum(health, 'driftOwnOver50Ms')).toBeGreaterThanOrEqual(1);
  // A busy machine may add drift of its own: less than the page's own doing.
  expect(sum(health, 'driftMaxMs')).toBeLessThan(ownMs / 2);
  const [long] = (await events('long-frame')).sort((a, b) => b.durationMs - a.durationMs);
  expect(long?.page).toBe('one');
  expect(long?.durationMs).toBeGreaterThanOrEqual(ownMs);
  expect(long?.blockingMs).toBeGreaterThanOrEqual(ownMs - 50);
  expect(long?.ownMs).toBeGreaterThanOrEqual(ownMs);
  expect(long?.script).toMatchObject({ name: 'ownDoing', invoker: 'TimerHandler:setTimeout' });
  expect(long?.script?.durationMs).toBeGreaterThanOrEqual(ownMs);
});

test('a page that the machine lets wait has drift, and does not take the blame', async ({
  browser,
  watched: { page, telemetry, product, events },
}) => {
  const stoppedMs = 3000;
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  await page.evaluate(twoSeconds);
  await starve(browser, stoppedMs);
  await page.evaluate(twoSeconds);
  await telemetry.finish(page);
  const health = await events('health');
  expect(sum(health, 'driftOver50Ms')).toBeGreaterThanOrEqual(1);
  expect(sum(health, 'driftMaxMs')).toBeGreaterThan(stoppedMs / 2);
});

test('the drift and the long frames of a document that the page left by itself are not lost', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  await page.addScriptTag({ content: `setTimeout(function leftBehind() ${block(500)}, 100)` });
  await page.evaluate(twoSeconds);
  await page.evaluate(block(900));
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 50))');
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL(/\/left/);
  await page.evaluate(twoSeconds);
  await telemetry.finish(page);
  const health = await events('health');
  // Both documents told of themselves, and the block before the leave is among what was told.
  expect(Math.max(...health.map(({ driftMaxMs = 0 }) => driftMaxMs))).toBeGreaterThan(650);
  expect(sum(health, 'driftSamples')).toBeGreaterThan(8);
  expect(sum(health, 'driftOver50Ms')).toBeGreaterThanOrEqual(1);
  expect((await events('long-frame')).map(({ page: name, script }) => [name, script?.name])).toContainEqual([
    'one',
    'leftBehind',
  ]);
});
