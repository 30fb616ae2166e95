import { expect } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import { instrument } from './instrument.ts';
import { press, watchedTest } from './watched-page.ts';

const test = watchedTest(() => new PageReader());

test('steps are recorded however they end, and name themselves in the error', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  await telemetry.step('fine', async () => expect(telemetry.currentStep()).toBe('fine'));
  const failure = await telemetry
    .step('broken', async () => {
      throw new Error('no such thing');
    })
    .catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ message: 'broken: no such thing', cause: { message: 'no such thing' } });
  const late = await telemetry
    .step('slow', () => page.getByText('never there').click({ timeout: 50 }))
    .catch((error: unknown) => error as Error);
  expect(late).toMatchObject({ name: 'TimeoutError' });
  const unmet = await telemetry
    .step('unmet', () => expect(page.getByText('never there')).toBeVisible({ timeout: 50 }))
    .catch((error: unknown) => error as Error);
  expect(String(unmet)).toContain('unmet: ');
  const steps = await events('step');
  expect(steps.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['fine', 'ok'],
    ['broken', 'failed'],
    ['slow', 'timeout'],
    ['unmet', 'timeout'],
  ]);
  for (const { startedAt, endedAt } of steps) expect(endedAt).toBeGreaterThanOrEqual(startedAt);
  expect((steps[2]?.endedAt ?? 0) - (steps[2]?.startedAt ?? 0)).toBeGreaterThanOrEqual(45);
});

test('errors of page, console, request and toast are recorded with their step', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  await telemetry.step('trouble', async () => {
    await press(page, 'Throw');
    await press(page, 'Toast');
    await page.evaluate("fetch('/missing.js?token=secret').catch(() => undefined)");
  });
  await telemetry.finish(page);
  const errors = await events('error');
  const of = (source: string): string =>
    errors
      .filter((error) => error.source === source && error.step === 'trouble')
      .map(({ message }) => message)
      .join('\n');
  expect(of('page')).toContain('uncaught here');
  expect(of('console')).toContain('said so');
  expect(of('toast')).toBe('Launch failed');
  expect(of('request')).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/missing\.js: net::ERR_/);
  expect(of('request')).not.toContain('secret');
  expect(telemetry.problems()).toEqual([]);
});

test('telemetry that fails says so: malformed events, unknown frames, a page that went away', async ({
  watched: { page, telemetry, recorder, product, events },
}) => {
  await page.goto(`${product.url}/dashboard`);
  product.commit('One', 'in_progress');
  await page.getByText('Processing').waitFor();
  expect(() => recorder.record({ type: 'step', name: 'x', startedAt: NaN, endedAt: 1, outcome: 'ok' })).toThrow(
    /does not fit the schema/,
  );
  product.say('{"type":"Novelty"}');
  await expect.poll(() => telemetry.problems().join()).toContain('server frame');
  await page.close();
  await telemetry.finish(page);
  expect(telemetry.problems().join()).toContain('was closed before its telemetry was finished');
  expect((await events('error')).filter(({ source }) => source === 'telemetry')).toHaveLength(
    telemetry.problems().length,
  );
});

test('a page that lost its binding says so by the other way', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  await page.evaluate('delete window.__musterReport');
  await press(page, 'Toast');
  await telemetry.finish(page);
  expect(telemetry.problems().join()).toContain('could not report a toast: its binding is gone');
  expect((await events('error')).some(({ source }) => source === 'telemetry')).toBe(true);
});

test('a disk that was full for a while is told of when it is not any more, and one that stays full is an error', async ({
  browser,
  watched: { product },
}) => {
  for (const recovers of [true, false]) {
    let full = false;
    const told: string[] = [];
    const context = await browser.newContext();
    const telemetry = await instrument(context, {
      recorder: {
        record(event) {
          if (full) throw new Error('ENOSPC: no space left on device, write');
          if (event.type === 'error') told.push(event.message);
        },
        close: () => undefined,
      },
      pageName: () => 'one',
      routeName: (pathname) => pathname,
      origin: product.url,
      cards: { card: '.none', badge: '.none' },
      cardsPage: 'none',
      decode: () => new PageReader(),
    });
    const page = await context.newPage();
    await page.goto(`${product.url}/one`);
    full = true;
    await telemetry.step('lost', () => Promise.resolve());
    if (recovers) {
      full = false;
      await telemetry.finish(page);
      expect(told.join()).toContain('ENOSPC');
    } else await expect(telemetry.finish(page)).rejects.toThrow('ENOSPC');
    expect(telemetry.problems().join()).toContain('ENOSPC');
    await context.close();
  }
});
