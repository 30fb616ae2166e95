/** Which answers count as none: system-missing, user-missing, and blank text. */
import { isMissing, type SavVariable } from '../../datasets/sav/index.ts';

/** A test for one variable's values (numeric system-missing is `NaN`), made once and called for every case. */
export function missingTest(variable: SavVariable): (value: number | string) => boolean {
  if (variable.width > 0)
    return (value) => typeof value !== 'string' || value.trim() === '' || isMissing(variable, value);
  if (!variable.missing) return (value) => Number.isNaN(value);
  return (value) => isMissing(variable, value);
}
