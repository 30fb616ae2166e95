/** Which tables a data file gives, and their rows: Path B of the pipeline. */
import type { SavMultipleResponseSet, SavVariable } from '../../datasets/sav/index.ts';
import { answerLabels } from './lexicon.ts';
import { missingTest } from './missing.ts';
import type { SurveyData } from './survey-data.ts';
import { isRespondentId, looksLikeWeight } from './variable-kinds.ts';

export interface TableRow {
  readonly label: string;
  /** The value that counts: of the table's variable, of any member of a category set, or of the row's own variable in a dichotomy set. */
  readonly value: number | string;
  /** Dichotomy sets only: the variable behind the row. */
  readonly variable?: string;
}

export interface TablePlan {
  /** Variable name, or multiple-response set's name without `$`. */
  readonly id: string;
  readonly title: string;
  readonly kind: 'single' | 'dichotomies' | 'categories';
  readonly variables: readonly string[];
  readonly rows: readonly TableRow[];
}

const fewestLabels = 2;
const mostLabels = 30;
/** "Nearly all labelled": at least this share of the valid answers. */
const labelledShare = 0.9;

/** Names of the columns that `planTables` looks at. */
export function tableColumns(data: SurveyData): string[] {
  const { multipleResponseSets = [] } = data.header;
  return [
    ...new Set([...candidates(data).map(({ name }) => name), ...multipleResponseSets.flatMap((set) => set.variables)]),
  ].filter((name) => data.find(name));
}

function candidates(data: SurveyData): SavVariable[] {
  const { variables, multipleResponseSets = [], weight } = data.header;
  const dichotomies = new Set(
    multipleResponseSets.filter(({ kind }) => kind === 'dichotomies').flatMap((set) => set.variables),
  );
  return variables.filter((variable) => {
    const labels = answerLabels(variable).length;
    if (labels < fewestLabels || labels > mostLabels) return false;
    return (
      !dichotomies.has(variable.name) &&
      variable.name !== weight &&
      !isRespondentId(variable) &&
      !looksLikeWeight(variable)
    );
  });
}

/**
 * The tables of a file in its own order: one for every variable with 2–30 value labels whose answers are nearly all
 * labelled, and one for every multiple-response set, standing where its first variable stands.
 * `questions` gives titles to variables that have no label.
 */
export function planTables(data: SurveyData, questions: ReadonlyMap<string, string>): TablePlan[] {
  const order = new Map(data.header.variables.map((variable, index) => [variable.name, index]));
  const placed: { at: number; table: TablePlan }[] = [];
  for (const variable of candidates(data)) {
    const rows = rowsOf(variable, data);
    if (rows) {
      const title = variable.label ?? questions.get(variable.name) ?? variable.name;
      placed.push({
        at: order.get(variable.name) ?? 0,
        table: { id: variable.name, title, kind: 'single', variables: [variable.name], rows },
      });
    }
  }
  for (const set of data.header.multipleResponseSets ?? []) {
    const table = setTable(set, data, questions);
    // Half a place earlier: a set precedes the table of its own first variable.
    if (table) placed.push({ at: (order.get(table.variables[0] ?? '') ?? 0) - 0.5, table });
  }
  return placed.sort((a, b) => a.at - b.at).map(({ table }) => table);
}

/** A row for each labelled answer in the order of values, then one for each unlabelled value that occurs. */
function rowsOf(variable: SavVariable, data: SurveyData): TableRow[] | undefined {
  const labels = answerLabels(variable);
  const known = new Set(labels.map(({ value }) => value));
  const isMissing = missingTest(variable);
  const unlabelled = new Map<number | string, number>();
  let answers = 0;
  for (const value of data.column(variable.name)) {
    if (isMissing(value)) continue;
    answers++;
    if (!known.has(value)) unlabelled.set(value, (unlabelled.get(value) ?? 0) + 1);
  }
  let strays = 0;
  for (const count of unlabelled.values()) strays += count;
  if (answers > 0 && strays / answers > 1 - labelledShare) return undefined;
  const rows = [...labels, ...[...unlabelled.keys()].map((value) => ({ value, label: String(value) }))];
  return rows.sort((a, b) => (typeof a.value === 'number' && typeof b.value === 'number' ? a.value - b.value : 0));
}

function setTable(
  set: SavMultipleResponseSet,
  data: SurveyData,
  questions: ReadonlyMap<string, string>,
): TablePlan | undefined {
  const variables = set.variables.flatMap((name) => data.find(name) ?? []);
  if (variables.length === 0) return undefined;
  const id = set.name.replace(/^\$/, '');
  const title = set.label || (questions.get(variables[0]?.name ?? '') ?? id);
  const names = variables.map(({ name }) => name);
  if (set.kind === 'dichotomies') {
    const rows = variables.map((variable) => ({
      label: variable.label ?? variable.name,
      value: countedValue(set, variable),
      variable: variable.name,
    }));
    return { id, title, kind: 'dichotomies', variables: names, rows };
  }
  const labels = new Map<number | string, string>();
  for (const variable of variables)
    for (const { value, label } of answerLabels(variable)) if (!labels.has(value)) labels.set(value, label);
  const rows = [...labels].map(([value, label]) => ({ value, label }));
  rows.sort((a, b) => (typeof a.value === 'number' && typeof b.value === 'number' ? a.value - b.value : 0));
  return rows.length > 0 ? { id, title, kind: 'categories', variables: names, rows } : undefined;
}

function countedValue(set: SavMultipleResponseSet, variable: SavVariable): number | string {
  const text = set.countedValue ?? '1';
  return variable.width === 0 ? Number(text) : text.trimEnd();
}
