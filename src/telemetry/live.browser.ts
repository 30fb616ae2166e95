import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import { painted, press, watchedTest } from './watched-page.ts';

const test = watchedTest(() => new PageReader());

test('a page load and a reconnect are told apart, and closes have their codes and counts', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/dashboard`);
  product.commit('One', 'in_progress');
  await page.getByText('Processing').waitFor();
  product.drop(1011);
  await expect.poll(async () => (await events('socket')).map(({ phase }) => phase)).toContain('reconnected');
  await page.reload();
  await page.getByText('Processing').waitFor();
  await telemetry.finish(page);
  const sockets = await events('socket');
  const opened = sockets.filter(({ phase }) => phase !== 'closed');
  expect(
    opened.map(({ phase, connectionCount, lastCloseReason }) => [phase, connectionCount, lastCloseReason]),
  ).toEqual([
    ['opened', 0, 'InitialConnect'],
    ['reconnected', 1, 'closed with code 1011'],
    ['opened', 0, 'InitialConnect'],
  ]);
  const closed = sockets.filter(({ phase }) => phase === 'closed');
  expect(closed.map(({ socketId, closeCode }) => [socketId, closeCode])).toEqual([
    ['s1', 1011],
    ['s2', undefined],
    ['s3', undefined],
  ]);
  for (const { framesReceived, bytesReceived } of closed) {
    expect(framesReceived).toBeGreaterThan(0);
    expect(bytesReceived).toBeGreaterThan(100);
  }
  expect(telemetry.problems()).toEqual([]);
});

test('a card’s change is committed, sent, arrived and painted, in that order', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.watch('Mine', true);
  product.commit('Mine', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  const commits: number[] = [];
  for (const [status, text] of [
    ['pending_review', 'Review Required'],
    ['resuming', 'Processing'],
  ] as const) {
    commits.push(product.commit('Mine', status));
    await page.getByText(text).waitFor();
    await telemetry.step('look', () => painted(page));
  }
  // A colleague's project appears while we look, and finishes in the same breath as ours is cancelled.
  product.commit('Theirs', 'in_progress');
  await expect(page.getByText('Processing')).toHaveCount(2);
  product.commit('Theirs', 'success');
  product.commit('Mine', 'cancelled');
  await page.getByText('Cancelled').waitFor();
  await telemetry.finish(page);

  const cards = await events('card');
  expect(cards.filter(({ appeared }) => appeared).map(({ project }) => project)).toEqual(['Theirs']);
  expect(cards.map(({ project, own, status }) => [project, own, status])).toEqual([
    ['Mine', true, 'Review Required'],
    ['Mine', true, 'Processing'],
    ['Theirs', false, 'Processing'],
    ['Theirs', false, 'Finished'],
    ['Mine', true, 'Cancelled'],
  ]);
  for (const { committedAt = NaN, sentAt = NaN, arrivedAt = NaN, paintedAt = NaN } of cards) {
    // A send time is a number of nanoseconds, and exact to a quarter of a microsecond.
    expect(sentAt).toBeGreaterThanOrEqual(committedAt - 0.001);
    // The double stamps whole milliseconds; clocks of two processes on one machine differ by little more.
    expect(arrivedAt).toBeGreaterThanOrEqual(sentAt - 5);
    expect(paintedAt).toBeGreaterThanOrEqual(arrivedAt);
  }
  expect(cards[0]?.committedAt).toBe(commits[0]);
  expect(telemetry.problems()).toEqual([]);
});

test('a card painted just before the page leaves by itself is not lost', async ({
  watched: { page, telemetry, product, events },
}) => {
  product.commit('Mine', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  product.commit('Mine', 'cancelled');
  await page.getByText('Cancelled').waitFor();
  await painted(page);
  await press(page, 'Leave');
  await page.waitForURL(/\/left/);
  await telemetry.finish(page);
  const [card, ...others] = await events('card');
  expect(card).toMatchObject({
    project: 'Mine',
    status: 'Cancelled',
    arrivedAt: expect.any(Number),
    paintedAt: expect.any(Number),
  });
  expect(others).toEqual([]);
});

test('what changed while the analyst looked elsewhere is no change of the dashboard', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.watch('Mine', true);
  product.commit('Mine', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  await press(page, 'Soft');
  product.commit('Mine', 'cancelled');
  await expect.poll(() => page.evaluate('runs[0].status')).toBe('cancelled');
  await press(page, 'Back');
  await page.getByText('Cancelled').waitFor();
  await telemetry.finish(page);
  expect(await events('card')).toEqual([]);
});

test('clocks are bounded from both sides, and one machine’s agree', async ({
  watched: { page, telemetry, product, events },
}) => {
  product.commit('One', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  for (let look = 0; look < 5; look += 1) await telemetry.step('look', () => Promise.resolve());
  await telemetry.finish(page);
  const clocks = await events('clock');
  expect(clocks.map(({ other }) => other)).toEqual(['harness', 'product']);
  for (const { offsetMinMs = NaN, offsetMaxMs = NaN } of clocks) {
    expect(offsetMaxMs).toBeGreaterThanOrEqual(offsetMinMs);
    // The double stamps whole milliseconds, and clocks of several processes are read one after the other.
    expect(offsetMinMs).toBeLessThan(5);
    expect(offsetMaxMs).toBeGreaterThan(-5);
  }
  expect(telemetry.problems()).toEqual([]);
});

test('a change that the page never shows is missed; one that a later change overtook is superseded', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.watch('Mine', true);
  product.commit('Mine', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  await painted(page);
  // Two changes before the page gets to paint: it repaints once, by hand, and shows the later one.
  await page.evaluate('window.blind = true');
  product.commit('Mine', 'pending_review');
  product.commit('Mine', 'cancelled');
  await page.waitForFunction("runs[0].status === 'cancelled'");
  await page.evaluate('window.blind = false; paint(); window.blind = true');
  await page.getByText('Cancelled').waitFor();
  await painted(page);
  // The page goes on not showing what it is told.
  product.commit('Mine', 'resuming');
  await page.waitForFunction("runs[0].status === 'resuming'");
  await sleep(1100);
  await telemetry.finish(page);
  expect((await events('card')).map(({ status, end, paintedAt }) => [status, end, paintedAt !== undefined])).toEqual([
    ['Review Required', 'superseded', false],
    ['Cancelled', 'painted', true],
    ['Processing', 'missed', false],
  ]);
});
