/** The browser tests of sandbox and harness: `*.browser.ts` beside their sources. The main job has a config of its own. */
import { defineConfig } from '@playwright/test';
import { findBrowser, noBrowserAdvice } from './scripts/lib/browser.mjs';

const browser = await findBrowser({ browser: process.env['BROWSER'] || undefined });
if (!browser) {
  console.error(noBrowserAdvice);
  process.exit(2);
}

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.browser.ts',
  outputDir: 'test-results/browser',
  fullyParallel: true,
  workers: 2,
  retries: 0,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 120_000,
  expect: { timeout: 20_000 },
  reporter: [['list']],
  use: {
    headless: true,
    launchOptions: {
      args: browser.args,
      ...(browser.executablePath ? { executablePath: browser.executablePath } : {}),
    },
  },
});
