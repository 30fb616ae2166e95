/** The 8-byte names that every variable record carries beside the long name. */
import type { SavVariable } from './model.ts';
import { segmentWidths } from './layout.ts';

const MAX_BYTES = 8;
/** Stem of the names of further segments, which end in a running number. */
const SEGMENT_STEM = 5;

/**
 * For each variable the short names of its records: one, or one for each segment of a very long string.
 * Upper-case ASCII, unique within the file, and the same for the same dictionary.
 */
export function shortNames(variables: readonly SavVariable[]): string[][] {
  const taken = new Set<string>();
  const nextNumber = new Map<string, number>();
  // Names that are short already keep their own; the others step aside.
  const own = variables.map((variable) => {
    const upper = variable.name.toUpperCase();
    if (!/^[A-Z@][A-Z0-9._@#$]{0,7}$/.test(upper)) return undefined;
    taken.add(upper);
    return upper;
  });
  return variables.map((variable, index) => {
    const firstName = own[index] ?? claim(stemOf(variable.name), MAX_BYTES, taken, nextNumber);
    const rest = segmentWidths(variable.width)
      .slice(1)
      .map(() => claim(firstName, SEGMENT_STEM, taken, nextNumber));
    return [firstName, ...rest];
  });
}

function stemOf(name: string): string {
  const ascii = name.toUpperCase().replace(/[^A-Z0-9._@#$]/g, '');
  return /^[A-Z@]/.test(ascii) ? ascii.slice(0, MAX_BYTES) : 'V';
}

function claim(wanted: string, keep: number, taken: Set<string>, nextNumber: Map<string, number>): string {
  if (keep === MAX_BYTES && !taken.has(wanted)) {
    taken.add(wanted);
    return wanted;
  }
  const separator = keep === MAX_BYTES ? '_' : '';
  const key = `${wanted} ${keep}`;
  for (let number = nextNumber.get(key) ?? 0; ; number += 1) {
    const suffix = separator + number.toString(36).toUpperCase();
    const name = wanted.slice(0, Math.min(keep, MAX_BYTES - suffix.length)) + suffix;
    if (taken.has(name)) continue;
    taken.add(name);
    nextNumber.set(key, number + 1);
    return name;
  }
}
