/** The first questions of whoever reads a report, answered in a sentence or two each. Pure. */
import type { AnalystAccount } from '../analysts.ts';
import type { Cause } from '../causes.ts';
import { share } from '../format.ts';
import { isInDoubt, titleOf } from '../sections.ts';
import type { Summary } from '../summary.ts';
import type { Timeline } from '../timeline.ts';
import { losses } from './losses.ts';
import { slowestPage } from './slow-page.ts';
import { longestWait } from './waits.ts';
import { whatFirst } from './what-first.ts';
import { few, many } from './words.ts';

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
