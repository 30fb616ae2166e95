/** Playwright Test as everybody uses it: a worker for each analyst, and in each worker a browser of its own. */
import { defineConfig } from '@playwright/test';
import { findBrowser, noBrowserAdvice } from '../scripts/lib/browser.mjs';
import { viewport } from '../fixtures/windows.ts';
import { runIdentity } from '../src/run/identity.ts';
import { readSettings } from '../src/run/settings.ts';

const settings = readSettings();
const browser = await findBrowser({ browser: settings.BROWSER });
if (!browser) {
  console.error(noBrowserAdvice);
  process.exit(2);
}

export default defineConfig({
  testDir: '.',
  testMatch: 'plain.spec.ts',
  outputDir: `${runIdentity(settings).folder}/artifacts`,
  fullyParallel: true,
  workers: settings.ANALYSTS,
  retries: 0,
  timeout: 240_000,
  reporter: 'line',
  use: {
    ...(settings.BASE_URL === undefined ? {} : { baseURL: settings.BASE_URL }),
    viewport,
    headless: true,
    launchOptions: {
      args: browser.args,
      ...(browser.executablePath === undefined ? {} : { executablePath: browser.executablePath }),
    },
  },
});
