import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import { ProductDouble, slowAnswerMs } from './product-double.ts';
import { painted, press, watchedTest } from './watched-page.ts';

const test = watchedTest(() => new PageReader());

test('every hard page gives its LCP and INP, whoever starts the navigation that ends it', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  await press(page, 'Press');
  await painted(page);
  await telemetry.flush(page);
  telemetry.startMeasuring();
  await page.goto(`${product.url}/two`);
  await press(page, 'Press');
  await painted(page);
  // The page leaves by itself, twice, and nobody flushes.
  await press(page, 'Leave');
  await page.waitForURL(/\/left/);
  await press(page, 'Press');
  await painted(page);
  await press(page, 'Leave');
  await page.waitForURL(/\/left/);
  await page.waitForLoadState();
  await press(page, 'Press');
  await telemetry.finish(page);

  const hard = (await events('navigation')).filter(({ kind }) => kind === 'hard');
  expect(hard.map(({ page: name, measured }) => [name, measured])).toEqual([
    ['one', false],
    ['two', true],
    ['left', true],
    ['left', true],
  ]);
  const vitals = await events('vital');
  for (const name of ['LCP', 'INP', 'FCP', 'TTFB', 'CLS'] as const) {
    const got = new Set(
      vitals.filter((vital) => vital.name === name && vital.kind === 'hard').map(({ navigationId }) => navigationId),
    );
    expect([...got].sort(), `${name}: ${got.size} of ${hard.length}`).toEqual(
      hard.map(({ navigationId }) => navigationId).sort(),
    );
  }
  const inp = vitals.filter(({ name }) => name === 'INP');
  for (const { value, attribution } of inp) {
    expect(value).toBeGreaterThanOrEqual(40);
    expect(attribution?.['interactionTarget']).toContain('#');
  }
  expect(vitals.filter(({ measured }) => !measured).every(({ page: name }) => name === 'one')).toBe(true);
  expect(telemetry.problems()).toEqual([]);
});

test('every soft navigation gives its LCP, and INP where somebody interacts', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  for (let round = 0; round < 3; round += 1) {
    await press(page, 'Soft');
    await painted(page);
    // A press too quick to be an entry of its own: the last route's INP comes out by the flush alone.
    await press(page, round < 2 ? (['Press', 'Pressed'][round] ?? '') : 'Quick');
    await painted(page);
  }
  await telemetry.finish(page);
  expect(
    await page.evaluate('performance.now() - pressedAt'),
    'the last interaction had time to be reported',
  ).toBeGreaterThanOrEqual(1500);
  const soft = (await events('navigation')).filter(({ kind }) => kind === 'soft');
  expect(soft.map(({ page: name }) => name)).toEqual(['soft', 'soft', 'soft']);
  const vitals = (await events('vital')).filter(({ kind }) => kind === 'soft');
  for (const name of ['LCP', 'INP'] as const) {
    const got = new Set(vitals.filter((vital) => vital.name === name).map(({ navigationId }) => navigationId));
    expect([...got].sort(), `${name}: ${got.size} of ${soft.length}`).toEqual(
      soft.map(({ navigationId }) => navigationId).sort(),
    );
  }
  expect(telemetry.problems()).toEqual([]);
});

test('the LCP of a soft navigation counts from the change of the address, and what came before it is kept apart', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  await press(page, 'Late');
  await page.waitForURL('**/late');
  await painted(page);
  await telemetry.finish(page);
  const lcp = (await events('vital')).filter(({ name, kind }) => name === 'LCP' && kind === 'soft').at(-1);
  const waited = Number(lcp?.attribution?.['interactionToRoute']);
  expect(waited).toBeGreaterThanOrEqual(slowAnswerMs);
  expect(lcp?.value).toBeGreaterThan(0);
  // web-vitals' own value, from the interaction, is the sum of the two.
  expect(Number(lcp?.attribution?.['elementRenderDelay'])).toBeCloseTo(waited + (lcp?.value ?? 0), 0);
});

test('a flush is a secret between telemetry and web-vitals: the product does not see itself hidden', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  await page.evaluate(
    "window.heard = 0; for (const target of [window, document]) for (const capture of [true, false]) target.addEventListener('visibilitychange', () => { heard += 1; }, capture)",
  );
  await press(page, 'Press');
  await painted(page);
  await telemetry.flush(page);
  expect(await page.evaluate('[window.heard, document.visibilityState]')).toEqual([0, 'visible']);
  const flushed = new Set((await events('vital')).map(({ name }) => name));
  expect(flushed).toEqual(new Set(['LCP', 'INP', 'CLS', 'FCP', 'TTFB']));
  // The page goes on after a flush, and its later values replace the flushed ones.
  await page.evaluate("document.querySelector('#press').onclick = () => busy(200)");
  await press(page, 'Pressed');
  await telemetry.finish(page);
  const inp = (await events('vital')).filter(({ name }) => name === 'INP').map(({ value }) => value);
  expect(inp.at(-1)).toBeGreaterThanOrEqual(200);
});

test('the page’s script is the same under either loader: what tsx makes of it runs in a page', async ({ browser }) => {
  const product = await ProductDouble.start();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      '--import',
      'tsx',
      '--input-type=module',
      '-e',
      `
      import { pageScript } from ${JSON.stringify(new URL('./in-page/script.ts', import.meta.url).href)};
      process.stdout.write(pageScript({ cards: { card: '#inner > *', badge: '[data-slot=badge]' }, failureToast: '[data-sonner-toast]', origin: ${JSON.stringify(product.url)} }));`,
    ],
    { maxBuffer: 10_000_000 },
  );
  const context = await browser.newContext();
  const reports: string[] = [];
  const errors: string[] = [];
  await context.exposeBinding('__musterReport', (_, report: string) => void reports.push(report));
  await context.addInitScript({ content: stdout });
  const page = await context.newPage();
  page.on('pageerror', (error) => errors.push(error.message));
  product.commit('One', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  await press(page, 'Toast');
  await press(page, 'Press');
  await page.evaluate("fetch('/api/anything').then((answer) => answer.text())");
  const stamps = await page.evaluate<{ type: string }[]>('window.__muster.flush(true)');
  expect([...new Set(stamps.map(({ type }) => type))]).toEqual(expect.arrayContaining(['frame', 'card', 'request']));
  expect(new Set(reports.map((report) => (JSON.parse(report) as { type: string }).type))).toEqual(
    new Set(['navigation', 'socket', 'toast', 'vital']),
  );
  expect(errors).toEqual([]);
  await context.close();
  await product.close();
});
