/** What to do next, by the verdict and its cause. Pure. */
import type { Folded } from './fold.ts';
import type { Summary } from './summary.ts';

export interface NextStep {
  /** To be typed as it stands, or opened. */
  readonly what: string;
  /** What comes of it, to be read after `what`. */
  readonly why: string;
}

export interface NextStepsInput {
  readonly summary: Summary;
  readonly details: Pick<Folded, 'analysts'> &
    Partial<Pick<Folded, 'carries'>> & { readonly broken: readonly string[] };
}

/** The most urgent first; at least one, and few. */
export function nextSteps({ summary, details }: NextStepsInput): NextStep[] {
  const { verdict } = summary;
  return [
    ...leftovers(summary),
    ...(verdict === 'PASS'
      ? afterPass(summary, details)
      : verdict === 'FAIL'
        ? afterFail(summary, details)
        : afterInvalid(summary, details)),
    ...refusals(summary),
  ];
}

/** For a run that never came so far as to have a summary. */
export const checkAgain: NextStep = { what: 'npm run preflight', why: 'checks all of it again, and makes nothing' };

/** What there is to see in the report, by what one would look for first; to be read after its path. */
export function whyOpen({ summary, details }: NextStepsInput): string {
  const { ledger, findings, slo, analysts } = summary;
  if (details.broken.length > 0) return 'shows in which seconds the generator was late';
  if ((ledger.breaches?.length ?? 0) > 0) return 'tells who saw what of each breach, and when';
  if (findings.length > 0) return 'has every step and request of each finding';
  if (details.analysts.some(({ outcome }) => outcome !== 'ok')) return 'shows how far each analyst came';
  const missed = slo.filter(({ pass, advisory }) => !pass && !advisory);
  if (missed.some(({ actual }) => actual !== null)) return 'shows which pages, steps and routes were slow';
  if (missed.length > 0) return 'says why samples are missing';
  return analysts === 0 ? 'has the rest' : 'shows who did what when, and has all other figures';
}

/** The embedded product is gone when the run has ended, and its projects with it. */
function leftovers({ ledger, target, runId, shard }: Summary): NextStep[] {
  if (ledger.remaining === 0 || target.kind === 'embedded') return [];
  const folder = `${runId}${shard === null ? '' : `-s${shard}`}`;
  return [{ what: `npm run sweep -- --run ${folder}`, why: 'deletes what this run may have left in the product' }];
}

const allure: NextStep = { what: 'npm run report', why: 'makes the Allure report of this run' };

const workAlone: NextStep = {
  what: 'HOLD_TO=work npm start',
  why: 'judges projects and journeys alone, whatever the figures',
};

function afterPass({ analysts, runId }: Summary, { broken }: NextStepsInput['details']): NextStep[] {
  // Figures that are not to be trusted are no baseline.
  if (analysts === 0 || broken.length > 0) return [allure];
  return [allure, { what: `BASELINE=${runId} npm start`, why: 'holds another run against this one' }];
}

function afterFail({ baseline, runId, slo }: Summary, { analysts }: NextStepsInput['details']): NextStep[] {
  const worse = (baseline?.regressions.length ?? 0) > 0;
  const failed = analysts.some(({ outcome }) => outcome !== 'ok');
  return [
    ...(worse
      ? [{ what: `npm run compare -- ${baseline?.runId} ${runId}`, why: 'shows what became worse, and by how much' }]
      : []),
    ...(!failed && slo.some(({ pass, advisory, actual }) => !pass && !advisory && actual === null) ? [workAlone] : []),
    { what: 'npm run report', why: failed ? 'shows each failure step by step' : allure.why },
  ];
}

function afterInvalid(
  { analysts, baseline, runId }: Summary,
  { broken, carries = 0 }: NextStepsInput['details'],
): NextStep[] {
  if (broken.length > 0) {
    if (carries > 0 && carries < analysts)
      return [
        { what: `ANALYSTS=${carries} npm start`, why: 'asks what this machine carried when it was calibrated' },
        workAlone,
      ];
    const fewer = { what: `ANALYSTS=${Math.floor(analysts / 2)} npm start`, why: 'asks half as much of it' };
    return [
      { what: 'npm run calibrate', why: 'finds how many analysts this machine can carry' },
      ...(analysts > 1 ? [fewer] : []),
      workAlone,
    ];
  }
  if (baseline !== undefined && baseline.unlike.length > 0)
    return [{ what: `npm run compare -- ${baseline.runId} ${runId} --anyway`, why: 'compares the two all the same' }];
  return [checkAgain];
}

/** Launches that a rate limit kept out to the end. */
function refusals({ projects, target }: Summary): NextStep[] {
  if (projects.rateLimited === 0) return [];
  return target.kind === 'embedded'
    ? [{ what: 'SANDBOX_LIMITS=none npm start', why: 'lets every launch in' }]
    : [
        {
          what: 'RATE_LIMIT_WAIT_S=1300 npm start',
          why: 'lets refused launches wait for longer; fewer ANALYSTS ask for fewer',
        },
      ];
}
