/** The first questions of whoever reads a report, answered in a sentence or two each. Pure. */
import type { AnalystAccount } from './analysts.ts';
import { FEW, isOwnDoing, type Cause } from './causes.ts';
import { textOf } from './findings.ts';
import { duration, score, share } from './format.ts';
import { labelOf, metricOf } from './registry/index.ts';
import { isComputing, isInDoubt, objectiveLine, shownFigures, showIn, titleOf, visitsOf } from './sections.ts';
import type { Ledger, MetricRow, SloRow, Summary } from './summary.ts';
import { longestIn, type Phase, type Span, type Timeline } from './timeline.ts';

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
    { question: 'Which page was slow, and why?', answer: slowestPage(summary, causes) },
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
  const of = `${judgedSeconds} seconds from the start line to the last step`;
  const lost = share(invalidSeconds / judgedSeconds);
  if (verdict === 'INVALID')
    return `Not the times: the machine that ran the browsers was too busy in ${invalidSeconds} of the ${of} (${lost}), and made everything slower than it is. What became of the projects is true all the same: it is counted, not timed.`;
  const kept =
    invalidSeconds === 0
      ? `the machine that ran the browsers kept up in all of the ${of}.`
      : `the machine that ran the browsers kept up in ${judgedSeconds - invalidSeconds} of the ${of}. No objective is judged by what was measured in the others (${lost}).`;
  const judged = slo.filter(({ advisory }) => !advisory);
  const empty = judged.filter(({ actual }) => actual === null).length;
  if (empty > 0)
    return `In part: ${kept} For ${empty} of ${many(judged.length, 'objective')} nothing is left to judge by.`;
  const whole = metrics.filter(({ tags }) => Object.keys(tags).length === 0);
  const doubtful = whole.filter(isInDoubt);
  if (doubtful.length > 0)
    return `In part: ${kept} ${doubtful.length} of ${whole.length} metrics were measured mostly in those others, and are marked “in doubt”: ${few([...new Set(doubtful.map(({ name }) => titleOf(name)))])}.`;
  const expected = whole.reduce((sum, row) => sum + row.expected, 0);
  const there = whole.reduce((sum, row) => sum + row.count + row.excluded, 0);
  return `Yes: ${kept} ${share(there / Math.max(1, expected))} of the expected measurements were taken.`;
}

/** What was lost is true whatever the machine did; how long anything took is not. */
function doubted({ verdict }: Summary, answer: string): string {
  return verdict === 'INVALID' && answer !== '' ? `The times are not to be believed. As measured: ${answer}` : answer;
}

function losses({ ledger, analysts, findings }: Summary): string {
  // A defect that a probe proved and that costs work or secrets; what is slow costs neither.
  const proved = findings.flatMap((finding) => {
    const lost = textOf(finding).lines.find(([label]) => label === 'Lost')?.[1];
    return lost === undefined || finding.severity === 'minor' ? [] : [`“${finding.title}” costs: ${lost}`];
  });
  const said = proved.slice(0, 3).join(' ');
  if (analysts === 0) return said === '' ? '' : `Yes, by the findings. ${said}`;
  const left =
    ledger.remaining === null
      ? 'Whether anything stayed in the product is unknown.'
      : ledger.remaining === 0
        ? 'All were deleted afterwards.'
        : `${ledger.remaining} could not be deleted.`;
  const counts = WRONGS.map(({ count, ...words }) => ({ ...words, count: count(ledger) }));
  const bad = counts.filter(({ count }) => (count ?? 0) > 0);
  if (ledger.intended === 0 && bad.length === 0 && said === '') return 'Nothing could be: no project was launched.';
  const projects = many(ledger.acknowledged, 'project');
  const gone = bad.filter(({ isLoss }) => isLoss).length > 0;
  const wrong = bad
    .map(
      ({ count, one, several }, place) =>
        `${count}${place === 0 ? ` of ${projects}` : ''} ${count === 1 ? one : several}`,
    )
    .join(', ');
  if (bad.length > 0)
    return `${gone ? 'Yes:' : 'Nothing was lost or duplicated, but'} ${wrong}. ${left} ${said}`.trim();
  const unwatched = counts.filter(({ count }) => count === null).map(({ one }) => one);
  const nobody = unwatched.length === 0 ? '' : ` Nobody watched whether any ${unwatched.join(', ')}.`;
  const none = `of ${projects} that the product accepted none was lost, duplicated or shown to another organisation. ${left}${nobody}`;
  return said === '' ? `No: ${none}` : `Yes, by the findings. ${said} But ${none}`;
}

