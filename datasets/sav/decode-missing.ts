/** Missing values of a variable record. */
import { HIGHEST, LOWEST } from './constants.ts';
import type { TextCodec } from './encoding.ts';
import { trimmed } from './extensions.ts';
import type { SavMissing } from './model.ts';
import type { VariableRecord } from './read-records.ts';

/** Reads the record's missing values: discrete, or a range (-2), or a range and one value (-3). */
export function decodeMissing(record: VariableRecord, codec: TextCodec, littleEndian: boolean): SavMissing | undefined {
  if (record.missingKind === 0) return undefined;
  if (record.width > 0)
    return { values: record.missing.map((bytes) => trimmed(codec, bytes.subarray(0, Math.min(8, record.width)))) };
  const numbers = record.missing.map((bytes) => numberOf(bytes, littleEndian));
  if (record.missingKind > 0) return { values: numbers };
  const [low = 0, high = 0, ...values] = numbers;
  return { values, range: { low: low <= LOWEST ? -Infinity : low, high: high >= HIGHEST ? Infinity : high } };
}

export function numberOf(bytes: Buffer, littleEndian: boolean): number {
  return littleEndian ? bytes.readDoubleLE(0) : bytes.readDoubleBE(0);
}
