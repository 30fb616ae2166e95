/** What telemetry takes in the page's own time of uploads, arrivals at a page, and stages: injected delays come out as they went in. */
import { expect } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import { slowAnswerMs } from './product-double.ts';
import { painted, press, watchedTest } from './watched-page.ts';

const test = watchedTest(() => new PageReader());

/** Timers may come a little early, and two clocks of the browser may differ by as much. */
const earlyMs = 5;
const readMs = 400;

test('an upload: since when it was wanted, its bytes, and what the server says of its parts', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  telemetry.startMeasuring();
  await page.evaluate((ms) => {
    const input = document.createElement('input');
    input.type = 'file';
    input.addEventListener('change', () => {
      const form = new FormData();
      form.append('name', 'not a file');
      form.append('dataFile', input.files?.[0] ?? '');
      // The page prepares the file before it sends it.
      setTimeout(
        () =>
          void fetch('/api/validate?after=300&timing=receive;dur=120.5,validate;dur=170', {
            method: 'POST',
            body: form,
          }),
        ms,
      );
    });
    document.body.append(input);
  }, readMs);
  const validated = page.waitForResponse(/validate/);
  await page.locator('input').setInputFiles({ name: 'a.sav', mimeType: 'application/x', buffer: Buffer.alloc(70_000) });
  await (await validated).finished();
  await page.evaluate(async () => {
    await fetch('/api/silent', { method: 'POST', body: new Blob(['x'.repeat(5000)]) });
    await fetch('/api/words?timing=receive;dur=9', { method: 'POST', body: JSON.stringify({ no: 'file' }) });
    await new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open('POST', '/api/xhr');
      request.onloadend = done;
      const form = new FormData();
      form.append('file', new File(['y'.repeat(3000)], 'b.sav'));
      request.send(form);
    });
  });
  await telemetry.finish(page);

  // Two that end together are written as their ends are heard of.
  const requests = (await events('http')).sort((a, b) => a.startedAt - b.startedAt);
  expect(requests.map(({ route, fileBytes, serverMs }) => [route, fileBytes, serverMs])).toEqual([
    ['/api/validate', 70_000, { receive: 120.5, validate: 170 }],
    ['/api/silent', 5000, undefined],
    ['/api/words', undefined, undefined],
    ['/api/xhr', 3000, undefined],
  ]);
  const [first, , , last] = requests;
  expect((first?.sentAt ?? 0) - (first?.promptedAt ?? Infinity)).toBeGreaterThanOrEqual(readMs - earlyMs);
  // The choice of the file was the last thing that anybody did, and comes before each.
  for (const { promptedAt } of requests) expect(promptedAt).toBe(first?.promptedAt);
  expect(last?.uploadedAt).toBeGreaterThanOrEqual(last?.sentAt ?? Infinity);
  expect(first?.uploadedAt).toBeUndefined();
  expect(telemetry.problems()).toEqual([]);
});

test('an arrival: from the click to the paint of another heading, however late the address changes', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  await telemetry.step('late', async () => {
    await press(page, 'Late');
    await page.getByRole('heading', { name: 'Page /late' }).waitFor();
    await painted(page);
  });
  // Two changes of the address and one heading, which comes later than both.
  await press(page, 'Quick');
  await page.evaluate(async (ms) => {
    history.pushState({}, '', '/soft/between');
    history.replaceState({}, '', '/end');
    await new Promise((done) => setTimeout(done, ms));
    document.querySelector('h1')?.replaceChildren('The end');
  }, readMs);
  await painted(page);
  // One that never gets a heading of its own.
  await press(page, 'Quick');
  await page.evaluate(() => history.pushState({}, '', '/nowhere'));
  await telemetry.finish(page);

  const arrivals = await events('arrival');
  expect(arrivals.map(({ page: name, paintedAt }) => [name, paintedAt !== undefined])).toEqual([
    ['late', true],
    ['end', true],
    ['nowhere', false],
  ]);
  const [late, end] = arrivals;
  for (const [arrival, leastMs] of [
    [late, slowAnswerMs],
    [end, readMs],
  ] as const)
    expect((arrival?.paintedAt ?? 0) - (arrival?.promptedAt ?? Infinity)).toBeGreaterThanOrEqual(leastMs - earlyMs);
  // The click waits for the answer, the heading comes at once with the address.
  expect((late?.routedAt ?? 0) - (late?.promptedAt ?? Infinity)).toBeGreaterThanOrEqual(slowAnswerMs - earlyMs);
  const [step] = await events('step');
  expect(late?.promptedAt).toBeGreaterThanOrEqual((step?.startedAt ?? Infinity) - earlyMs);
  expect(late?.paintedAt).toBeLessThanOrEqual((step?.endedAt ?? 0) + earlyMs);
  expect(telemetry.problems()).toEqual([]);
});

