/** What a run proved, in `report.html`: findings, breaches of the ledger, probes, what became of each analyst, what was complained of. */
import type { AnalystAccount } from '../analysts.ts';
import { textOf } from '../findings.ts';
import type { Complaint } from '../complaints.ts';
import { breachLines } from '../ledger-view.ts';
import type { Finding, Summary } from '../summary.ts';
import { atMost, definitions, escape, folded, list, note, part, section, wordLine, wordTable } from './parts.ts';

/** More of a kind are said to be there, and are in the run's folder. */
const MOST = 40;

/** Every finding whole: what is lost and seen, and below it, folded, who did what when. */
export function findingPart({ findings }: Summary): string {
  if (findings.length === 0) return '';
  const title = `Findings: ${findings.length === 1 ? 'one defect' : `${findings.length} defects`} of the product, proved`;
  return section('findings', title, findings.map(oneFinding).join(''));
}

function oneFinding(finding: Finding): string {
  const { title, lines } = textOf(finding);
  const isDetail = ([label]: readonly [string, string]): boolean => label === 'Step' || label === 'Request';
  const details = lines.filter(isDetail);
  const facts = lines.filter((line) => !isDetail(line)).map(([label, text]) => [WORDS[label] ?? label, text] as const);
  const story = details.length === 0 ? '' : folded('Who did what when', definitions(details));
  return part(title, definitions(facts) + story);
}

const WORDS: Readonly<Record<string, string>> = {
  Lost: 'What is lost',
  Seen: 'What was seen',
  Again: 'To see it again',
};

/** Every breach of the ledger, with who saw what when. */
export function breachPart({ ledger }: Summary): string {
  const { breaches = [] } = ledger;
  if (breaches.length === 0) return '';
  const { shown, rest } = atMost(breaches, MOST);
  const items = shown.map(breachLines).map(({ title, lines }) => {
    const few = atMost(lines, MOST);
    return `<details open><summary>${escape(title)}</summary>${list([...few.shown, ...(few.rest === '' ? [] : [few.rest])])}</details>`;
  });
  const said = `What the product did to a project that must not happen to one, with who saw it when (times are UTC).`;
  const title = `Lost or wrong: ${breaches.length === 1 ? 'one breach' : `${breaches.length} breaches`} of the ledger`;
  return section('breaches', title, note(said) + items.join('') + (rest === '' ? '' : note(rest)));
}

export function probePart({ probes = [] }: Summary): string {
  if (probes.length === 0) return '';
  const words = { clean: 'clean', finding: 'finding', broken: 'came to no answer', 'not-run': 'not run' };
  const lines = probes.map(({ id, title, outcome, tries, hits, why = '' }) =>
    wordLine([title, words[outcome], `${hits} of ${tries}`, id, why]),
  );
  const found = probes.filter(({ outcome }) => outcome === 'finding').length;
  const title = `Probes: ${found === 0 ? 'none found a defect' : `${found} of ${probes.length} found a defect`}`;
  const said = 'Each tries on purpose what may go wrong when several people work at once.';
  return section(
    'probes',
    title,
    note(said) + wordTable('Probes', ['What is tried', 'Outcome', 'Defect seen', 'Probe', ''], lines),
  );
}

export function analystPart(analysts: readonly AnalystAccount[]): string {
  if (analysts.length === 0) return '';
  const words = { ok: 'finished', failed: 'failed', unfinished: 'never finished', absent: 'left no record' };
  const lines = [...analysts]
    .sort((one, other) => Number(one.outcome === 'ok') - Number(other.outcome === 'ok'))
    .map(({ analyst, organization, bundle, outcome, error, lastStep, lacks }) => {
      const missing = outcome === 'ok' && lacks.length > 0 ? `no ${lacks.join(', no ')}` : '';
      const why = outcome === 'ok' ? missing : (error ?? (lastStep === undefined ? '' : `last step: ${lastStep}`));
      return wordLine([analyst, words[outcome], organization ?? '', bundle ?? '', why]);
    });
  const finished = analysts.filter(({ outcome }) => outcome === 'ok').length;
  const heads = ['Analyst', 'Journey', 'Organisation', 'Bundle', ''];
  return section(
    'analysts',
    `Analysts: ${finished} of ${analysts.length} finished their journey`,
    wordTable('Analysts', heads, lines),
  );
}

export function complaintPart(complaints: readonly Complaint[]): string {
  if (complaints.length === 0) return '';
  const { shown, rest } = atMost(complaints, MOST);
  const lines = shown.map(({ source, count, analysts, message }) =>
    wordLine([source, String(count), String(analysts), message]),
  );
  const said =
    'What pages, their consoles, requests and messages on the screen complained of. It decides nothing by itself.';
  const table = wordTable('Noticed on the way', ['Source', 'Times', 'Analysts', 'What it said'], lines);
  return section('noticed', 'Noticed on the way', note(said) + table + (rest === '' ? '' : note(rest)));
}
