/** Extension records (type 7) that describe variables. A part that cannot be understood is left out, as other readers do. */
import type { TextCodec } from './encoding.ts';
import type { SavMissing, SavValueLabel, SavVariable } from './model.ts';
import type { ExtensionRecord } from './read-records.ts';

export type Display = Pick<SavVariable, 'measure' | 'columns' | 'alignment'>;

const MEASURES = [undefined, 'nominal', 'ordinal', 'scale'] as const;
const ALIGNMENTS = ['left', 'right', 'center'] as const;

/** Text without the padding that fixed-size fields carry at their end. */
export function trimmed(codec: TextCodec, bytes: Buffer): string {
  let end = bytes.length;
  while (end > 0 && (bytes[end - 1] === 0x20 || bytes[end - 1] === 0)) end -= 1;
  return codec.decode(bytes, 0, end);
}

/** Subtype 11: measure, column width and alignment for each variable record (older files leave the width out). */
export function readDisplay(
  record: ExtensionRecord | undefined,
  recordCount: number,
  littleEndian: boolean,
): readonly Display[] {
  if (!record || record.size !== 4 || recordCount === 0) return [];
  const fields = record.count / recordCount;
  if (fields !== 2 && fields !== 3) return [];
  const view = new DataView(record.data.buffer, record.data.byteOffset, record.data.length);
  return Array.from({ length: recordCount }, (_, index): Display => {
    const at = index * fields * 4;
    const measure = MEASURES[view.getInt32(at, littleEndian)];
    const columns = fields === 3 ? view.getInt32(at + 4, littleEndian) : undefined;
    const alignment = ALIGNMENTS[view.getInt32(at + (fields - 1) * 4, littleEndian)];
    return { ...(measure && { measure }), ...(columns !== undefined && { columns }), ...(alignment && { alignment }) };
  });
}

/** Subtype 13: `SHORT=long` pairs, tab-separated. Keys are lower-case. */
export function readLongNames(data: Buffer | undefined, codec: TextCodec): Map<string, string> {
  return new Map(pairs(data, codec));
}

/** Subtype 14: `SHORT=00300` pairs with the true width of very long strings. Keys are lower-case. */
export function readVeryLongWidths(data: Buffer | undefined, codec: TextCodec): Map<string, number> {
  const widths = pairs(data, codec).map(([name, width]): [string, number] => [name, Number.parseInt(width, 10)]);
  return new Map(widths.filter(([, width]) => width > 255));
}

function pairs(data: Buffer | undefined, codec: TextCodec): [string, string][] {
  if (!data) return [];
  return codec
    .decode(data)
    .split('\t')
    .flatMap((pair): [string, string][] => {
      const text = pair.replaceAll('\0', '');
      const split = text.indexOf('=');
      return split > 0 ? [[text.slice(0, split).trim().toLowerCase(), text.slice(split + 1).trimEnd()]] : [];
    });
}

/** Subtype 21: value labels of strings wider than 8 bytes, by lower-case long name. */
export function readLongStringLabels(
  data: Buffer | undefined,
  codec: TextCodec,
  littleEndian: boolean,
): Map<string, SavValueLabel[]> {
  const labels = new Map<string, SavValueLabel[]>();
  const cursor = new Cursor(data, littleEndian);
  while (!cursor.done) {
    const name = trimmed(codec, cursor.counted()).toLowerCase();
    cursor.int32();
    const count = cursor.int32();
    const entries: SavValueLabel[] = [];
    for (let index = 0; index < count && !cursor.done; index += 1) {
      const value = trimmed(codec, cursor.counted());
      entries.push({ value, label: trimmed(codec, cursor.counted()) });
    }
    if (!cursor.overrun) labels.set(name, entries);
  }
  return labels;
}

/** Subtype 22: missing values of strings wider than 8 bytes, by lower-case long name. */
export function readLongStringMissing(
  data: Buffer | undefined,
  codec: TextCodec,
  littleEndian: boolean,
): Map<string, SavMissing> {
  const missing = new Map<string, SavMissing>();
  const cursor = new Cursor(data, littleEndian);
  while (!cursor.done) {
    const name = trimmed(codec, cursor.counted()).toLowerCase();
    const count = cursor.byte();
    const length = cursor.int32();
    const values: string[] = [];
    for (let index = 0; index < count; index += 1) {
      // Some old writers repeat the length before every value after the first.
      if (index > 0 && cursor.peekInt32() === length) cursor.int32();
      values.push(trimmed(codec, cursor.bytes(length)));
    }
    if (!cursor.overrun) missing.set(name, { values });
  }
  return missing;
}

/** Walks a record's bytes; past its end it yields nothing and remembers. */
class Cursor {
  overrun = false;
  private at = 0;
  private readonly data: Buffer;
  private readonly littleEndian: boolean;

  constructor(data: Buffer | undefined, littleEndian: boolean) {
    this.data = data ?? Buffer.alloc(0);
    this.littleEndian = littleEndian;
  }

  get done(): boolean {
    return this.overrun || this.at >= this.data.length;
  }

  bytes(length: number): Buffer {
    if (length < 0 || this.at + length > this.data.length) {
      this.overrun = true;
      return Buffer.alloc(0);
    }
    this.at += length;
    return this.data.subarray(this.at - length, this.at);
  }

  byte(): number {
    return this.bytes(1)[0] ?? 0;
  }

  peekInt32(): number | undefined {
    if (this.at + 4 > this.data.length) return undefined;
    return this.littleEndian ? this.data.readInt32LE(this.at) : this.data.readInt32BE(this.at);
  }

  int32(): number {
    const value = this.peekInt32();
    this.bytes(4);
    return value ?? 0;
  }

  counted(): Buffer {
    return this.bytes(this.int32());
  }
}
