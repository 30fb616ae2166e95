/** Which values count as missing, by the rules of SPSS. */
import type { SavValue, SavVariable } from './model.ts';

/**
 * Whether a value is user-missing for the variable: one of the discrete values, or inside the range (both ends belong to it).
 * Strings are compared without trailing spaces. System-missing (`null` or `NaN`) is not user-missing.
 */
export function isUserMissing(variable: Pick<SavVariable, 'missing'>, value: SavValue): boolean {
  const { missing } = variable;
  if (!missing || value === null) return false;
  if (typeof value === 'string') {
    const trimmed = trimEnd(value);
    return missing.values.some((candidate) => typeof candidate === 'string' && trimEnd(candidate) === trimmed);
  }
  if (Number.isNaN(value)) return false;
  if (missing.range && value >= missing.range.low && value <= missing.range.high) return true;
  return missing.values.includes(value);
}

/** Whether a value is missing at all: system-missing (`null` or `NaN`) or user-missing. */
export function isMissing(variable: Pick<SavVariable, 'missing'>, value: SavValue): boolean {
  return value === null || (typeof value === 'number' && Number.isNaN(value)) || isUserMissing(variable, value);
}

function trimEnd(text: string): string {
  return text.replace(/ +$/, '');
}
