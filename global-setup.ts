/** Before the first analyst: is everything there, and may it be driven? A door; the work is in src/report/slo-file.ts and src/run/preflight.ts. */
import type { FullConfig } from '@playwright/test';
import { readObjectives } from './src/report/slo-file.ts';
import { prepareRun } from './src/run/preflight.ts';
import { readSettings } from './src/run/settings.ts';

export default async function globalSetup(config: FullConfig): Promise<void> {
  await readObjectives(readSettings().SLO_FILE);
  await prepareRun({ headed: config.projects[0]?.use.headless === false });
}
