/** Which respondents an expression selects. Missing answers follow SPSS: they are neither true nor false. */
import type { SavVariable } from '../../datasets/sav/index.ts';
import type { Expression } from './expression.ts';
import { missingTest } from './missing.ts';
import type { SurveyData } from './survey-data.ts';

const no = 0;
const yes = 1;
const unknown = 2;

/**
 * Rows (0-based, ascending) that the expression selects. Its variables must have been loaded.
 * Throws for a variable that the data does not have.
 */
export function selectRows(expression: Expression, data: SurveyData): Int32Array {
  const truth = evaluate(expression, data);
  let count = 0;
  for (const value of truth) if (value === yes) count++;
  const rows = new Int32Array(count);
  let next = 0;
  for (let row = 0; row < truth.length; row++) if (truth[row] === yes) rows[next++] = row;
  return rows;
}

function evaluate(expression: Expression, data: SurveyData): Uint8Array {
  switch (expression.kind) {
    case 'and':
      return combine(
        expression.parts.map((part) => evaluate(part, data)),
        no,
        yes,
      );
    case 'or':
      return combine(
        expression.parts.map((part) => evaluate(part, data)),
        yes,
        no,
      );
    case 'not':
      return evaluate(expression.part, data).map((value) => (value === unknown ? unknown : value === yes ? no : yes));
    default:
      return compare(expression, data);
  }
}

/** `decisive` in any part decides; else an unknown part leaves it unknown. */
function combine(parts: readonly Uint8Array[], decisive: number, otherwise: number): Uint8Array {
  const length = parts[0]?.length ?? 0;
  const result = new Uint8Array(length);
  for (let row = 0; row < length; row++) {
    let value = otherwise;
    for (const part of parts) {
      const truth = part[row];
      if (truth === decisive) {
        value = decisive;
        break;
      }
      if (truth === unknown) value = unknown;
    }
    result[row] = value;
  }
  return result;
}

function compare(expression: Extract<Expression, { variable: string }>, data: SurveyData): Uint8Array {
  const variable = data.variable(expression.variable);
  const values = data.column(variable.name);
  const isMissing = missingTest(variable);
  const holds = test(expression, variable);
  const result = new Uint8Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row] ?? NaN;
    result[row] = isMissing(value) ? unknown : holds(value) ? yes : no;
  }
  return result;
}

function test(
  expression: Extract<Expression, { variable: string }>,
  variable: SavVariable,
): (value: number | string) => boolean {
  if (expression.kind === 'compare') {
    const limit = expression.value;
    switch (expression.operator) {
      case '<':
        return (value) => Number(value) < limit;
      case '<=':
        return (value) => Number(value) <= limit;
      case '>':
        return (value) => Number(value) > limit;
      default:
        return (value) => Number(value) >= limit;
    }
  }
  const ranges = expression.items.flatMap((item) => ('text' in item ? [] : [item]));
  const texts = new Set<number | string>();
  for (const item of expression.items) {
    if (!('text' in item)) continue;
    const wanted = item.text.toLowerCase();
    if (variable.width > 0) texts.add(item.text);
    for (const { value, label } of variable.valueLabels ?? []) if (label.toLowerCase() === wanted) texts.add(value);
  }
  const matches = (value: number | string): boolean =>
    texts.has(value) ||
    (typeof value === 'number' || value.trim() !== ''
      ? ranges.some(({ low, high }) => Number(value) >= low && Number(value) <= high)
      : false);
  return expression.negated ? (value) => !matches(value) : matches;
}