test('the first sight of the own card is on the dashboard, not in a box elsewhere that names the project', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.watch('Mine', true);
  await page.goto(`${product.url}/dashboard`);
  await page.waitForFunction('count > 0');
  await press(page, 'Soft');
  await page.evaluate(() => {
    const box = Object.assign(document.createElement('div'), { textContent: 'Mine' });
    const summary = document.createElement('div');
    summary.dataset['slot'] = 'card';
    summary.append(box);
    document.querySelector('#inner')?.append(summary);
  });
  await painted(page);
  await page.evaluate(() => document.querySelector('[data-slot=card]')?.remove());
  product.commit('Mine', 'in_progress', 'uploading');
  await page.waitForFunction(`runs.length > 0`);
  await press(page, 'Back');
  await painted(page);
  await telemetry.finish(page);

  const routes = (await events('route')).filter(({ cards }) => cards);
  const firsts = await events('first-card');
  expect(firsts.map(({ project, routedAt }) => [project, routedAt])).toEqual([['Mine', routes.at(-1)?.changedAt]]);
  expect(telemetry.problems()).toEqual([]);
});

test('stages of the own project: committed, arrived, and painted only where a page shows them', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.watch('Mine', true);
  telemetry.watch('Theirs', false);
  await page.goto(`${product.url}/dashboard`);
  await page.waitForFunction('count > 0');
  const commits: number[] = [];
  const commit = async (stage: string, status = 'in_progress'): Promise<void> => {
    commits.push(product.commit('Mine', status, stage));
    await page.waitForFunction(`runs.some(({ stage }) => stage === '${stage}')`);
    await painted(page);
  };
  await commit('uploading');
  await commit('parsing');
  await press(page, 'Stages');
  await painted(page);
  await commit('filtering');
  await commit('validating_r');
  product.commit('Theirs', 'in_progress', 'filtering');
  await press(page, 'Back');
  await painted(page);
  // Less far than before, and another status.
  await commit('filtering', 'resuming');
  await telemetry.finish(page);

  const stages = await events('stage');
  expect(
    stages.map(({ project, status, stage, paintedAt }) => [project, status, stage, paintedAt !== undefined]),
  ).toEqual([
    ['Mine', 'in_progress', 'uploading', false],
    ['Mine', 'in_progress', 'parsing', false],
    ['Mine', 'in_progress', 'filtering', true],
    ['Mine', 'in_progress', 'validating_r', true],
    ['Mine', 'resuming', 'filtering', false],
  ]);
  expect(stages.map(({ committedAt }) => committedAt)).toEqual(commits);
  for (const { committedAt = NaN, arrivedAt = NaN, paintedAt } of stages) {
    expect(arrivedAt).toBeGreaterThanOrEqual(committedAt - earlyMs);
    if (paintedAt !== undefined) expect(paintedAt).toBeGreaterThanOrEqual(arrivedAt);
  }
  const firsts = await events('first-card');
  expect(firsts.map(({ project }) => project)).toEqual(['Mine']);
  expect(firsts[0]?.paintedAt).toBeGreaterThanOrEqual(commits[0] ?? Infinity);
  expect(firsts[0]?.paintedAt).toBeLessThan(commits[1] ?? 0);
  expect(telemetry.problems()).toEqual([]);
});
