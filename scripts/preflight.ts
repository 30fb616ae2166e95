/** `npm run preflight`: everything that a run checks before it begins, and nothing else. Extra arguments are those of the run itself. */
import { catalogue } from '../e2e/hazards/catalogue/index.ts';
import { journeys } from '../e2e/journeys/index.ts';
import { readBaseline } from '../src/report/compare/compare-runs.ts';
import { renderReadiness } from '../src/report/console/preflight-view.ts';
import { readObjectives } from '../src/report/verdict/slo-file.ts';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { rehearse } from '../src/run/preflight.ts';
import { readProbesAsked } from '../src/run/probes-asked.ts';
import { readSettings } from '../src/run/settings.ts';
import { wantsColour } from '../src/run/terminal.ts';

async function main(): Promise<void> {
  const settings = readSettings();
  const args = process.argv.slice(2);
  readProbesAsked(Object.keys(catalogue), settings);
  const readiness = await rehearse({
    headed: args.includes('--headed'),
    args,
    journeys: Object.keys(journeys),
    papers: [() => readObjectives(settings.SLO_FILE), () => readBaseline(settings.RESULTS_DIR, settings.BASELINE)],
  });
  console.log(renderReadiness(readiness, wantsColour(process.stdout)));
  const analysts = readiness.estimate?.analysts ?? settings.ANALYSTS;
  console.log(`\nReady: ${analysts} ${analysts === 1 ? 'analyst' : 'analysts'} on ${readiness.target.baseUrl}.`);
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigurationError ? `Not ready:\n${error.message}` : error);
  process.exitCode = error instanceof ConfigurationError ? 2 : 1;
});
