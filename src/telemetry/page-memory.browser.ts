import { expect } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import { painted, press, watchedTest } from './watched-page.ts';

const test = watchedTest(() => new PageReader());
const nothing = (): Promise<void> => Promise.resolve();
/** Twenty arrays of 131,072 numbers with fractions, which take eight bytes each: 21 MB. */
const twentyOneMegabytes = 'Array.from({ length: 20 }, () => Array.from({ length: 131072 }, () => Math.random()))';
const leakedBytes = 20 * 131_072 * 8;

test('what a page keeps is told, to the megabyte and to the node', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  await telemetry.step('look', nothing);
  await page.evaluate(`window.kept = ${twentyOneMegabytes}; window.buffer = new Uint8Array(5_000_000).fill(1);
    window.detached = Array.from({ length: 1000 }, () => document.createElement('p')); undefined`);
  await telemetry.finish(page);
  const [first, last, ...more] = await events('memory');
  if (!first || !last) throw new Error('The page was not read at the first step’s end and at the finish.');
  expect(more).toEqual([]);
  expect([first.page, last.page, last.document]).toEqual(['one', 'one', first.document]);
  const grown = last.heapBytes - first.heapBytes - leakedBytes - 5_000_000;
  expect(Math.abs(grown)).toBeLessThan(1_000_000);
  expect(last.nodes - first.nodes).toBeGreaterThanOrEqual(1000);
  expect(last.nodes - first.nodes).toBeLessThan(1100);
  expect(telemetry.problems()).toEqual([]);
});

test('what a page lets go of is not counted, however lately it was there', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  await telemetry.step('look', nothing);
  await page.evaluate(`(() => { window.once = ${twentyOneMegabytes}; delete window.once; })()`);
  await page.evaluate(`for (let at = 0; at < 1000; at += 1) document.createElement('p');`);
  await telemetry.finish(page);
  const [first, last] = await events('memory');
  if (!first || !last) throw new Error('The page was not read twice.');
  expect(last.heapBytes - first.heapBytes).toBeLessThan(1_000_000);
  expect(last.nodes - first.nodes).toBeLessThan(100);
});

test('a page is read rarely, after the start only, and in the end only beside its like', async ({
  watched: { page, telemetry, product, events },
}) => {
  await page.goto(`${product.url}/one`);
  await telemetry.step('before', nothing);
  telemetry.startMeasuring();
  await page.goto(`${product.url}/one`);
  for (let step = 0; step < 5; step += 1) await telemetry.step('after', nothing);
  await press(page, 'Soft');
  await painted(page);
  await telemetry.step('elsewhere', nothing);
  await telemetry.finish(page);
  expect((await events('memory')).map(({ page: name }) => name)).toEqual(['one']);
  expect(telemetry.problems()).toEqual([]);
});