/** What may have become of projects, each with the words for it. */
const WRONGS: readonly {
  readonly count: (ledger: Ledger) => number | null | undefined;
  readonly one: string;
  readonly several: string;
  readonly isLoss?: true;
}[] = [
  { count: ({ lost }) => lost, one: 'was lost', several: 'were lost', isLoss: true },
  { count: ({ duplicated }) => duplicated, one: 'was duplicated', several: 'were duplicated', isLoss: true },
  {
    count: ({ leaked }) => leaked,
    one: 'was shown to another organisation',
    several: 'were shown to another organisation',
  },
  { count: ({ stuck }) => stuck, one: 'was stuck', several: 'were stuck' },
  {
    count: ({ resurrected }) => resurrected,
    one: 'went back to work after its end',
    several: 'went back to work after their end',
  },
  { count: ({ overwritten }) => overwritten, one: 'was overwritten', several: 'were overwritten', isLoss: true },
  { count: ({ orphaned }) => orphaned, one: 'should not have existed', several: 'should not have existed' },
  {
    count: ({ foreignResults }) => foreignResults,
    one: 'came with a workbook that is not its own',
    several: 'came with workbooks that are not their own',
  },
];

const WAITS = {
  queued: 'in the product’s queue',
  running: 'while the product computed',
  reconnecting: 'without a live connection',
  review: 'until their review was done, which is their own time',
} as const satisfies Record<Phase, string>;

/** Who waited longest for the product, each kind of wait in all, as the table below the timeline has it; then the longest single step. */
function longestWait(timeline: Timeline | undefined): string {
  const lanes = timeline?.lanes ?? [];
  const waits = (Object.keys(WAITS) as Phase[])
    .flatMap((phase) => {
      const longest = longestIn(lanes, phase);
      return longest === undefined ? [] : [{ phase, ...longest }];
    })
    // What people decide at leisure is no wait for the product, however long.
    .sort((one, other) => Number(one.phase === 'review') - Number(other.phase === 'review') || other.ms - one.ms);
  const said = waits
    .filter(({ ms }, place) => place === 0 || ms >= 500)
    .map(({ phase, lane, ms }, place) => {
      const whose = place > 0 || lane.bundle === undefined ? '' : ` (bundle ${lane.bundle})`;
      return `${lane.analyst}${whose}: ${duration(ms)} in all ${WAITS[phase]}`;
    });
  const step = longestStep(lanes);
  return [said.join('; '), step]
    .filter((each) => each !== '')
    .map((each) => `${each}.`)
    .join(' ');
}

function longestStep(lanes: Timeline['lanes']): string {
  const steps = lanes.flatMap(({ analyst, steps: own }) => own.map((step) => ({ analyst, ...step })));
  const [first, ...others] = steps;
  if (first === undefined) return '';
  const ms = ({ from, to }: Span): number => to - from;
  const { analyst, name, outcome, ...span } = others.reduce((most, step) => (ms(step) > ms(most) ? step : most), first);
  const what = [
    ...(isComputing(`step.${name}`) ? ['in which the product computed'] : []),
    ...(outcome === 'ok' ? [] : ['which failed']),
  ];
  return `The longest single step: “${name}” of ${analyst}, ${duration(ms(span))}${what.length === 0 ? '' : `, ${what.join(', ')}`}`;
}

/** Up to which value of LCP and INP a page is “good”, by p75, and from which on “poor”: https://web.dev/articles/vitals. */
const GOOD_MS: Readonly<Record<string, number>> = { lcp: 2500, inp: 200 };
const POOR_MS: Readonly<Record<string, number>> = { lcp: 4000, inp: 500 };
const GOOD_CLS = 0.1;

interface Candidate {
  readonly row: MetricRow;
  readonly page: string;
  /** Three of four visits are within it; of fewer than four, all. */
  readonly value: number;
  readonly ratio: number;
  readonly max: number;
  readonly cause: Cause | undefined;
}

/** The page whose LCP or INP is furthest up its “good” threshold. What analysts brought about themselves is no slowness. */
function slowestPage({ metrics, verdict }: Summary, causes: readonly Cause[]): string {
  const rows = metrics.flatMap((row): Candidate[] => {
    const { page, ...others } = row.tags;
    const good = GOOD_MS[vitalOf(row)];
    const { p75, max } = shownFigures(row);
    if (page === undefined || Object.keys(others).length > 0 || good === undefined || p75 === null || max === null)
      return [];
    const value = visitsOf(row) < FEW ? max : p75;
    const cause = causes.find((each) => each.metric === row.name && each.page === page);
    return [{ row, page, value, max, ratio: value / good, cause }];
  });
  const ordered = rows.sort((one, other) => other.ratio - one.ratio);
  const own = ({ cause }: Candidate): boolean => cause !== undefined && isOwnDoing(cause);
  const worst = ordered.find((each) => !own(each));
  const apart = ordered
    .filter((each) => each.ratio > 1 && own(each))
    .map(
      (each) =>
        ` Not counted as slow: ${figureOf(each)}, for the largest content came only with the analyst’s own next step, “${each.cause?.slowest.ownDoing?.step}”.`,
    );
  const besides = [...apart, ...jumps(metrics)].join('');
  if (worst === undefined) return besides.trim();
  // Times that are not to be believed make no page good.
  if (verdict === 'INVALID')
    return `Nobody can say: the times are not to be believed. Furthest up its limit, as measured, was ${figureOf(worst)}${becauseOf(worst)}.${jumps(metrics).join('')}`;
  if (worst.ratio > 1) return `${figureOf(worst)}${becauseOf(worst)}.${besides}`;
  const single = ordered
    .filter((each) => !own(each) && visitsOf(each.row) >= FEW && each.max > (POOR_MS[vitalOf(each.row)] ?? Infinity))
    .sort((one, other) => other.max - one.max)
    .map(
      ({ page, max, row }) =>
        ` In single visits it took ${duration(max)} on ${page} (${labelOf(row.name)}); what a live update brings later counts as well.`,
    );
  return `None by LCP and INP: on every page they are within what counts as good (2.5 s, 200 ms). Nearest to its limit is ${figureOf(worst)}${becauseOf(worst)}.${single[0] ?? ''}${besides}`;
}

