/** The top of `report.html`: the verdict and why, what was done, the first questions answered, and where the rest stands. */
import { answersOf, type AnswerInput } from '../answers/index.ts';
import type { AnalystAccount } from '../analysts.ts';
import { figuresOf } from '../figures.ts';
import { duration } from '../format.ts';
import { distinct } from '../sentences.ts';
import type { Summary, Verdict } from '../summary.ts';
import { atMost, definitions, escape, folded, list, section } from './parts.ts';

/** A sign beside the verdict's word, so that neither stands alone. */
const SIGN: Record<Verdict, string> = {
  PASS: '<path d="M5 13l5 5L20 7"/>',
  FAIL: '<path d="M6 6l12 12M18 6L6 18"/>',
  INVALID: '<path d="M12 5v9M12 18.5v.5"/>',
};

const MEANING: Partial<Record<Verdict, string>> = { INVALID: 'neither passed nor failed: it cannot be judged' };

/** More reasons than this are folded away. */
const REASONS = 8;

export function verdictPart(summary: Summary): string {
  const { verdict } = summary;
  const [first = '', ...others] = distinct(summary.reasons);
  const { shown } = atMost(others, REASONS);
  const hidden = others.slice(shown.length);
  const sign = `<svg viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="3" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true">${SIGN[verdict]}</svg>`;
  return `<header><h1 class="${verdict}">${sign}${verdict}${MEANING[verdict] === undefined ? '' : ` <small>${MEANING[verdict]}</small>`}</h1>
<p class="lead">${escape(first)}</p>
${shown.length === 0 ? '' : list(shown)}
${hidden.length === 0 ? '' : folded(`${hidden.length} more reasons`, list(hidden))}
<p class="note">${escape(whatItWas(summary))}</p></header>`;
}

/** For whoever was not there: who did what to which product, and when. */
function whatItWas({
  analysts,
  overlap,
  probes = [],
  target,
  profile,
  startedAt,
  endedAt,
  runId,
  shard,
}: Summary): string {
  const where =
    target.kind === 'embedded' ? 'the sandbox (the embedded product, a sample that comes with Muster)' : target.baseURL;
  const who =
    analysts === 0
      ? probes.length === 0
        ? `No analyst worked in ${where}`
        : `Muster searched ${where} for defects with ${probes.length === 1 ? 'one probe' : `${probes.length} probes`}; no analyst worked besides`
      : analysts === 1
        ? `One analyst, in a real browser, worked in ${where}`
        : `${analysts} analysts, each in a real browser, worked in ${where}, up to ${overlap.achieved} at the same time (load: ${profile})`;
  const when = `${startedAt.slice(0, 10)}, ${startedAt.slice(11, 19)} to ${endedAt.slice(11, 19)} UTC`;
  const took = duration(Date.parse(endedAt) - Date.parse(startedAt));
  return `${who}. ${when} (${took}), run ${runId}${shard === null ? '' : `, shard ${shard}`}.`;
}

export function answerPart(input: AnswerInput): string {
  const answers = answersOf(input).map(({ question, answer }) => [question, answer] as const);
  return answers.length === 0 ? '' : section('answers', 'In short', definitions(answers, 'answers'));
}

/** Links to all that follows; `places` are ids and what they are called. */
export function contents(places: readonly (readonly [id: string, name: string])[]): string {
  const links = places.map(([id, name]) => `<li><a href="#${id}">${escape(name)}</a></li>`);
  return `<nav aria-label="On this page"><ul>${links.join('')}</ul></nav>`;
}

export function figurePart(summary: Summary, analysts: readonly AnalystAccount[]): string {
  const pairs = figuresOf(summary, analysts).map(([label, parts]) => [label, parts.join(' · ')] as const);
  return section('figures', 'In figures', definitions(pairs));
}
