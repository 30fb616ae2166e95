/** The first questions of whoever reads a report, answered in a sentence each. Pure. */
import type { AnalystAccount } from './analysts.ts';
import type { Cause } from './causes.ts';
import { duration, share } from './format.ts';
import { labelOf, metricOf } from './registry/index.ts';
import { objectiveLine, shownFigures, showIn } from './sections.ts';
import type { MetricRow, Summary } from './summary.ts';
import type { Timeline } from './timeline.ts';

export interface Answer {
  readonly question: string;
  readonly answer: string;
}

export interface AnswerInput {
  readonly summary: Summary;
  readonly analysts: readonly AnalystAccount[];
  readonly timeline: Timeline | undefined;
  readonly causes: readonly Cause[];
}

/** In the order in which people ask; what nothing is known of is left out. Whether it passed stands above them. */
export function answersOf({ summary, analysts, timeline, causes }: AnswerInput): Answer[] {
  return [
    { question: 'May I believe it?', answer: belief(summary) },
    { question: 'Was anything lost?', answer: losses(summary) },
    { question: 'Who waited longest?', answer: doubted(summary, longestWait(timeline)) },
    { question: 'Which page was slow?', answer: doubted(summary, slowestPage(summary.metrics, causes)) },
    { question: 'What first?', answer: whatFirst(summary, analysts) },
  ].filter(({ answer }) => answer !== '');
}

function belief({ generator, verdict, metrics, analysts }: Summary): string {
  const { invalidSeconds, judgedSeconds } = generator;
  if (analysts === 0) return 'No analyst worked, so there are no figures.';
  if (invalidSeconds === null || !judgedSeconds)
    return 'The generator’s own health was not recorded, so nobody can say.';
  const part = `the generator was past a guard in ${invalidSeconds} of ${judgedSeconds} seconds (${share(invalidSeconds / judgedSeconds)})`;
  const whole = metrics.filter(({ tags }) => Object.keys(tags).length === 0);
  const expected = whole.reduce((sum, row) => sum + row.expected, 0);
  const there = whole.reduce((sum, row) => sum + row.count + row.excluded, 0);
  const samples = `${share(there / Math.max(1, expected))} of the expected samples are there`;
  if (verdict === 'INVALID') return `No: ${part}.`;
  return invalidSeconds === 0
    ? `Yes: ${part}; ${samples}.`
    : `Yes: ${part}, and what was taken then is kept apart; ${samples}.`;
}

/** What was lost is true whatever the generator did; how long anything took is not. */
function doubted({ verdict }: Summary, answer: string): string {
  return verdict === 'INVALID' && answer !== '' ? `Not to be believed, but: ${answer}` : answer;
}

function losses({ ledger, analysts }: Summary): string {
  if (analysts === 0) return '';
  const counted: readonly (readonly [number | null | undefined, string])[] = [
    [ledger.lost, 'lost'],
    [ledger.duplicated, 'duplicated'],
    [ledger.leaked, 'leaked to another organisation'],
    [ledger.stuck, 'stuck'],
    [ledger.resurrected, 'back from its end'],
    [ledger.overwritten, 'overwritten'],
    [ledger.orphaned, 'that nobody should have'],
    [ledger.foreignResults, 'with a foreign result'],
  ];
  const bad = counted.filter(([count]) => (count ?? 0) > 0).map(([count, what]) => `${count} ${what}`);
  const left =
    ledger.remaining === null
      ? 'whether anything stayed in the product is unknown'
      : ledger.remaining === 0
        ? 'all were deleted afterwards'
        : `${ledger.remaining} could not be deleted`;
  if (bad.length > 0) return `Yes: of ${ledger.acknowledged} projects ${bad.join(', ')}; ${left}.`;
  const unwatched = counted.filter(([count]) => count === null).map(([, what]) => what);
  return `No: ${ledger.acknowledged} projects were accepted, none was lost, duplicated or leaked; ${left}.${
    unwatched.length === 0 ? '' : ` Nobody watched for: ${unwatched.join(', ')}.`
  }`;
}

