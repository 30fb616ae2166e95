/** One round of the accuracy bench: so many watched analysts on the bench's page at once, each beside the page's own witness. */
import type { Browser } from '@playwright/test';
import { setTimeout as sleep } from 'node:timers/promises';
import { telemetryShape } from '../fixtures/analyst.ts';
import { PageReader } from '../src/product/live/index.ts';

import type { EventBody } from '../src/telemetry/events.ts';
import { instrument } from '../src/telemetry/instrument.ts';
import { errorsOf, type Errors, type Visit } from './accuracy.ts';
import type { Witness } from './accuracy-page.ts';
import { startAccuracyProduct } from './accuracy-product.ts';

/** How long the button's handler takes, visit by visit. */
const busyMs = [30, 75, 140, 250];
const visitMs = 5000;
/** Between one analyst's beginning and the next one's. */
const staggerMs = 250;

/** @throws what aborted it, and when an analyst's telemetry had a problem. */
export async function accuracyRound(browser: Browser, analysts: number, signal: AbortSignal): Promise<Errors> {
  const product = await startAccuracyProduct();
  try {
    const all = await Promise.all(
      Array.from({ length: analysts }, async (_, index) => {
        await sleep(index * staggerMs, undefined, { signal });
        return analyst(browser, product.url, index, signal);
      }),
    );
    return errorsOf(all);
  } finally {
    await product.stop();
  }
}

async function analyst(
  browser: Browser,
  url: string,
  index: number,
  signal: AbortSignal,
): Promise<{ events: EventBody[]; visits: Visit[] }> {
  const events: EventBody[] = [];
  const context = await browser.newContext({ viewport: { width: 1280, height: 1400 } });
  try {
    const telemetry = await instrument(context, {
      recorder: { record: (body) => void events.push(body), close: () => undefined },
      ...telemetryShape(url),
      decode: () => new PageReader(),
    });
    telemetry.startMeasuring();
    for (let card = 1; card <= 24; card += 1) telemetry.watch(`Tracker ${card}`, true);
    const page = await context.newPage();
    const visits: Visit[] = [];
    for (let visit = 0; visit < busyMs.length; visit += 1) {
      const busy = busyMs[(visit + index) % busyMs.length] ?? 0;
      await page.goto(`${url}/dashboard?busy=${busy}`);
      await page.getByText('Tracker 24').waitFor();
      // Presses fall anywhere between two frames of the socket, and leave INP the time it needs.
      await sleep(visitMs * (0.3 + ((index * 7 + visit * 3) % 11) / 40), undefined, { signal });
      await page.click('#press');
      await sleep(visitMs * 0.4, undefined, { signal });
      if (visit + 1 < busyMs.length) await telemetry.flush(page);
      else await telemetry.finish(page);
      visits.push({ busyMs: busy, witness: await page.evaluate<Witness>('witness') });
    }
    const [problem] = telemetry.problems();
    if (problem !== undefined) throw new Error(`Telemetry had a problem: ${problem}`);
    return { events, visits };
  } finally {
    await context.close();
  }
}
