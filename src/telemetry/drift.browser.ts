import { expect } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import type { HealthEvent } from './events.ts';
import { watchedTest } from './watched-page.ts';

const test = watchedTest(() => new PageReader());

/** Keeps the page's main thread busy for this long. */
const block = (ms: number): string => `{ const until = performance.now() + ${ms}; while (performance.now() < until); }`;
/** Waits in the page until the second after next has begun: its windows are complete then. */
const twoSeconds = 'new Promise((resolve) => setTimeout(resolve, 2100))';
const sum = (events: readonly HealthEvent[], of: 'driftSamples' | 'driftOver50Ms'): number =>
  events.reduce((total, event) => total + (event[of] ?? 0), 0);

test('a blocked main thread shows in the drift, with its length, and only after the start', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  await page.evaluate(block(400));
  await page.evaluate(twoSeconds);
  await telemetry.flush(page);
  expect(await events('health')).toEqual([]);
  telemetry.startMeasuring();
  await page.evaluate(twoSeconds);
  await page.evaluate(block(700));
  await page.evaluate(twoSeconds);
  await telemetry.finish(page);
  const health = await events('health');
  expect(health.length).toBeGreaterThanOrEqual(3);
  const blocked = health.filter(({ driftMaxMs = 0 }) => driftMaxMs > 550);
  expect(blocked).toHaveLength(1);
  expect(blocked[0]?.driftMaxMs).toBeLessThan(5000);
  expect(blocked[0]?.driftOver50Ms).toBeGreaterThanOrEqual(1);
  for (const { source, from, to, driftSamples = 0 } of health) {
    expect([source, to - from]).toEqual(['page', 1000]);
    expect(driftSamples).toBeLessThanOrEqual(11);
  }
  expect(telemetry.problems()).toEqual([]);
});

test('the drift of a document that the page left by itself is not lost', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  await page.evaluate(twoSeconds);
  await page.evaluate(block(600));
  await page.evaluate('new Promise((resolve) => setTimeout(resolve, 50))');
  await page.getByRole('button', { name: 'Leave' }).click();
  await page.waitForURL(/\/left/);
  await page.evaluate(twoSeconds);
  await telemetry.finish(page);
  const health = await events('health');
  // Both documents told of themselves, and the block before the leave is among what was told.
  expect(Math.max(...health.map(({ driftMaxMs = 0 }) => driftMaxMs))).toBeGreaterThan(450);
  expect(sum(health, 'driftSamples')).toBeGreaterThan(15);
  expect(sum(health, 'driftOver50Ms')).toBeGreaterThanOrEqual(1);
});
