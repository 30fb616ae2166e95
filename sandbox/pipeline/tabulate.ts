/** Counts, column percentages, bases and significance letters of tables over a banner. */
import { missingTest } from './missing.ts';
import { columnLetter, criticalZ, effectiveBase, twoProportionZ } from './significance.ts';
import type { SurveyData } from './survey-data.ts';
import type { TablePlan } from './table-plan.ts';

/** A banner column: its respondents as ascending 0-based rows. The first cut is always the Total. */
export interface Cut {
  readonly group: string;
  readonly name: string;
  readonly letter: string;
  readonly rows: Int32Array;
}

export interface CutCells {
  /** Valid answers, unweighted. */
  readonly base: number;
  /** Sum of weights of the valid answers; equals `base` without a weight. */
  readonly weightedBase: number;
  /** Kish's effective base of the valid answers. */
  readonly effectiveBase: number;
  /** Per table row: (weighted) respondents. */
  readonly counts: Float64Array;
  /** Per table row: share of the column's (weighted) base, 0–100. */
  readonly percents: Float64Array;
  /** Per table row: letters of the columns of the same group that this one is significantly higher than. */
  readonly letters: readonly string[];
}

export interface TableResult {
  readonly plan: TablePlan;
  /** In the order of the cuts. */
  readonly cuts: readonly CutCells[];
}

export interface Testing {
  /** Confidence levels in per cent; with two, the lower one's letters are lower case. */
  readonly levels: readonly number[];
  /** Columns with a smaller unweighted base are not tested. */
  readonly minBase: number;
}

/** Total first, then the banner's columns, lettered A, B, C, … */
export function lettered(
  total: Int32Array,
  columns: readonly { group: string; name: string; rows: Int32Array }[],
): Cut[] {
  return [{ group: 'Total', name: 'Total', rows: total }, ...columns].map((cut, index) => ({
    ...cut,
    letter: columnLetter(index),
  }));
}

/** One table over all cuts. `weights`: per case, missing or not positive weighs nothing; undefined: every case counts 1. */
export function tabulate(
  plan: TablePlan,
  data: SurveyData,
  cuts: readonly Cut[],
  weights: Float64Array | undefined,
  testing: Testing,
): TableResult {
  const answers = codeAnswers(plan, data);
  const raw = cuts.map((cut) => countCut(answers, plan.rows.length, cut.rows, weights));
  const letters = testColumns(raw, cuts, plan.rows.length, testing);
  return { plan, cuts: raw.map((cells, index) => ({ ...cells, letters: letters[index] ?? [] })) };
}

/** Per case: whether it answered, and which table rows it falls into. */
interface CodedAnswers {
  readonly answered: Uint8Array;
  /** One array for a single answer, several for multiple response: the row's index, or -1. */
  readonly codes: readonly Int16Array[];
}

function codeAnswers(plan: TablePlan, data: SurveyData): CodedAnswers {
  const answered = new Uint8Array(data.caseCount);
  const rowOfValue = new Map(plan.rows.map((row, index) => [row.value, index]));
  const codes = plan.variables.map((name) => {
    const variable = data.variable(name);
    const values = data.column(name);
    const isMissing = missingTest(variable);
    const own = plan.kind === 'dichotomies' ? plan.rows.findIndex((row) => row.variable === name) : -1;
    const counted = plan.rows[own]?.value;
    const coded = new Int16Array(values.length).fill(-1);
    for (let index = 0; index < values.length; index++) {
      const value = values[index] ?? NaN;
      if (isMissing(value)) continue;
      answered[index] = 1;
      if (own >= 0) {
        if (value === counted) coded[index] = own;
      } else coded[index] = rowOfValue.get(value) ?? -1;
    }
    return coded;
  });
  return { answered, codes };
}

type RawCells = Omit<CutCells, 'letters'>;

function countCut(
  { answered, codes }: CodedAnswers,
  rowCount: number,
  rows: Int32Array,
  weights: Float64Array | undefined,
): RawCells {
  const counts = new Float64Array(rowCount);
  // A respondent who gives one category twice in a set counts once.
  const lastSeen = codes.length > 1 ? new Int32Array(rowCount).fill(-1) : undefined;
  let base = 0;
  let weightedBase = 0;
  let squares = 0;
  for (let position = 0; position < rows.length; position++) {
    const index = rows[position] ?? 0;
    if (answered[index] === 0) continue;
    let weight = 1;
    if (weights) {
      const stated = weights[index] ?? NaN;
      weight = stated > 0 ? stated : 0;
    }
    base++;
    weightedBase += weight;
    squares += weight * weight;
    for (const coded of codes) {
      const row = coded[index] ?? -1;
      if (row < 0) continue;
      if (lastSeen) {
        if (lastSeen[row] === index) continue;
        lastSeen[row] = index;
      }
      counts[row] = (counts[row] ?? 0) + weight;
    }
  }
  const percents = counts.map((count) => (weightedBase > 0 ? (100 * count) / weightedBase : 0));
  return { base, weightedBase, effectiveBase: effectiveBase(weightedBase, squares), counts, percents };
}

function testColumns(
  cells: readonly RawCells[],
  cuts: readonly Cut[],
  rowCount: number,
  { levels, minBase }: Testing,
): string[][] {
  const strict = criticalZ(Math.max(...levels));
  const loose = criticalZ(Math.min(...levels));
  return cuts.map((cut, self) => {
    const own = cells[self];
    const letters = new Array<string>(rowCount).fill('');
    if (!own || self === 0 || own.base < minBase) return letters;
    for (let other = 1; other < cuts.length; other++) {
      const rival = cuts[other];
      const theirs = cells[other];
      if (other === self || !rival || !theirs || rival.group !== cut.group || theirs.base < minBase) continue;
      for (let row = 0; row < rowCount; row++) {
        const z = twoProportionZ(
          (own.percents[row] ?? 0) / 100,
          own.effectiveBase,
          (theirs.percents[row] ?? 0) / 100,
          theirs.effectiveBase,
        );
        if (z > strict) letters[row] += rival.letter;
        else if (z > loose) letters[row] += rival.letter.toLowerCase();
      }
    }
    return letters;
  });
}
