/** Before the first analyst: is everything there, and may it be driven? A door; the work is in src/run/preflight.ts and src/report. */
import type { FullConfig } from '@playwright/test';
import { journeys } from './e2e/journeys/index.ts';
import { readBaseline } from './src/report/compare-runs.ts';
import { readObjectives } from './src/report/slo-file.ts';
import { prepareRun } from './src/run/preflight.ts';
import { readSettings } from './src/run/settings.ts';

export default async function globalSetup(config: FullConfig): Promise<void> {
  const { SLO_FILE, BASELINE, RESULTS_DIR } = readSettings();
  await prepareRun({
    headed: config.projects[0]?.use.headless === false,
    journeys: Object.keys(journeys),
    papers: [() => readObjectives(SLO_FILE), () => readBaseline(RESULTS_DIR, BASELINE)],
    tell: ({ remarks }) => remarks.forEach((remark) => console.warn(remark)),
  });
}
