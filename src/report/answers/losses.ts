/** What became of the projects that should not have. */
import { textOf } from '../findings.ts';
import type { Ledger, Summary } from '../summary.ts';
import { many } from './words.ts';

/** What was lost, duplicated, leaked or otherwise done wrong, by the ledger and by the findings. */
export function losses({ ledger, analysts, findings }: Summary): string {
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
