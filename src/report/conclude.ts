/** The end of a run: its records folded, judged together with what the test runner knows, and written down. */
import { basename, dirname } from 'node:path';
import { carriedHere, readCalibration } from '../run/calibration.ts';
import type { RunFile } from '../run/run-file.ts';
import { accountAnalysts } from './analysts.ts';
import { drawCharts } from './charts/index.ts';
import { holdToBaseline, readBaseline } from './compare/compare-runs.ts';
import { foldRun, type Folded } from './fold.ts';
import { renderPage } from './html/page.ts';
import { renderJUnit } from './junit/junit.ts';
import { readRunFile, writeJUnit, writePage, writeSummary } from './results.ts';
import { readObjectives } from './verdict/slo-file.ts';
import type { Summary } from './summary.ts';
import { judge, type Evidence, type Judgement, type TestOutcomes } from './verdict/verdict.ts';

/** What the test runner knows when all is over, teardown included. */
export interface Ending {
  status: 'passed' | 'failed' | 'timedout' | 'interrupted';
  tests: TestOutcomes;
  /** Why no test could begin, as sentences: misconfiguration above all. */
  startupErrors: readonly string[];
  /** Errors outside of the tests once they had begun, as sentences. */
  errors: readonly string[];
  /** The analysts whose tests were selected. */
  expected: readonly string[];
  endedAt: Date;
}

export interface Conclusion extends Judgement {
  /** Absent for a run that never came so far as to say what it is. */
  written?: { summary: Summary; details: Folded };
}

/** Folds and judges the run in `runFolder`, and writes its `summary.json`, `junit.xml` and `report.html`. Rejects when the folder's files cannot be read or written. */
export async function conclude(runFolder: string, ending: Ending): Promise<Conclusion> {
  const run = await readRunFile(runFolder);
  const { tests, endedAt } = ending;
  if (run === undefined) {
    const judgement = judgeEnding(ending);
    await writeJUnit(runFolder, renderJUnit({ runId: basename(runFolder), judgement, tests, endedAt }));
    return judgement;
  }
  // Where no analyst was asked to work there is nothing to hold to objectives.
  const objectives = ending.expected.length === 0 ? [] : await readObjectives(run.settings['SLO_FILE']);
  const carries = carriedHere(run.settings, await readCalibration());
  const details = await foldRun(runFolder, { run, expected: ending.expected, objectives, endedAt, carries });
  const named = await readBaseline(dirname(runFolder), run.settings['BASELINE']);
  const baseline = named && holdToBaseline({ run, broken: details.broken, samples: details.samples }, named);
  const heldToWork = whyHeldToWork(run);
  const judgement = judgeEnding(ending, { details, baseline, heldToWork });
  const summary: Summary = { ...details.facts, ...(baseline ? { baseline } : {}), ...judgement };
  await writeSummary(runFolder, summary);
  const written = { summary, details };
  await writeJUnit(runFolder, renderJUnit({ runId: run.runId, judgement, tests, endedAt, heldToWork, written }));
  await writePage(runFolder, renderPage({ summary, run, ...details, charts: await drawCharts(run, details) }));
  return { ...judgement, written };
}

const NO_PROJECTS: Summary['projects'] = {
  launched: 0,
  completed: 0,
  failed: 0,
  cancelled: 0,
  pendingReview: 0,
  inProgress: 0,
  rateLimited: 0,
  meanDurationMs: null,
};

/** Why a run is not held to its figures; undefined when it is. A few of its analysts are no measure of the product under load. */
function whyHeldToWork({ settings, analysts, shard }: RunFile): string | undefined {
  if (settings['HOLD_TO'] === 'work') return 'HOLD_TO=work';
  const all = Number(settings['ANALYSTS']);
  if (settings['HOLD_TO'] === 'figures' || typeof shard === 'number' || !(analysts < all)) return undefined;
  return `${analysts} of ${all} analysts took part`;
}

function judgeEnding(
  ending: Ending,
  { details, baseline, heldToWork }: Pick<Evidence, 'heldToWork' | 'baseline'> & { details?: Folded } = {},
): Judgement {
  const breaches = details?.breaches ?? [];
  // Nothing was measured, so nothing is said of the product: unless something of ours is left in it.
  if (ending.startupErrors.length > 0 && breaches.length === 0)
    return { verdict: 'INVALID', reasons: [...ending.startupErrors] };
  const evidence: Evidence = {
    breaches,
    findings: details?.facts.findings ?? [],
    tests: ending.tests,
    errors: [...ending.startupErrors, ...ending.errors],
    analysts: details?.analysts ?? accountAnalysts([], ending.expected),
    telemetryProblems: details?.telemetryProblems ?? [],
    generator: details?.broken ?? [],
    slo: details?.facts.slo ?? [],
    baseline,
    projects: details?.facts.projects ?? NO_PROJECTS,
    heldToWork,
  };
  if (ending.status === 'interrupted') evidence.stopped = 'The run was interrupted before its end.';
  if (ending.status === 'timedout') evidence.stopped = 'The run reached its time limit before its end.';
  const judgement = judge(evidence);
  if (judgement.verdict !== 'PASS' || ending.status === 'passed') return judgement;
  return judge({ ...evidence, stopped: 'The test runner calls the run failed and gives no error.' });
}
