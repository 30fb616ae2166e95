/** The workbook of a run: a real one, in a layout of the double's own, with nothing computed in it. */
import { writeXlsx } from 'hucre';
import type { Project, Run } from './state.ts';

/** What each workbook is called on the project's page. */
export const workbookLabels: Readonly<Record<string, string>> = {
  'crosstabs.xlsx': 'Crosstabs',
  'crosstabs-weighted.xlsx': 'Crosstabs (Weighted)',
  'crosstabs-unweighted.xlsx': 'Crosstabs (Unweighted)',
  'crosstabs-counts.xlsx': 'Crosstabs (Counts)',
  'crosstabs-weighted-counts.xlsx': 'Crosstabs (Weighted Counts)',
};

/** Which workbooks a run makes. */
export function workbooksOf({ config }: Run): string[] {
  if (config.displayMode !== 'both' || !config.separateWorkbooks) return ['crosstabs.xlsx'];
  return config.weightVariable === null
    ? ['crosstabs.xlsx', 'crosstabs-counts.xlsx']
    : ['crosstabs-weighted.xlsx', 'crosstabs-weighted-counts.xlsx'];
}

export async function makeWorkbook({ name }: Project, { _id, result }: Run): Promise<Uint8Array> {
  return writeXlsx({
    sheets: [
      {
        name: 'Table of Contents',
        rows: [['Crosstab AI'], [name], [`Run ${_id}`], [`${result?.summary?.tables ?? 0} tables`]],
      },
      { name: 'Tables', rows: [['Q1. Not computed by this double'], ['', 'Total', 'A', 'B'], ['Base', 100, 60, 40]] },
    ],
  });
}
