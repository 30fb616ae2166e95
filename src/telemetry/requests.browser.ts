import { expect } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import { ProductDouble } from './product-double.ts';
import { watchedTest } from './watched-page.ts';

const test = watchedTest(() => new PageReader());

test('requests have their route, status, time and the id that the server was given', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  await page.evaluate("fetch('/api/before/1').then((answer) => answer.text())");
  await telemetry.step('before', () => Promise.resolve());
  telemetry.startMeasuring();
  await page.evaluate(async () => {
    const fetched = async (...args: Parameters<typeof fetch>): Promise<string> => (await fetch(...args)).text();
    // Of one address at once: each answer must find its own request.
    await Promise.all([
      fetched('/api/things/17?after=300', { method: 'put', body: 'x' }),
      fetched(new Request('/api/things/17?after=300', { headers: { 'x-kind': 'kept' } })),
    ]);
    await fetched('/api/launch?status=429&retry=7', { method: 'POST', body: new FormData() });
    await new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open('POST', '/api/upload?after=600');
      request.onloadend = done;
      request.send('y'.repeat(100_000));
    });
  });
  await telemetry.finish(page);

  const requests = await events('http');
  expect(
    requests.map(({ method, route, status, outcome, measured }) => [method, route, status, outcome, measured]),
  ).toEqual([
    ['GET', '/api/before/:id', 200, 'answered', false],
    ...[
      ['GET', '/api/things/:id', 200, 'answered', true],
      ['PUT', '/api/things/:id', 200, 'answered', true],
    ].sort((a) => (a[0] === requests[1]?.method ? -1 : 1)),
    ['POST', '/api/launch', 429, 'answered', true],
    ['POST', '/api/upload', 200, 'answered', true],
  ]);
  for (const { route, startedAt, endedAt, sentAt = NaN, firstByteAt = NaN } of requests) {
    expect(sentAt).toBeGreaterThanOrEqual(startedAt);
    expect(firstByteAt).toBeGreaterThanOrEqual(sentAt);
    expect(endedAt).toBeGreaterThanOrEqual(firstByteAt);
    if (route === '/api/things/:id') expect(endedAt - startedAt).toBeGreaterThanOrEqual(299);
  }
  expect(requests.map(({ retryAfterS }) => retryAfterS)).toEqual([undefined, undefined, undefined, 7, undefined]);
  const upload = requests.at(-1);
  // The answer came 600 ms after the last byte of the body had arrived; uploads are known in steps of 100 ms.
  expect((upload?.firstByteAt ?? 0) - (upload?.uploadedAt ?? 0)).toBeGreaterThan(400);
  expect(product.requests.map(({ traceparent }) => traceparent?.split('-')[1]).sort()).toEqual(
    requests.map(({ traceId }) => traceId).sort(),
  );
  for (const { traceparent } of product.requests) expect(traceparent).toMatch(/^00-[0-9a-f]{32}-[0-9a-f]{16}-01$/);
  expect(telemetry.problems()).toEqual([]);
});

test('other origins are not asked for anything more than the page asks them', async ({
  watched: { page, telemetry, product, events },
}) => {
  const other = await ProductDouble.start();
  try {
    await page.goto(`${product.url}/one`);
    await page.evaluate(
      (url) =>
        fetch(url).then(
          () => undefined,
          () => undefined,
        ),
      `${other.url}/api/elsewhere`,
    );
    await telemetry.finish(page);
    expect(other.requests).toEqual([{ method: 'GET', pathname: '/api/elsewhere', traceparent: undefined }]);
    expect(await events('http')).toEqual([]);
  } finally {
    await other.close();
  }
});

test('a request that failed, and one that nobody waited for, are there with what is known of them', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  await page.evaluate("fetch('/missing.js').catch(() => undefined)");
  await telemetry.step('look', () => Promise.resolve());
  await page.evaluate("void fetch('/api/slow?after=30000').catch(() => undefined)");
  await expect.poll(() => product.requests.length).toBe(1);
  // The page leaves by itself, so that its last words travel with the next document.
  await page.evaluate("location.assign('/two')");
  await page.waitForURL(/two/);
  await telemetry.finish(page);
  const requests = await events('http');
  expect(requests.map(({ route, status, outcome }) => [route, status, outcome])).toEqual([
    ['/missing.js', 0, 'failed'],
    ['/api/slow', 0, 'left'],
  ]);
  expect(telemetry.problems()).toEqual([]);
});
