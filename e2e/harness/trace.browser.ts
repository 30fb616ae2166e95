/** From the page's request to the product's log line: one id. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { expect, test } from '@playwright/test';
import { telemetryShape } from '../../fixtures/analyst.ts';
import { startSandbox } from '../../sandbox/start.ts';
import { PageReader } from '../../src/product/live/index.ts';
import type { HttpEvent } from '../../src/telemetry/events.ts';
import { instrument } from '../../src/telemetry/instrument.ts';

test('the sandbox’s log line of a request bears the id of its traceparent', async ({ browser }) => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-trace-'));
  const log = path.join(folder, 'sandbox.log');
  const sandbox = await startSandbox({ log });
  const context = await browser.newContext();
  try {
    const requests: HttpEvent[] = [];
    const telemetry = await instrument(context, {
      recorder: { record: (event) => void (event.type === 'http' && requests.push(event)), close: () => undefined },
      ...telemetryShape(sandbox.url),
      decode: () => new PageReader(),
    });
    const page = await context.newPage();
    await page.goto(`${sandbox.url}/api/health`);
    await page.evaluate(() => fetch('/api/health').then((answer) => answer.text()));
    await telemetry.finish(page);
    const [{ traceId = 'none', ...request } = {}, ...others] = requests;
    expect(others).toEqual([]);
    expect(request).toMatchObject({ method: 'GET', route: '/api/health', status: 200, outcome: 'answered' });
    await expect
      .poll(async () =>
        (await readFile(log, 'utf8'))
          .trim()
          .split('\n')
          .map((line) => JSON.parse(line) as Record<string, unknown>)
          .filter(({ correlationId }) => correlationId === traceId),
      )
      .toEqual([expect.objectContaining({ method: 'GET', route: '/api/health', status: 200 })]);
  } finally {
    await context.close();
    await sandbox.stop();
    await rm(folder, { recursive: true });
  }
});
