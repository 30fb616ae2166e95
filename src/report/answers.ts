/** The first questions of whoever reads a report, answered in a sentence or two each. Pure. */
import type { AnalystAccount } from './analysts.ts';
import { isOwnDoing, WATCHING, type Cause } from './causes.ts';
import { textOf } from './findings.ts';
import { duration, share } from './format.ts';
import { labelOf, metricOf } from './registry/index.ts';
import { isInDoubt, objectiveLine, shownFigures, showIn } from './sections.ts';
import type { MetricRow, SloRow, Summary } from './summary.ts';
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
    { question: 'Who waited longest, and for what?', answer: doubted(summary, longestWait(timeline)) },
    { question: 'Which page was slow, and why?', answer: doubted(summary, slowestPage(summary.metrics, causes)) },
    { question: 'What should be fixed first?', answer: whatFirst(summary, analysts) },
  ].filter(({ answer }) => answer !== '');
}

function belief({ generator, verdict, metrics, slo, analysts, findings }: Summary): string {
  const { invalidSeconds, judgedSeconds } = generator;
  if (analysts === 0)
    return findings.length > 0
      ? 'The findings, yes: what was seen, and how often, stands below. Nothing was timed: no analyst worked.'
      : 'There is nothing to believe: no analyst worked, so nothing was measured.';
  if (invalidSeconds === null || !judgedSeconds)
    return 'Nobody can say: whether the machine that ran the browsers kept up was not recorded.';
  const busy = `the machine that ran the browsers was too busy in ${invalidSeconds} of ${judgedSeconds} seconds (${share(invalidSeconds / judgedSeconds)})`;
  if (verdict === 'INVALID')
    return `Not the times: ${busy}, so that they say nothing about the product. What became of the projects is true all the same.`;
  const kept =
    invalidSeconds === 0
      ? `the machine that ran the browsers kept up in all of ${judgedSeconds} seconds.`
      : `the machine that ran the browsers kept up in ${judgedSeconds - invalidSeconds} of ${judgedSeconds} seconds; what was measured in the others (${share(invalidSeconds / judgedSeconds)}) is kept out of the figures.`;
  const empty = slo.filter(({ actual, advisory }) => actual === null && !advisory).length;
  if (empty > 0)
    return `In part: ${kept} For ${empty} of ${many(slo.length, 'objective')} nothing is left to judge by.`;
  const whole = metrics.filter(({ tags }) => Object.keys(tags).length === 0);
  const doubtful = whole.filter(isInDoubt).length;
  if (doubtful > 0)
    return `In part: ${kept} Of ${doubtful} of ${whole.length} metrics most was measured in those: their figures are shown with all of it, and said to be in doubt.`;
  const expected = whole.reduce((sum, row) => sum + row.expected, 0);
  const there = whole.reduce((sum, row) => sum + row.count + row.excluded, 0);
  return `Yes: ${kept} ${share(there / Math.max(1, expected))} of the expected measurements were taken.`;
}

/** What was lost is true whatever the machine did; how long anything took is not. */
function doubted({ verdict }: Summary, answer: string): string {
  return verdict === 'INVALID' && answer !== '' ? `By times that are not to be believed: ${answer}` : answer;
}

