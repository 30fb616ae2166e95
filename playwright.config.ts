/** The main job. Set-up is `npm run setup`; settings are in `.env.example`. */
import path from 'node:path';
import { defineConfig } from '@playwright/test';
import { ConfigurationError } from './src/run/configuration-error.ts';
import { catalogue } from './e2e/hazards/catalogue/index.ts';
import { runIdentity } from './src/run/identity.ts';
import { asItWas } from './src/report/allure/as-it-was.ts';
import { isLoadTestAsked } from './src/run/load-test-asked.ts';
import { reaperMark } from './src/run/processes.ts';
import { readProbesAsked } from './src/run/probes-asked.ts';
import { readSettings, sandboxEnvironment, type Settings } from './src/run/settings.ts';

function settingsOrExit(): Settings {
  try {
    return readSettings();
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    console.error(error.message);
    process.exit(2);
  }
}

const settings = settingsOrExit();
const identity = runIdentity(settings);
const probes = readProbesAsked(Object.keys(catalogue), settings);
const listing = process.argv.includes('--list');

export default defineConfig({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: path.join(identity.folder, 'artifacts'),
  globalSetup: './global-setup.ts',
  globalTeardown: './global-teardown.ts',
  fullyParallel: true,
  workers: Math.ceil(settings.ANALYSTS / settings.PER_WORKER),
  retries: 0,
  forbidOnly: true,
  reporter: [
    ['./src/run/plan-reporter.ts', { folder: identity.folder, perWorker: settings.PER_WORKER, listing }],
    ['./src/report/console/reporter.ts', { runFolder: identity.folder }],
    // Steps of Playwright's own would show what was typed into fields; an analyst is a suite, and a file is none.
    [
      'allure-playwright',
      {
        resultsDir: settings.ALLURE_RESULTS_DIR,
        detail: false,
        suiteTitle: false,
        listeners: [asItWas(identity.folder)],
      },
    ],
  ],
  use: { trace: 'off', video: 'off', screenshot: 'off' },
  projects: [
    { name: 'main', testIgnore: ['hazards/**', 'load-test.spec.ts'] },
    ...(isLoadTestAsked() ? [{ name: 'load-test', testMatch: 'load-test.spec.ts' }] : []),
    ...(probes === 'none'
      ? []
      : [
          {
            name: 'hazards',
            testMatch: 'hazards/*.spec.ts',
            // Scenes are contention enough for one another; two of them keep a small machine busy.
            workers: settings.BASE_URL === undefined ? 2 : 1,
            ...(probes === 'cheap' ? { grep: /@cheap/ } : {}),
            // Nothing may disturb the main job while it is measured.
            ...(probes === 'named' ? {} : { dependencies: ['main'] }),
          },
        ]),
  ],
  ...(settings.BASE_URL === undefined
    ? {
        webServer: {
          // `exec`: no shell in between, so that the signal reaches the sandbox itself.
          command: `${process.platform === 'win32' ? '' : 'exec '}"${process.execPath}" --import tsx sandbox/main.ts`,
          wait: {
            stdout:
              /Sandbox ready at (?<muster_sandbox_url>http:\/\/\S+) · objects (?<muster_sandbox_objects>http:\/\/\S+) · accounts (?<muster_sandbox_accounts>[^\r\n]+)\r?\n/,
          },
          // The runner may be killed, and its reaper needs the product to clean it up.
          env: { ...sandboxEnvironment(settings), SANDBOX_STAY_FOR: reaperMark(identity.folder) },
          timeout: 60_000,
          gracefulShutdown: { signal: 'SIGTERM' as const, timeout: 10_000 },
        },
      }
    : {}),
});
