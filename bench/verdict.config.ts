/** The main job's own configuration, before a sandbox that answers late: BENCH_DELAY_MS, in milliseconds. */
import { defineConfig, type ReporterDescription } from '@playwright/test';
import main from '../playwright.config.ts';

const fromRoot = (file: string): string => file.replace(/^\.\//, '../');
const reporters = (main.reporter ?? []) as ReporterDescription[];
const [server] = [main.webServer].flat();
if (!server) throw new Error('The verdict bench has a sandbox of its own: BASE_URL must be empty.');

export default defineConfig({
  ...main,
  testDir: '../e2e',
  globalSetup: '../global-setup.ts',
  globalTeardown: '../global-teardown.ts',
  reporter: reporters.map(([name, options]): ReporterDescription => [fromRoot(name), options]),
  webServer: {
    ...server,
    cwd: '..',
    command: server.command.replace(
      'sandbox/main.ts',
      `bench/verdict-sandbox.ts --delay ${Number(process.env['BENCH_DELAY_MS'] ?? 0)}`,
    ),
  },
});
