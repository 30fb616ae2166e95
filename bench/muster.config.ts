/** The main job's own configuration, with the journeys of the benches. */
import { defineConfig, type ReporterDescription } from '@playwright/test';
import main from '../playwright.config.ts';

/** Paths in a configuration are relative to its file. */
const fromRoot = (file: string): string => file.replace(/^\.\//, '../');
const reporters = (main.reporter ?? []) as ReporterDescription[];

export default defineConfig({
  ...main,
  testDir: '.',
  testMatch: 'muster.spec.ts',
  globalSetup: '../global-setup.ts',
  globalTeardown: '../global-teardown.ts',
  reporter: reporters.map(([name, options]): ReporterDescription => [fromRoot(name), options]),
});
