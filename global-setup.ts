/** Before the first analyst: is everything there, and may it be driven? A door; the work is in src/run/preflight.ts and src/report. */
import type { FullConfig } from '@playwright/test';
import { readBaseline } from './src/report/compare-runs.ts';
import { readObjectives } from './src/report/slo-file.ts';
import { prepareRun } from './src/run/preflight.ts';
import { readSettings } from './src/run/settings.ts';

export default async function globalSetup(config: FullConfig): Promise<void> {
  const { SLO_FILE, BASELINE, RESULTS_DIR } = readSettings();
  await readObjectives(SLO_FILE);
  await readBaseline(RESULTS_DIR, BASELINE);
  await prepareRun({ headed: config.projects[0]?.use.headless === false });
}