function losses({ ledger, analysts, findings }: Summary): string {
  const proved = findings.flatMap((finding) => {
    const lost = textOf(finding).lines.find(([label]) => label === 'Lost')?.[1];
    return lost === undefined ? [] : [`“${finding.title}” costs: ${lost}`];
  });
  const said = proved.slice(0, 3).join(' ');
  if (analysts === 0) return said === '' ? '' : `Yes, by the findings. ${said}`;
  const counted: readonly (readonly [number | null | undefined, string])[] = [
    [ledger.lost, 'lost'],
    [ledger.duplicated, 'duplicated'],
    [ledger.leaked, 'shown to another organisation'],
    [ledger.stuck, 'stuck'],
    [ledger.resurrected, 'back at work after its end'],
    [ledger.overwritten, 'overwritten'],
    [ledger.orphaned, 'that nobody should have'],
    [ledger.foreignResults, 'with a workbook that is not its own'],
  ];
  const bad = counted.filter(([count]) => (count ?? 0) > 0).map(([count, what]) => `${count} ${what}`);
  const left =
    ledger.remaining === null
      ? 'whether anything stayed in the product is unknown'
      : ledger.remaining === 0
        ? 'all were deleted afterwards'
        : `${ledger.remaining} could not be deleted`;
  if (ledger.intended === 0 && bad.length === 0 && said === '') return 'Nothing could be: no project was launched.';
  const projects = many(ledger.acknowledged, 'project');
  if (bad.length > 0) return `Yes: of ${projects} ${bad.join(', ')}; ${left}. ${said}`.trim();
  const unwatched = counted.filter(([count]) => count === null).map(([, what]) => what);
  const nobody = unwatched.length === 0 ? '' : ` Nobody watched for: ${unwatched.join(', ')}.`;
  const none = `of ${projects} that the product accepted none was lost, duplicated or shown to another organisation; ${left}.${nobody}`;
  return said === '' ? `No: ${none}` : `Yes, by the findings. ${said} But ${none}`;
}

const WAITS = {
  queued: 'in the product’s queue',
  running: 'while the product computed',
  reconnecting: 'without a live connection',
} as const;

/** For the product: what a person decides at leisure is no wait. The longest of each kind, the longest kind first. */
function longestWait(timeline: Timeline | undefined): string {
  const longest = new Map<string, { analyst: string; bundle: string | undefined; ms: number; what: string }>();
  const hear = (kind: string, analyst: string, bundle: string | undefined, ms: number, what: string): void => {
    if (ms > (longest.get(kind)?.ms ?? 0)) longest.set(kind, { analyst, bundle, ms, what });
  };
  for (const { analyst, bundle, steps, phases } of timeline?.lanes ?? []) {
    for (const { phase, from, to } of phases)
      if (phase !== 'review') hear(phase, analyst, bundle, to - from, WAITS[phase]);
    // Who watches a run waits for what the phases tell.
    for (const { name, from, to, outcome } of steps)
      if (!WATCHING.test(name))
        hear('step', analyst, bundle, to - from, `in step “${name}”${outcome === 'ok' ? '' : ', which failed'}`);
  }
  const [first, ...others] = [...longest.values()].sort((one, other) => other.ms - one.ms);
  if (first === undefined) return '';
  const whose = first.bundle === undefined ? '' : ` (bundle ${first.bundle})`;
  const rest = others
    .filter(({ ms }) => ms >= 500)
    .map(({ analyst, ms, what }) => `${what} ${analyst} (${duration(ms)})`);
  return `${first.analyst}${whose}: ${duration(first.ms)} ${first.what}.${rest.length === 0 ? '' : ` Longest otherwise: ${rest.join(', ')}.`}`;
}

/** From which value of LCP and INP on a page is no longer “good”, by p75: https://web.dev/articles/vitals. */
const GOOD_MS: Readonly<Record<string, number>> = { lcp: 2500, inp: 200 };

interface Candidate {
  readonly row: MetricRow;
  readonly page: string;
  readonly value: number;
  readonly ratio: number;
  readonly cause: Cause | undefined;
}

/** The page whose LCP or INP is furthest up its “good” threshold. What analysts brought about themselves is no slowness. */
function slowestPage(metrics: readonly MetricRow[], causes: readonly Cause[]): string {
  const rows = metrics.flatMap((row): Candidate[] => {
    const { page, ...others } = row.tags;
    const good = GOOD_MS[row.name.replace(/^(web|soft)\./, '')];
    const value = shownFigures(row).p75;
    if (page === undefined || Object.keys(others).length > 0 || good === undefined || value === null) return [];
    const cause = causes.find((each) => each.metric === row.name && each.page === page);
    return [{ row, page, value, ratio: value / good, cause }];
  });
  const ordered = rows.sort((one, other) => other.ratio - one.ratio);
  const worst = ordered.find(({ cause }) => cause === undefined || !isOwnDoing(cause));
  const apart = ordered
    .filter(({ ratio, cause }) => ratio > 1 && cause !== undefined && isOwnDoing(cause))
    .map(
      (each) =>
        ` No wait, although the figure is high: ${figureOf(each)}. What is slowest there came only with the analyst’s next step, “${each.cause?.slowest.ownDoing?.step}”.`,
    );
  if (worst === undefined) return apart.join('').trim();
  const part = worst.cause?.slowest.parts[0];
  const element = worst.cause?.slowest.element;
  const because =
    part === undefined
      ? ''
      : `. Most of it, in the slowest quarter of visits: ${duration(part.ms)} ${part.what}${element === undefined ? '' : ` (element ${element})`}`;
  const said = `${figureOf(worst)}${because}.`;
  return `${worst.ratio <= 1 ? `None: every page is within what counts as good. The slowest is ${said}` : said}${apart.join('')}`;
}

