import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { expect, test as base, type Page } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import { eventSchema, type EventBody, type MusterEvent } from './events.ts';
import { instrument, type Telemetry } from './instrument.ts';
import { ProductDouble } from './product-double.ts';
import { openRecorder, type Recorder } from './recorder.ts';

interface Watched {
  readonly page: Page;
  readonly telemetry: Telemetry;
  readonly recorder: Recorder;
  readonly product: ProductDouble;
  readonly events: <T extends EventBody['type']>(type: T) => Promise<Extract<MusterEvent, { type: T }>[]>;
}

const test = base.extend<{ watched: Watched }>({
  watched: async ({ browser }, use) => {
    const product = await ProductDouble.start();
    const folder = await mkdtemp(path.join(tmpdir(), 'muster-telemetry-'));
    const file = path.join(folder, 'events.jsonl');
    const recorder = openRecorder({ file, runId: 'r1', analyst: 'analyst-01', attempt: 1 });
    const context = await browser.newContext();
    const telemetry = await instrument(context, {
      recorder,
      pageName: (url) => new URL(url).pathname.split('/')[1] ?? '',
      cards: { card: 'main main [data-slot=card]', title: '[data-slot=card-title]', badge: '[data-slot=badge]' },
      decode: () => new PageReader(),
    });
    const page = await context.newPage();
    await use({
      page,
      telemetry,
      recorder,
      product,
      async events(type) {
        const all = (await readFile(file, 'utf8')).trim().split('\n').filter(Boolean).map((line) => eventSchema.parse(JSON.parse(line)));
        return all.filter((event): event is Extract<MusterEvent, { type: typeof type }> => event.type === type);
      },
    });
    await context.close();
    recorder.close();
    await product.close();
    await rm(folder, { recursive: true });
  },
});

const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

/** Waits in the page for frames, as a person's pause would, so that what was clicked has been painted. */
const painted = (page: Page): Promise<unknown> => page.evaluate('new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150))))');

test('every hard page gives its LCP and INP, whoever starts the navigation that ends it', async ({ watched: { page, telemetry, product, events } }) => {
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
  expect(hard.map(({ page: name, measured }) => [name, measured])).toEqual([['one', false], ['two', true], ['left', true], ['left', true]]);
  const vitals = await events('vital');
  for (const name of ['LCP', 'INP', 'FCP', 'TTFB', 'CLS'] as const) {
    const got = new Set(vitals.filter((vital) => vital.name === name && vital.kind === 'hard').map(({ navigationId }) => navigationId));
    expect([...got].sort(), `${name}: ${got.size} of ${hard.length}`).toEqual(hard.map(({ navigationId }) => navigationId).sort());
  }
  const inp = vitals.filter(({ name }) => name === 'INP');
  for (const { value, attribution } of inp) {
    expect(value).toBeGreaterThanOrEqual(40);
    expect(attribution?.['interactionTarget']).toContain('#');
  }
  expect(vitals.filter(({ measured }) => !measured).every(({ page: name }) => name === 'one')).toBe(true);
  expect(telemetry.problems()).toEqual([]);
});

test('every soft navigation gives its LCP, and INP where somebody interacts', async ({ watched: { page, telemetry, product, events } }) => {
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  for (let round = 0; round < 3; round += 1) {
    await press(page, 'Soft');
    await painted(page);
    await press(page, round === 0 ? 'Press' : 'Pressed');
    await painted(page);
  }
  await telemetry.finish(page);
  const soft = (await events('navigation')).filter(({ kind }) => kind === 'soft');
  expect(soft.map(({ page: name }) => name)).toEqual(['soft', 'soft', 'soft']);
  const vitals = (await events('vital')).filter(({ kind }) => kind === 'soft');
  for (const name of ['LCP', 'INP'] as const) {
    const got = new Set(vitals.filter((vital) => vital.name === name).map(({ navigationId }) => navigationId));
    expect([...got].sort(), `${name}: ${got.size} of ${soft.length}`).toEqual(soft.map(({ navigationId }) => navigationId).sort());
  }
  expect(telemetry.problems()).toEqual([]);
});

test('a page load and a reconnect are told apart, and closes have their codes and counts', async ({ watched: { page, telemetry, product, events } }) => {
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
  expect(opened.map(({ phase, connectionCount, lastCloseReason }) => [phase, connectionCount, lastCloseReason])).toEqual([
    ['opened', 0, 'InitialConnect'],
    ['reconnected', 1, 'closed with code 1011'],
    ['opened', 0, 'InitialConnect'],
  ]);
  const closed = sockets.filter(({ phase }) => phase === 'closed');
  expect(closed.map(({ socketId, closeCode }) => [socketId, closeCode])).toEqual([['s1', 1011], ['s2', undefined], ['s3', undefined]]);
  for (const { framesReceived, bytesReceived } of closed) {
    expect(framesReceived).toBeGreaterThan(0);
    expect(bytesReceived).toBeGreaterThan(100);
  }
  expect(telemetry.problems()).toEqual([]);
});

