/** Which page was slow, and what made it so. */
import { FEW, isOwnDoing, type Cause } from '../causes.ts';
import { duration, score } from '../format.ts';
import { labelOf, metricOf } from '../registry/index.ts';
import { isInDoubt, shownFigures, showIn, visitsOf } from '../sections.ts';
import type { MetricRow, Summary } from '../summary.ts';

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
export function slowestPage({ metrics, verdict }: Summary, causes: readonly Cause[]): string {
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