/** `wizard: a click or key is answered within 48 ms in three of four visits (INP, route change, p75)`. */
function figureOf({ page, row, value }: Candidate): string {
  const shown = showIn(metricOf(row.name).unit)(value);
  const what = row.name.endsWith('.inp')
    ? `a click or key is answered within ${shown}`
    : `the largest content is there within ${shown}`;
  return `${page}: ${what} in three of four visits (${labelOf(row.name)}, p75)`;
}

function whatFirst(summary: Summary, analysts: readonly AnalystAccount[]): string {
  const { verdict, reasons, findings, ledger, slo, baseline } = summary;
  const [breach] = ledger.breaches ?? [];
  if (breach) return `The ${breach.kind.replaceAll('-', ' ')} project: “${breach.project}” ${breach.what}.`;
  const [finding] = findings;
  if (finding) return `${finding.title} (${finding.severity}). To see it again: ${againOf(finding)}`;
  const failed = analysts.filter(({ outcome }) => outcome !== 'ok');
  if (failed.length > 0)
    return `The ${failed.length === 1 ? 'journey' : `${failed.length} journeys`} that failed: ${failed[0]?.analyst}${failed[0]?.error === undefined ? '' : `: ${failed[0].error.split('\n')[0]}`}`;
  // Nothing of the product: the first reason says why the run did not begin, the last what to do about the generator.
  if (verdict === 'INVALID') return (summary.analysts === 0 ? reasons[0] : reasons.at(-1)) ?? '';
  const judged = slo.filter(({ advisory }) => !advisory);
  const worst = mostMissed(judged);
  if (worst) return `${missedWords(worst)}.`;
  const empty = judged.filter(({ actual }) => actual === null);
  if (empty.length > 0)
    return `The measurement, not the product: there is no sample for ${empty.map((row) => objectiveLine(row).label).join(', ')}. The table of figures says why; a quieter machine or fewer analysts help where samples were left out.`;
  const [regression] = baseline?.regressions ?? [];
  if (regression) return `What became worse since ${baseline?.runId}: ${regression}`;
  if (verdict === 'FAIL') return reasons[0] ?? '';
  const advice = mostMissed(slo.filter(({ advisory }) => advisory));
  return `Nothing has to be${slo.length === 0 ? '' : ': every objective that counts was met'}.${
    advice === undefined ? '' : ` Missed, but only for information: ${missedWords(advice)}.`
  }`;
}

/** The objective that is furthest from what was wanted. */
function mostMissed(slo: readonly SloRow[]): SloRow | undefined {
  const ratio = ({ actual, limit, bound }: SloRow): number => {
    const [value, wanted] = [Math.max(actual ?? 0, Number.EPSILON), Math.max(limit, Number.EPSILON)];
    return bound === 'above' || bound === 'atLeast' ? wanted / value : value / wanted;
  };
  const missed = slo.filter(({ pass, actual }) => !pass && actual !== null);
  return missed.sort((one, other) => ratio(other) - ratio(one))[0];
}

function missedWords(row: SloRow): string {
  const { label, wanted, actual } = objectiveLine(row);
  return `${label} is ${actual} instead of ${wanted}. ${metricOf(row.metric).meaning.replace(/\.$/, '')}`;
}

function againOf(finding: Summary['findings'][number]): string {
  return textOf(finding).lines.find(([label]) => label === 'Again')?.[1] ?? 'see below.';
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