test('a card’s change is committed, sent, arrived and painted, in that order', async ({ watched: { page, telemetry, product, events } }) => {
  telemetry.watch('Mine', true);
  product.commit('Mine', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  const commits: number[] = [];
  for (const [status, text] of [['pending_review', 'Review Required'], ['resuming', 'Processing']] as const) {
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

test('what changed while the analyst looked elsewhere is no change of the dashboard', async ({ watched: { page, telemetry, product, events } }) => {
  telemetry.watch('Mine', true);
  product.commit('Mine', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  await press(page, 'Soft');
  // Hidden cards are still there; a real product takes them off the page, and mounts them anew.
  await page.evaluate("document.querySelector('#inner').remove()");
  product.commit('Mine', 'cancelled');
  await press(page, 'Back').catch(() => undefined);
  await page.evaluate("document.querySelector('main main').insertAdjacentHTML('beforeend', '<div id=\"inner\"></div>'); paint()");
  await page.getByText('Cancelled').waitFor();
  await telemetry.finish(page);
  expect(await events('card')).toEqual([]);
});

test('steps are recorded however they end, and name themselves in the error', async ({ watched: { page, telemetry, product, events } }) => {
  await page.goto(`${product.url}/one`);
  await telemetry.step('fine', async () => expect(telemetry.currentStep()).toBe('fine'));
  const failure = await telemetry.step('broken', async () => { throw new Error('no such thing'); }).catch((error: unknown) => error as Error);
  expect(failure).toMatchObject({ message: 'broken: no such thing', cause: { message: 'no such thing' } });
  const late = await telemetry.step('slow', () => page.getByText('never there').click({ timeout: 50 })).catch((error: unknown) => error as Error);
  expect(late).toMatchObject({ name: 'TimeoutError' });
  const unmet = await telemetry.step('unmet', () => expect(page.getByText('never there')).toBeVisible({ timeout: 50 })).catch((error: unknown) => error as Error);
  expect(String(unmet)).toContain('unmet: ');
  const steps = await events('step');
  expect(steps.map(({ name, outcome }) => [name, outcome])).toEqual([['fine', 'ok'], ['broken', 'failed'], ['slow', 'timeout'], ['unmet', 'timeout']]);
  for (const { startedAt, endedAt } of steps) expect(endedAt).toBeGreaterThanOrEqual(startedAt);
  expect((steps[2]?.endedAt ?? 0) - (steps[2]?.startedAt ?? 0)).toBeGreaterThanOrEqual(45);
});

test('errors of page, console, request and toast are recorded with their step', async ({ watched: { page, telemetry, product, events } }) => {
  await page.goto(`${product.url}/one`);
  await telemetry.step('trouble', async () => {
    await press(page, 'Throw');
    await press(page, 'Toast');
    await page.evaluate("fetch('/missing.js?token=secret').catch(() => undefined)");
  });
  await telemetry.finish(page);
  const errors = await events('error');
  const of = (source: string): string => errors.filter((error) => error.source === source && error.step === 'trouble').map(({ message }) => message).join('\n');
  expect(of('page')).toContain('uncaught here');
  expect(of('console')).toContain('said so');
  expect(of('toast')).toBe('Launch failed');
  expect(of('request')).toMatch(/^GET http:\/\/127\.0\.0\.1:\d+\/missing\.js: net::ERR_/);
  expect(of('request')).not.toContain('secret');
  expect(telemetry.problems()).toEqual([]);
});

test('telemetry that fails says so: malformed events, unknown frames, a page that went away', async ({ watched: { page, telemetry, recorder, product, events } }) => {
  await page.goto(`${product.url}/dashboard`);
  product.commit('One', 'in_progress');
  await page.getByText('Processing').waitFor();
  expect(() => recorder.record({ type: 'step', name: 'x', startedAt: NaN, endedAt: 1, outcome: 'ok' })).toThrow(/does not fit the schema/);
  product.say('{"type":"Novelty"}');
  await expect.poll(() => telemetry.problems().join()).toContain('server frame');
  await page.close();
  await telemetry.finish(page);
  expect(telemetry.problems().join()).toContain('was closed before its telemetry was finished');
  expect((await events('error')).filter(({ source }) => source === 'telemetry')).toHaveLength(telemetry.problems().length);
});

test('the page’s script is the same under either loader: what tsx makes of it runs in a page', async ({ browser }) => {
  const product = await ProductDouble.start();
  const { stdout } = await promisify(execFile)(
    process.execPath,
    ['--import', 'tsx', '--input-type=module', '-e', `
      import { pageScript } from ${JSON.stringify(new URL('./in-page/script.ts', import.meta.url).href)};
      process.stdout.write(pageScript({ cards: { card: '#inner > *', title: '[data-slot=card-title]', badge: '[data-slot=badge]' }, failureToast: '[data-sonner-toast]' }));`],
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
  const stamps = await page.evaluate<{ type: string }[]>('window.__muster.flush(true)');
  expect(new Set(stamps.map(({ type }) => type))).toEqual(new Set(['frame', 'card']));
  expect(new Set(reports.map((report) => (JSON.parse(report) as { type: string }).type))).toEqual(new Set(['navigation', 'socket', 'toast', 'vital']));
  expect(errors).toEqual([]);
  await context.close();
  await product.close();
});
