/** What the figures say of sockets, against faults of known kind and size. */
import { setTimeout as sleep } from 'node:timers/promises';
import { expect, type Page } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import { FaultProxy } from './testing/fault-proxy.ts';
import { watchedTest, type Watched } from './watched-page.ts';

const test = watchedTest(() => new PageReader());

/** The dashboard behind a proxy with faults; the socket is known to be open. */
async function behindProxy({ page, product }: Watched): Promise<FaultProxy> {
  const proxy = await FaultProxy.before(product.url);
  product.commit('One', 'in_progress');
  await page.goto(`${proxy.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  return proxy;
}

const shows = (page: Page, status: string): Promise<void> =>
  page.waitForFunction(`runs[0]?.status === '${status}'`).then(() => undefined);

for (const code of [1011, 1012, 1006]) {
  test(`a connection lost with ${code} has its code, its downtime and its way back`, async ({ watched }) => {
    const { page, telemetry, product, events } = watched;
    const proxy = await behindProxy(watched);
    try {
      proxy.refuse(true);
      const lostAt = Date.now();
      proxy.close(code);
      // Two changes while nobody watches: one card's status twice, so one row to catch up on.
      product.commit('One', 'pending_review');
      product.commit('One', 'cancelled');
      await sleep(400);
      proxy.delay(250);
      proxy.refuse(false);
      const backAt = Date.now();
      await shows(page, 'cancelled');
      await telemetry.finish(page);

      const [gap, ...others] = await events('gap');
      expect(others).toEqual([]);
      expect(gap).toMatchObject({ closeCode: code, lostSocketId: 's1', rowsCaughtUp: 1 });
      const { closedAt = NaN, openedAt = NaN, resyncedAt = NaN } = gap ?? {};
      expect(closedAt).toBeGreaterThan(lostAt - 20);
      expect(openedAt).toBeGreaterThan(backAt - 20);
      expect(openedAt - closedAt).toBeGreaterThan(380);
      expect(resyncedAt - openedAt).toBeGreaterThanOrEqual(245);
      expect(resyncedAt).toBeLessThanOrEqual(Date.now());
      expect((await events('socket')).filter(({ phase }) => phase === 'reconnected')).toHaveLength(1);
      expect(telemetry.problems()).toEqual([]);
    } finally {
      await proxy.end();
    }
  });
}

test('versions lost, doubled and overtaken on the way are counted exactly, and nothing else is', async ({
  watched,
}) => {
  const { page, telemetry, product, events } = watched;
  const proxy = await behindProxy(watched);
  try {
    proxy.duplicate(2);
    product.commit('One', 'pending_review');
    product.commit('One', 'resuming');
    await shows(page, 'resuming');
    proxy.drop(3);
    for (const status of ['pending_review', 'resuming', 'pending_review']) product.commit('One', status);
    product.commit('One', 'in_progress');
    await shows(page, 'in_progress');
    proxy.reorder();
    product.commit('One', 'resuming');
    product.commit('One', 'cancelled');
    await expect.poll(() => proxy.sentAt.length).toBe(8);
    await telemetry.finish(page);
    const [closed, ...others] = (await events('socket')).filter(({ phase }) => phase === 'closed');
    expect(others).toEqual([]);
    // Three in a row are one hole in the versions; how many there were, nobody can know.
    expect(closed).toMatchObject({
      place: 'page',
      framesReceived: 8,
      versionsMissed: 1,
      versionsDuplicated: 2,
      versionsLate: 1,
    });
    expect(closed?.subscriptions).toMatchObject({
      'projects:listByOrg': { results: 5 },
      'runs:listByOrg': { results: 5 },
    });
    const bytes = Object.values(closed?.subscriptions ?? {}).reduce((sum, one) => sum + one.bytes, 0);
    expect(bytes).toBeLessThan(closed?.bytesReceived ?? 0);
    expect(bytes).toBeGreaterThan((closed?.bytesReceived ?? 0) * 0.25);
    expect(telemetry.problems()).toEqual([]);
  } finally {
    await proxy.end();
  }
});

test('a socket that stays open and says nothing shows in its silence', async ({ watched }) => {
  const { page, telemetry, product, events } = watched;
  const proxy = await behindProxy(watched);
  try {
    proxy.stall();
    product.commit('One', 'cancelled');
    await sleep(900);
    proxy.resume();
    await shows(page, 'cancelled');
    await telemetry.finish(page);
    const [closed] = (await events('socket')).filter(({ phase }) => phase === 'closed');
    const [before = NaN, after = NaN] = proxy.sentAt.slice(-2);
    expect(after - before).toBeGreaterThan(890);
    // Clocks of two processes on one machine, and a page that is busy painting.
    expect(Math.abs((closed?.silenceMaxMs ?? NaN) - (after - before))).toBeLessThan(150);
    expect(await events('gap')).toEqual([]);
  } finally {
    await proxy.end();
  }
});

test('sockets of frames and workers are counted, and known as what they are', async ({ watched }) => {
  const { page, telemetry, product, events } = watched;
  await page.goto(`${product.url}/dashboard`);
  await page.evaluate("document.body.insertAdjacentHTML('beforeend', '<iframe src=\"/dashboard\"></iframe>')");
  await page.evaluate(() => {
    const source = `new WebSocket('${location.origin.replace('http', 'ws')}/api/1.48.0/sync').onopen = ({ target }) =>
      target.send(JSON.stringify({ type: 'Connect', sessionId: 'of the worker', connectionCount: 0 }));`;
    new Worker(URL.createObjectURL(new Blob([source])));
  });
  await expect.poll(async () => (await events('socket')).filter(({ phase }) => phase === 'opened').length).toBe(3);
  await telemetry.finish(page);
  const closed = (await events('socket')).filter(({ phase }) => phase === 'closed');
  expect(closed.map(({ place }) => place).sort()).toEqual(['frame', 'page', 'worker']);
  expect(telemetry.problems()).toEqual([]);
});
