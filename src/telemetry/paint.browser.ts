import { expect } from '@playwright/test';
import { PageReader } from '../product/live/index.ts';
import { painted, watchedTest } from './watched-page.ts';

const test = watchedTest(() => new PageReader());

/** Element Timing on each badge as it is put on the page, which the harness does not look at. */
const witness = `
  window.witnessed = {};
  new MutationObserver((records) => {
    for (const { addedNodes } of records) for (const node of addedNodes)
      if (node.matches?.('[data-slot=badge]')) {
        node.style.display = 'inline-block';
        node.setAttribute('elementtiming', 'badge ' + node.textContent);
      }
  }).observe(document, { subtree: true, childList: true });
  new PerformanceObserver((list) => {
    for (const { identifier, renderTime } of list.getEntries())
      if (identifier.startsWith('badge')) (witnessed[identifier] ??= []).push(performance.timeOrigin + renderTime);
  }).observe({ type: 'element' });
`;

test('a card is painted when the browser presents it, as Element Timing of the card itself has it', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.watch('Mine', true);
  product.commit('Mine', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  await page.evaluate(witness);
  for (const [status, text] of [
    ['pending_review', 'Review Required'],
    ['resuming', 'Processing'],
    ['cancelled', 'Cancelled'],
  ] as const) {
    product.commit('Mine', status);
    await page.getByText(text).waitFor();
    await painted(page);
  }
  await telemetry.finish(page);
  const witnessed = await page.evaluate<Record<string, number[]>>('witnessed');
  const cards = await events('card');
  expect(cards.map(({ status }) => status)).toEqual(['Review Required', 'Processing', 'Cancelled']);
  for (const { status, paintedAt, paintEstimated } of cards) {
    expect(paintEstimated).toBeUndefined();
    expect(Math.abs((paintedAt ?? NaN) - (witnessed[`badge ${status}`]?.[0] ?? NaN))).toBeLessThan(0.2);
  }
  expect(telemetry.problems()).toEqual([]);
});

test('a badge whose text merely changes has its paint too', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.watch('Mine', true);
  product.commit('Mine', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  await painted(page);
  await page.evaluate(
    "window.blind = true; document.querySelector('[data-slot=badge]').firstChild.nodeValue = 'Cancelled'",
  );
  await painted(page);
  await telemetry.finish(page);
  expect((await events('card')).map(({ status, paintEstimated }) => [status, paintEstimated])).toEqual([
    ['Cancelled', undefined],
  ]);
});

test('where the browser does not tell, the task after the frame stands in, and says so', async ({
  watched: { page, telemetry, product, events },
}) => {
  telemetry.watch('Mine', true);
  product.commit('Mine', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  await page.getByText('Processing').waitFor();
  await painted(page);
  // As a product that clears away what is not its own.
  await page.evaluate(
    "new MutationObserver(() => document.querySelector('[elementtiming]')?.remove()).observe(document, { subtree: true, childList: true })",
  );
  product.commit('Mine', 'cancelled');
  await page.getByText('Cancelled').waitFor();
  await painted(page);
  await telemetry.finish(page);
  const [card, ...others] = await events('card');
  expect(card).toMatchObject({ status: 'Cancelled', paintEstimated: true, end: 'painted' });
  expect(others).toEqual([]);
});

test('what telemetry paints is neither seen nor in anybody’s way, and never more than a few', async ({
  watched: { page, telemetry, product },
}) => {
  product.commit('Mine', 'in_progress');
  await page.goto(`${product.url}/dashboard`);
  for (let change = 0; change < 12; change += 1) {
    product.commit('Mine', change % 2 ? 'in_progress' : 'pending_review');
    await page.getByText(change % 2 ? 'Processing' : 'Review Required').waitFor();
    await painted(page);
  }
  expect(await page.locator('[elementtiming^=muster]').count()).toBe(1);
  expect(await page.evaluate('document.elementFromPoint(0, 0).hasAttribute("elementtiming")')).toBe(false);
  expect(await page.locator('body').ariaSnapshot()).not.toMatch(/^\s*- text: \.$/m);
  await telemetry.finish(page);
});