function vitalOf({ name }: MetricRow): string {
  return name.replace(/^(web|soft)\./, '');
}

function becauseOf({ row, cause }: Candidate): string {
  const part = cause?.slowest.parts[0];
  if (part === undefined) return '';
  const where = cause?.slowest.element === undefined ? '' : ` (element ${cause.slowest.element})`;
  return `. Most of it${visitsOf(row) < FEW ? '' : ', in the slowest quarter of visits'}: ${duration(part.ms)} ${part.what}${where}`;
}

/** One sentence on the page whose content moves most under its reader; none where it keeps still. */
function jumps(metrics: readonly MetricRow[]): string[] {
  const rows = metrics.flatMap((row) => {
    const { page, ...others } = row.tags;
    const value = shownFigures(row).p75;
    return page === undefined || Object.keys(others).length > 0 || vitalOf(row) !== 'cls' || value === null
      ? []
      : [{ page, value, label: labelOf(row.name) }];
  });
  const [worst] = rows.sort((one, other) => other.value - one.value);
  if (worst === undefined || worst.value <= GOOD_CLS) return [];
  return [
    ` But content jumps while it is read: most on ${worst.page}, ${worst.label} ${score(worst.value)} (p75; good is at most ${GOOD_CLS}).`,
  ];
}

/** `wizard: a click or key is answered within 48 ms in three of four visits (INP, route change, p75)`; of few: `within 48 ms, once`. */
function figureOf({ page, row, value }: Candidate): string {
  const shown = showIn(metricOf(row.name).unit)(value);
  const what = row.name.endsWith('.inp')
    ? `a click or key is answered within ${shown}`
    : `the largest content is there within ${shown}`;
  const visits = visitsOf(row);
  const how =
    visits < FEW
      ? `${visits === 1 ? ', once' : ` in ${visits} visits`} (${labelOf(row.name)}${isInDoubt(row) ? ', in doubt' : ''})`
      : ` in three of four visits (${labelOf(row.name)}, p75${isInDoubt(row) ? ', in doubt' : ''})`;
  return `${page}: ${what}${how}`;
}

function whatFirst(summary: Summary, analysts: readonly AnalystAccount[]): string {
  const { verdict, reasons, findings, ledger, slo, baseline } = summary;
  const [breach] = ledger.breaches ?? [];
  const [finding] = findings;
  const proved = finding && `${finding.title} (${finding.severity}). To see it again: ${againOf(finding)}`;
  if (breach) {
    const told = reasons.find((reason) => reason.includes(': see Breaches.'));
    // A grave defect that a probe proved is the likely cause.
    return `${told ?? `The project “${breach.project}” ${breach.what}.`}${finding?.severity === 'critical' ? ` Proved besides: ${proved}` : ''}`;
  }
  if (proved !== undefined) return proved;
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
    return `The measurement, not the product: nothing bad was seen, and too little was measured. Without a sample: ${empty.map((row) => noSample(row)).join('; ')}. Run it again on a quieter machine${summary.analysts > 1 ? ' or with fewer analysts' : ''}.`;
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

/** `p75 of LCP, page load (the only sample was taken while the machine was too busy: 176 ms)`. */
function noSample(row: SloRow): string {
  const { label, samples } = objectiveLine(row);
  return samples === '' ? label : `${label} (${samples})`;
}

function missedWords(row: SloRow): string {
  const { label, wanted, actual } = objectiveLine(row);
  return `${label} is ${actual} instead of ${wanted}. ${metricOf(row.metric).meaning.replace(/\.$/, '')}`;
}

function againOf(finding: Summary['findings'][number]): string {
  return textOf(finding).lines.find(([label]) => label === 'Again')?.[1] ?? 'see below.';
}

/** The first three, and how many more. */
function few(names: readonly string[]): string {
  return names.length <= 3 ? names.join(', ') : `${names.slice(0, 3).join(', ')} and ${names.length - 3} more`;
}

function many(count: number, what: string): string {
  return `${count} ${what}${count === 1 ? '' : 's'}`;
}
