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
  const { title, lines, pictures } = textOf(finding);
  const isDetail = ([label]: readonly [string, string]): boolean => label === 'Step' || label === 'Request';
  const details = lines.filter(isDetail);
  const isFact = (line: readonly [string, string]): boolean => !isDetail(line) && line[0] !== 'Pictures';
  const facts = lines.filter(isFact).map(([label, text]) => [WORDS[label] ?? label, text] as const);
  const story = details.length === 0 ? '' : folded('Who did what when', definitions(details));
  return part(title, definitions(facts) + pictureNote(pictures) + story);
}

/** Links, not pictures: the page loads nothing, and goes where its folder does not. */
function pictureNote(pictures: readonly string[]): string {
  if (pictures.length === 0) return '';
  const links = pictures.map((path) => {
    const name = escape(path.split('/').at(-1) ?? path);
    return /^[\w-]+(\/[\w.-]+)+$/.test(path) ? `<a href="${path}">${name}</a>` : name;
  });
  return `<p class="note">Pictures of the screens, in files beside this one: ${links.join(', ')}</p>`;
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
  const items = shown.map(breachLines).map(({ title, lines }, place) => {
    const few = atMost(lines, MOST);
    return `<details${place === 0 ? ' open' : ''}><summary>${escape(title)}</summary>${list([...few.shown, ...(few.rest === '' ? [] : [few.rest])])}</details>`;
  });
  const said = `What the product did to a project that must not happen to one, and who saw it first and when (UTC).`;
  const many = new Set(breaches.map(({ project }) => project)).size;
  const title = `Breaches: ${many === 1 ? 'one project was' : `${many} projects were`} wronged by the product`;
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
  const line = ({ analyst, organization, bundle, outcome, error, lastStep, lacks }: AnalystAccount): string => {
    const missing = outcome === 'ok' && lacks.length > 0 ? `no ${lacks.join(', no ')}` : '';
    const why = outcome === 'ok' ? missing : (error ?? (lastStep === undefined ? '' : `last step: ${lastStep}`));
    return wordLine([analyst, words[outcome], organization ?? '', bundle ?? '', why]);
  };
  const table = (name: string, of: readonly AnalystAccount[]): string =>
    of.length === 0 ? '' : wordTable(name, ['Analyst', 'Journey', 'Organisation', 'Bundle', ''], of.map(line));
  const finished = analysts.filter(({ outcome }) => outcome === 'ok');
  // There is nothing to be told of those who did all there was to do, and they are many.
  const well = finished.filter(({ lacks }) => lacks.length === 0);
  const others = [
    ...analysts.filter(({ outcome }) => outcome !== 'ok'),
    ...finished.filter(({ lacks }) => lacks.length > 0),
  ];
  const rest =
    well.length === 0
      ? ''
      : folded('Who finished, for which organisation, with which bundle', table('Analysts who finished', well));
  return section(
    'analysts',
    `Analysts: ${finished.length} of ${analysts.length} finished their journey`,
    table(well.length === 0 ? 'Analysts' : 'The other analysts', others) + rest,
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
