/**
 * The verdict. In this order: a ledger breach, a finding, a failed test → FAIL; else the generator past its guards →
 * INVALID; else a missed SLO or a regression against the baseline → FAIL; else PASS. A run that is held to its work
 * alone (`HOLD_TO`, and no baseline) passes with the first three, and says beside it what its figures would have come to.
 */
import { fateOf, type AnalystAccount } from '../analysts.ts';
import { objectiveLine } from '../sections.ts';
import type { Finding, SloRow, Summary, Verdict } from '../summary.ts';

export interface FailedTest {
  title: string;
  /** The first line of its error. */
  error: string;
}

export interface TestOutcomes {
  passed: number;
  failed: FailedTest[];
  /** Titles of selected tests that never ran. */
  notRun: string[];
}

export interface Evidence {
  breaches: readonly string[];
  findings: readonly Finding[];
  tests: TestOutcomes;
  /** Errors outside of every test, such as a failing teardown; first lines. */
  errors: readonly string[];
  /** Why the run stopped before its end, as a sentence. */
  stopped?: string;
  analysts: readonly AnalystAccount[];
  telemetryProblems: readonly string[];
  /** Guards of the generator that were broken, as sentences. */
  generator: readonly string[];
  slo: readonly SloRow[];
  baseline?: Summary['baseline'];
  projects: Summary['projects'];
  /** Why guards and objectives do not decide, in a few words; absent when they do. */
  heldToWork?: string | undefined;
}

export interface Judgement {
  verdict: Verdict;
  reasons: string[];
}

/** Judges a run; the reasons are sentences, the weightiest first, and there is always at least one. */
export function judge(evidence: Evidence): Judgement {
  const failures = [
    ...evidence.breaches,
    ...evidence.findings.map(({ id, title }) => `Finding ${id}: ${title}.`),
    ...(evidence.stopped === undefined ? [] : [evidence.stopped]),
    ...untold(evidence).map(({ title, error }) => `${title} failed: ${error}`),
    ...evidence.errors.map((error) => `Outside of the tests: ${error}`),
    ...notRun(evidence.tests.notRun),
    ...journeys(evidence),
    ...missingVitals(evidence.analysts),
    ...telemetry(evidence.telemetryProblems),
  ];
  const { baseline } = evidence;
  const missed = evidence.slo.filter(({ pass, advisory }) => !pass && !advisory).map(describeMiss);
  if (failures.length > 0) return { verdict: 'FAIL', reasons: [...failures, ...besides(evidence, missed.length)] };
  // Who names a baseline asks about figures.
  if (evidence.heldToWork !== undefined && baseline === undefined)
    return { verdict: 'PASS', reasons: [praise(evidence), ...doubts(evidence, missed)] };
  if (evidence.generator.length > 0) return { verdict: 'INVALID', reasons: [...evidence.generator] };
  if (baseline !== undefined && baseline.unlike.length > 0)
    return {
      verdict: 'INVALID',
      reasons: [`This run cannot be held against ${baseline.runId}. ${baseline.unlike.join(' ')}`],
    };
  const worse = baseline?.regressions.map((sentence) => `Worse than ${baseline.runId}: ${sentence}`) ?? [];
  if (missed.length + worse.length > 0)
    return { verdict: 'FAIL', reasons: [...(worse.length > 0 ? [] : tooLittle(evidence)), ...missed, ...worse] };
  return { verdict: 'PASS', reasons: [praise(evidence)] };
}

/** What the figures would have come to, for a run that is not held to them. */
function doubts({ generator, heldToWork }: Evidence, missed: readonly string[]): string[] {
  const not = `It was not held to its figures (${heldToWork})`;
  if (generator[0] !== undefined) return [`${not}, and they are not to be trusted. ${generator[0]}`];
  if (missed.length === 0) return [];
  return [`${not}: ${missed.length === 1 ? 'one objective is' : `${missed.length} objectives are`} missed.`];
}

/** Whoever reads FAIL thinks of the product first: nothing bad was seen of it where every miss is for want of samples. */
function tooLittle({ slo }: Evidence): string[] {
  const judged = slo.filter(({ advisory }) => !advisory);
  const missed = judged.filter(({ pass }) => !pass);
  if (missed.some(({ actual }) => actual !== null)) return [];
  return [
    `Nothing bad was seen of the product, but too little was measured to pass: ${missed.length} of ${judged.length} ${judged.length === 1 ? 'objective has' : 'objectives have'} no sample.`,
  ];
}

/** Objectives decide nothing more; whoever reads why it failed should know of them. */
function besides({ generator, heldToWork }: Evidence, missed: number): string[] {
  if (missed === 0 || generator.length > 0 || heldToWork !== undefined) return [];
  return [`Besides, ${missed === 1 ? 'one objective is' : `${missed} objectives are`} missed: see Objectives.`];
}

/** Failed tests whose error is not a finding that is told already. */
function untold({ tests, findings }: Evidence): FailedTest[] {
  return tests.failed.filter(({ error }) => !findings.some(({ id }) => error.startsWith(`Finding ${id}: `)));
}

function notRun(titles: readonly string[]): string[] {
  if (titles.length === 0) return [];
  return [
    titles.length === 1 ? `${titles.join()} never ran.` : `${titles.length} tests never ran: ${titles.join(', ')}.`,
  ];
}

/** An analyst whose failure no failed test tells of: the records disagree with the runner, or the analyst was lost. */
function journeys({ analysts, tests }: Evidence): string[] {
  const told = [...tests.failed.map(({ title }) => title), ...tests.notRun];
  return analysts
    .filter(({ analyst, outcome }) => outcome !== 'ok' && !told.some((title) => title.startsWith(analyst)))
    .map((account) => `${account.analyst} ${fateOf(account)}`);
}

function missingVitals(analysts: readonly AnalystAccount[]): string[] {
  const finished = analysts.filter(({ outcome }) => outcome === 'ok');
  return (['LCP', 'INP'] as const).flatMap((vital) => {
    const lacking = finished.filter(({ lacks }) => lacks.includes(vital)).map(({ analyst }) => analyst);
    return lacking.length === 0
      ? []
      : [`${vital} is missing from ${lacking.length} of ${finished.length} analysts: ${lacking.join(', ')}.`];
  });
}

function telemetry(problems: readonly string[]): string[] {
  const first = problems[0];
  if (first === undefined) return [];
  const others = problems.length - 1;
  return [`The capture itself failed: ${first}${others === 0 ? '' : ` (and ${others} more)`}`];
}

function describeMiss(row: SloRow): string {
  const { label, wanted, actual, samples } = objectiveLine(row);
  const known = row.actual === null ? `unknown: ${samples === '' ? 'there is no sample' : samples}` : actual;
  return `${label} should be ${wanted} and is ${known}.`;
}

function praise({ analysts, tests, projects }: Evidence): string {
  if (analysts.length === 0) return `${tests.passed} of ${tests.passed} tests passed; no analyst was asked to work.`;
  const journeysDone = `${analysts.length} of ${analysts.length} journeys finished`;
  const projectsDone =
    projects.launched === 0
      ? 'no project was launched'
      : `${projects.completed} of ${projects.launched} projects completed`;
  return `${journeysDone}, ${projectsDone}, none lost, none left behind.`;
}
