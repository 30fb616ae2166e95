/** Which tables a workbook of a data file holds, by the rule of the workbook's layout. */
import { isMissing, openSav, type SavDictionary, type SavVariable } from '../sav/index.ts';

/** Share of valid answers that must carry a value label for a variable to be categorical. */
const nearlyAll = 0.9;

const labelCount = (variable: SavVariable): number => variable.valueLabels?.length ?? 0;

/** Variables that could be tabulated as far as the dictionary tells: 2 to 30 value labels, no item of a dichotomy set, not the weight. */
function candidates(dictionary: SavDictionary, weight: string | undefined): SavVariable[] {
  const items = new Set(
    (dictionary.multipleResponseSets ?? []).filter((set) => set.kind === 'dichotomies').flatMap((set) => set.variables),
  );
  return dictionary.variables.filter(
    (variable) =>
      variable.width === 0 &&
      variable.name !== weight &&
      !items.has(variable.name) &&
      labelCount(variable) >= 2 &&
      labelCount(variable) <= 30,
  );
}

/** Ids of a file's tables: variables first, then multiple-response sets, both in the order of the file. Reads every case once. */
export async function tableIds(path: string, weight: string | undefined): Promise<string[]> {
  const file = await openSav(path);
  try {
    const tabulated = candidates(file.header, weight);
    const labelled = tabulated.map((variable) => new Set(variable.valueLabels?.map(({ value }) => value)));
    const valid = tabulated.map(() => 0);
    const named = tabulated.map(() => 0);
    for await (const batch of file.cases({ columns: tabulated.map((variable) => variable.name) })) {
      for (const row of batch) {
        tabulated.forEach((variable, i) => {
          const value = row[i] ?? null;
          if (value === null || isMissing(variable, value)) return;
          valid[i] = (valid[i] ?? 0) + 1;
          if (labelled[i]?.has(value)) named[i] = (named[i] ?? 0) + 1;
        });
      }
    }
    const kept = tabulated.filter((_, i) => (named[i] ?? 0) > 0 && (named[i] ?? 0) >= nearlyAll * (valid[i] ?? 0));
    return [
      ...kept.map((variable) => variable.name),
      ...(file.header.multipleResponseSets ?? []).map((set) => set.name.replace(/^\$/, '')),
    ];
  } finally {
    await file.close();
  }
}
