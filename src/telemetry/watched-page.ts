/** For the browser tests of telemetry: an instrumented page on the product's double, and the events it recorded. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { test as base, type Page } from '@playwright/test';
import { eventSchema, type EventBody, type MusterEvent } from './events.ts';
import { instrument, type Telemetry } from './instrument.ts';
import { ProductDouble } from './product-double.ts';
import { openRecorder, type Recorder } from './recorder.ts';
import type { SocketReader } from './socket-reader.ts';

export interface Watched {
  readonly page: Page;
  readonly telemetry: Telemetry;
  readonly recorder: Recorder;
  readonly product: ProductDouble;
  /** What has been recorded of a type. */
  readonly events: <T extends EventBody['type']>(type: T) => Promise<Extract<MusterEvent, { type: T }>[]>;
}

/** Playwright's `test` with a watched page, whose sockets a fresh reader reads. */
export function watchedTest(decode: () => SocketReader) {
  return base.extend<{ watched: Watched }>({
    watched: async ({ browser }, use) => {
      const product = await ProductDouble.start();
      const folder = await mkdtemp(path.join(tmpdir(), 'muster-telemetry-'));
      const file = path.join(folder, 'events.jsonl');
      const recorder = openRecorder({ file, runId: 'r1', analyst: 'analyst-01', attempt: 1 });
      const context = await browser.newContext();
      const telemetry = await instrument(context, {
        recorder,
        pageName: (url) => new URL(url).pathname.split('/')[1] ?? '',
        routeName: (pathname) => pathname.replace(/\d+/g, ':id'),
        origin: product.url,
        cardsPage: 'dashboard',
        cards: { card: 'main main [data-slot=card]', badge: '[data-slot=badge]', stages: 'Pipeline Progress' },
        decode,
      });
      const page = await context.newPage();
      await use({
        page,
        telemetry,
        recorder,
        product,
        async events(type) {
          const all = (await readFile(file, 'utf8'))
            .trim()
            .split('\n')
            .filter(Boolean)
            .map((line) => eventSchema.parse(JSON.parse(line)));
          return all.filter((event): event is Extract<MusterEvent, { type: typeof type }> => event.type === type);
        },
      });
      await context.close();
      recorder.close();
      await product.close();
      await rm(folder, { recursive: true });
    },
  });
}

export const press = (page: Page, name: string): Promise<void> =>
  page.getByRole('button', { name, exact: true }).click();

/** Waits in the page, as a person's pause would, so that what was clicked has been painted. */
export const painted = (page: Page): Promise<unknown> =>
  page.evaluate(
    'new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 150))))',
  );
