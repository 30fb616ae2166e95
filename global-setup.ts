/** Before the first analyst: is everything there, and may it be driven? A door; the work is in src/run/preflight.ts and src/report. */
import type { FullConfig } from '@playwright/test';
import { journeys } from './e2e/journeys/index.ts';
import { readBaseline } from './src/report/compare/compare-runs.ts';
import { renderReadiness } from './src/report/console/preflight-view.ts';
import { readRunFile } from './src/report/results.ts';
import { readObjectives } from './src/report/verdict/slo-file.ts';
import { runIdentity } from './src/run/identity.ts';
import { openMonitor } from './src/run/monitor.ts';
import { begun, notify } from './src/run/notify.ts';
import { prepareRun } from './src/run/preflight.ts';
import { readSettings } from './src/run/settings.ts';
import { wantsColour } from './src/run/terminal.ts';

export default async function globalSetup(config: FullConfig): Promise<void> {
  const { SLO_FILE, BASELINE, RESULTS_DIR } = readSettings();
  const headed = config.projects[0]?.use.headless === false;
  await prepareRun({
    headed,
    pictured: config.projects.some(({ use }) =>
      [use.trace, use.video, use.screenshot].some((mode) => mode !== undefined && mode !== 'off'),
    ),
    args: process.argv.slice(2),
    journeys: Object.keys(journeys),
    papers: [() => readObjectives(SLO_FILE), () => readBaseline(RESULTS_DIR, BASELINE)],
    tell: (readiness) => {
      const block = renderReadiness(readiness, wantsColour(process.stdout));
      if (block !== '') console.log(`${block}\n`);
    },
  });
  const monitor = await openMonitor({ headed });
  const run = await readRunFile(runIdentity(readSettings()).folder);
  const untold = run && (await notify(begun(run)));
  if (untold !== undefined) console.warn(untold);
  if (monitor !== undefined) console.log(`Monitor   ${monitor}\n`);
}
