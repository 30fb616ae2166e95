/** What to do something about first. */
import type { AnalystAccount } from '../analysts.ts';
import { textOf } from '../findings.ts';
import { metricOf } from '../registry/index.ts';
import { objectiveLine } from '../sections.ts';
import type { SloRow, Summary } from '../summary.ts';

/** The gravest of what went wrong, with how to see it again; else what the run could not tell. */
export function whatFirst(summary: Summary, analysts: readonly AnalystAccount[]): string {
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