/** For the product: what a person decides at leisure is no wait. */
function longestWait(timeline: Timeline | undefined): string {
  const words = {
    queued: 'in the product’s queue',
    running: 'for the product to compute',
    reconnecting: 'for a lost connection',
  };
  const waits = (timeline?.lanes ?? []).flatMap(({ analyst, steps, phases }) => [
    ...phases.flatMap(({ phase, from, to }) =>
      phase === 'review' ? [] : [{ analyst, ms: to - from, what: words[phase] }],
    ),
    // What watches a run waits for what the phases tell.
    ...steps
      .filter(({ name }) => !/^(watch-|review-executed|wait-for-human)/.test(name))
      .map(({ name, from, to }) => ({ analyst, ms: to - from, what: `for “${name}”` })),
  ]);
  const most = waits.reduce((longest, wait) => (wait.ms > longest.ms ? wait : longest), {
    analyst: '',
    ms: 0,
    what: '',
  });
  return most.ms === 0 ? '' : `${most.analyst}, ${duration(most.ms)} ${most.what}.`;
}

/** The page whose LCP or INP is furthest up its “good” threshold, by p75. */
const GOOD_MS: Readonly<Record<string, number>> = { lcp: 2500, inp: 200 };

function slowestPage(metrics: readonly MetricRow[], causes: readonly Cause[]): string {
  const rows = metrics.flatMap((row) => {
    const { page, ...others } = row.tags;
    const good = GOOD_MS[row.name.replace(/^(web|soft)\./, '')];
    const value = shownFigures(row).p75;
    if (page === undefined || Object.keys(others).length > 0 || good === undefined || value === null) return [];
    return [{ row, page, value, ratio: value / good }];
  });
  const [worst] = rows.sort((one, other) => other.ratio - one.ratio);
  if (worst === undefined) return '';
  const { row, page, value, ratio } = worst;
  const cause = causes.find((each) => each.metric === row.name && each.page === page);
  const part = cause?.parts[0];
  const because =
    part === undefined
      ? ''
      : `, most of it ${part.what} (${duration(part.ms)} in the median${cause?.element === undefined ? '' : `, ${cause.element}`})`;
  const figure = `${page}: ${labelOf(row.name)} p75 is ${showIn(metricOf(row.name).unit)(value)}${because}`;
  return ratio <= 1 ? `None beyond what counts as good; the slowest is ${figure}.` : `${figure}.`;
}

function whatFirst({ verdict, reasons, findings, ledger, slo }: Summary, analysts: readonly AnalystAccount[]): string {
  const [breach] = ledger.breaches ?? [];
  if (breach) return `The ${breach.kind.replaceAll('-', ' ')} project: “${breach.project}” ${breach.what}.`;
  const [finding] = findings;
  if (finding) return `${finding.title} (${finding.severity}).`;
  const failed = analysts.filter(({ outcome }) => outcome !== 'ok');
  if (failed.length > 0)
    return `The ${failed.length === 1 ? 'journey' : `${failed.length} journeys`} that failed: ${failed[0]?.analyst}${failed[0]?.error === undefined ? '' : `: ${failed[0].error.split('\n')[0]}`}`;
  // The last reason says what to do about the generator.
  if (verdict === 'INVALID') return reasons.at(-1) ?? '';
  const missed = slo
    .filter(({ pass, actual }) => !pass && actual !== null)
    .map((row) => ({ row, ratio: (row.actual ?? 0) / Math.max(row.limit, Number.EPSILON) }))
    .sort(
      (one, other) =>
        Number(one.row.advisory ?? false) - Number(other.row.advisory ?? false) || other.ratio - one.ratio,
    );
  const [most] = missed;
  if (!most) return 'Nothing: every objective was met.';
  const { label, wanted, actual, outcome } = objectiveLine(most.row);
  return `${label}: ${actual} instead of ${wanted} (${outcome}).`;
}
