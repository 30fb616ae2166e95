/** What the run was held to, in `report.html`. */
import { objectiveLine } from '../sections.ts';
import { metricOf } from '../registry/index.ts';
import type { Summary } from '../summary.ts';
import { escape, metricLink, notes, section, stackedTable } from './parts.ts';

/** What the run was held to, the missed ones first, each with what it means and what it was judged by; `tooBusy`: by nothing. */
export function objectivePart({ slo, sloNotAsked = [], verdict }: Summary, tooBusy: boolean): string {
  if (slo.length + sloNotAsked.length === 0) return '';
  const undecided = verdict === 'INVALID' || tooBusy;
  const head = (label: string, metric: string): string =>
    `<th scope="row">${metricLink(metric, label)}<small>${escape(metricOf(metric).meaning)}</small></th>`;
  const held = [...slo]
    .sort((a, b) => Number(a.pass) - Number(b.pass) || Number(a.advisory ?? false) - Number(b.advisory ?? false))
    .map((row) => {
      const { label, wanted, actual, samples, outcome, pass } = objectiveLine(row, undecided);
      const exact = row.actual === null ? 'no sample' : String(row.actual);
      const by = samples === '' ? '' : `<small>${escape(samples)}</small>`;
      // Red is what counts.
      const look = undecided ? '' : pass ? ' class="met"' : row.advisory ? '' : ' class="short"';
      return `<tr>${head(label, row.metric)}<td>${escape(wanted)}</td><td title="${exact}">${escape(actual)}${by}</td><td${look}>${outcome}</td></tr>`;
    });
  const unasked = sloNotAsked.map((row) => {
    const { label, wanted } = objectiveLine({ ...row, actual: null, pass: false });
    return `<tr>${head(label, row.metric)}<td>${escape(wanted)}</td><td>–</td><td>not asked: ${escape(row.why)}</td></tr>`;
  });
  const title = `Objectives: ${undecided ? `not judged, for ${tooBusy ? 'the machine was too busy' : 'the run is INVALID'}` : outcomeOf(slo)}`;
  const said = [
    'p95 of a time is the value that 95 of 100 samples do not exceed; p75, that three of four do not.',
    '“Advisory” objectives are for information and fail nothing.',
  ];
  const heads = ['', 'wanted', 'actual', 'outcome'];
  return section(
    'objectives',
    title,
    notes(said) + stackedTable('Objectives', 'objectives', heads, [...held, ...unasked]),
  );
}

/** `1 of 10 missed, for want of samples, and an advisory one missed besides`. */
function outcomeOf(slo: Summary['slo']): string {
  const judged = slo.filter(({ advisory }) => !advisory);
  const missed = judged.filter(({ pass }) => !pass);
  const empty = missed.filter(({ actual }) => actual === null).length;
  const lack = empty === 0 ? '' : empty === missed.length ? ', for want of samples' : `, ${empty} for want of samples`;
  const advice = slo.filter(({ advisory, pass }) => advisory && !pass).length;
  const besides =
    advice === 0 ? '' : `, and ${advice === 1 ? 'an advisory one' : `${advice} advisory ones`} missed besides`;
  return `${missed.length === 0 ? `all ${judged.length} met` : `${missed.length} of ${judged.length} missed${lack}`}${besides}`;
}
