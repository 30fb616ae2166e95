/** Which workbooks a configuration makes, and what each must hold. */

export type Measures = 'percentages' | 'counts' | 'both';

/** Names of the workbooks of a successful run, and what they show. */
export function workbooksFor({
  displayMode,
  separateWorkbooks,
  weighted,
}: {
  displayMode: string;
  separateWorkbooks: boolean;
  weighted: boolean;
}): { readonly file: string; readonly measures: Measures }[] {
  if (displayMode !== 'Both')
    return [{ file: 'crosstabs.xlsx', measures: displayMode === 'Counts' ? 'counts' : 'percentages' }];
  if (!separateWorkbooks) return [{ file: 'crosstabs.xlsx', measures: 'both' }];
  return weighted
    ? [
        { file: 'crosstabs-weighted.xlsx', measures: 'percentages' },
        { file: 'crosstabs-weighted-counts.xlsx', measures: 'counts' },
      ]
    : [
        { file: 'crosstabs.xlsx', measures: 'percentages' },
        { file: 'crosstabs-counts.xlsx', measures: 'counts' },
      ];
}

/** A flagged column and what its reviewer made of it. */
export interface DecidedColumn {
  readonly group: string;
  readonly column: string;
  readonly decision: 'accept' | 'alternative' | 'hint' | 'skip';
  /** What the product suggested; undefined when nothing. */
  readonly proposed: string | undefined;
}

/** Columns that must be in the tables, and those that must not. What a hint leads to is the product's own affair. */
export function bannerAfterReview(decided: readonly DecidedColumn[]): { present: string[]; absent: string[] } {
  const name = ({ group, column }: DecidedColumn): string => `${group}: ${column}`;
  return {
    present: decided
      .filter(
        ({ decision, proposed }) =>
          decision === 'alternative' || (decision === 'accept' && proposed !== undefined && /[=<>]/.test(proposed)),
      )
      .map(name),
    absent: decided.filter(({ decision }) => decision === 'skip').map(name),
  };
}
