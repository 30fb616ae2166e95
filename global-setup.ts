/** Before the first analyst: is everything there, and may it be driven? A door; the work is in src/run/preflight.ts. */
import type { FullConfig } from '@playwright/test';
import { prepareRun } from './src/run/preflight.ts';

export default async function globalSetup(config: FullConfig): Promise<void> {
  await prepareRun({ headed: config.projects[0]?.use.headless === false });
}
