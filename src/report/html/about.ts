/** The last parts of `report.html`: how it stands to an earlier run, with what it was run, and what words mean. */
import type { RunFile } from '../../run/run-file.ts';
import { bytes } from '../format.ts';
import { labelOf, metricOf } from '../registry/index.ts';
import type { Summary } from '../summary.ts';
import { definitions, escape, folded, glossaryId, list, note, section, wordLine, wordTable } from './parts.ts';

export function baselinePart({ baseline, runId }: Summary): string {
  if (baseline === undefined) return '';
  const { runId: earlier, compared, unlike, regressions } = baseline;
  const outcome =
    unlike.length > 0
      ? 'the two cannot be compared'
      : regressions.length === 0
        ? `none of ${compared} metrics became worse`
        : `${regressions.length} of ${compared} metrics became worse`;
  const said =
    unlike.length > 0
      ? unlike
      : regressions.length > 0
        ? regressions
        : ['No change for the worse that is more than chance and large enough to matter.'];
  const how = `Run ${earlier} is the baseline, the earlier run that this one is held against. Both in full: npm run compare -- ${earlier} ${runId}`;
  return section('baseline', `Against the baseline ${earlier}: ${outcome}`, list(said) + note(how));
}

/** For whoever wants to run it again: all settings, those that were given no value left out. */
export function settingsPart({ settings, versions, host, target, profile, bundles = [] }: RunFile): string {
  const text = (value: unknown): string => {
    if (value === undefined || value === null || value === '') return '';
    if (Array.isArray(value)) return value.join(', ');
    return typeof value === 'string' ? value : JSON.stringify(value);
  };
  const { memoryBytes } = host;
  const memory = typeof memoryBytes === 'number' ? { memory: bytes(memoryBytes) } : {};
  const lines = (facts: Readonly<Record<string, unknown>>): string[] =>
    Object.entries(facts)
      .map(([name, value]) => [name, text(value)] as const)
      .filter(([, value]) => value !== '')
      .map(wordLine);
  const product = `${target.kind}, ${target.baseURL}`;
  const facts = {
    product,
    profile,
    bundles: bundles.map(({ name }) => name),
    ...versions,
    ...host,
    memoryBytes: undefined,
    ...memory,
  };
  const about = wordTable('Product, versions, machine', ['What', 'Value'], lines(facts));
  const all = folded('All settings', wordTable('Settings', ['Setting', 'Value'], lines(settings)));
  return section('settings', 'With what it was run', about + all);
}

const WORDS: readonly (readonly [string, string])[] = [
  [
    'analyst',
    'One simulated user: an account and a real browser of its own that does what a person would do, with pauses to think.',
  ],
  ['journey', 'What an analyst does from sign-in to the end, in named steps.'],
  ['start line', 'All analysts sign in first and then begin together; from that moment on everything counts.'],
  ['bundle', 'What an analyst uploads: a survey’s data file, its questionnaire and sometimes a plan of the columns.'],
  ['card', 'A project on the dashboard, with its status. It changes by itself while the page is open.'],
  ['queue, slot', 'The product computes a few projects at once, each in a slot; the others wait in its queue.'],
  ['review', 'A project whose columns need a person’s decision waits until its analyst has taken it.'],
  [
    'verdict',
    'PASS: nothing was lost, every journey ended well, every objective was met. FAIL: one of these is not so, or a defect was proved. INVALID: the machine that ran the browsers was the bottleneck, or the run could not begin, so that nothing can be said of the product.',
  ],
  ['objective', 'What the run is held to: a bound on a metric. An advisory one is shown and fails nothing.'],
  [
    'ledger',
    'The account of every project: each that was intended must have been accepted, listed, ended and deleted, exactly once, and shown to nobody of another organisation. A breach is a project for which one of these is not so: lost, duplicated, shown to strangers, stuck, overwritten, or with another’s result.',
  ],
  [
    'workbook as made alone',
    'A result that was downloaded is compared with the one that the same choices give when nobody else works.',
  ],
  [
    'probe, finding',
    'A probe tries on purpose what may go wrong when several people work at once; a finding is a defect of the product that it has proved, with evidence.',
  ],
  ['p50, p75, p95, p99', 'Percentiles: 50, 75, 95, 99 of 100 samples are at most so large. p50 is the median.'],
  ['sample', 'One measurement. “14 of 17” says that 17 should exist and 14 do.'],
  ['censored', 'The step failed or ran out of time: its true duration is longer than the one that counts here.'],
  [
    'too busy, guard',
    'A second in which the event loops or page timers of the machine that ran the browsers came so late that its measurements are in doubt. How late is too late, the guards say (settings GUARD_…).',
  ],
  [
    'excluded',
    'Measured in such a second: kept out of the figures, and no objective is judged by it. What the figures are with them stands below them, where that is something else.',
  ],
  ['in doubt', 'Most samples were measured in such seconds, so that all of them are shown.'],
  ['generator', 'Muster itself: the machine and the processes that run the browsers.'],
  [
    'page load, route change',
    'A page load fetches a new document; a route change shows another page within the one that is open.',
  ],
  [
    'frame',
    'Of a live connection: one message. Of a page: one picture that the browser paints; a long one takes more than 50 ms.',
  ],
];

/** The words that a newcomer does not know, and what each metric that is shown means, how it was taken and where it is biased. */
export function glossaryPart({ metrics, slo }: Summary): string {
  const shown = new Map(
    [...metrics.map(({ name }) => name), ...slo.map(({ metric }) => metric)].map((name) => [metricOf(name).name, name]),
  );
  const entries = [...shown].map(([family, member]) => {
    const { label, meaning, taken, bias, name } = metricOf(member);
    const title = family === member ? labelOf(member) : label;
    const known = bias === '–' ? '' : ` <em>To know:</em> ${escape(bias)}`;
    return `<dt id="${glossaryId(member)}">${escape(title)} <small>${escape(name)}</small></dt><dd>${escape(meaning)}<small>${escape(taken)}${known}</small></dd>`;
  });
  const figures = entries.length === 0 ? '' : `<h3>Metrics</h3><dl class="glossary">${entries.join('')}</dl>`;
  return section('glossary', 'Glossary', definitions(WORDS, 'glossary') + figures);
}
