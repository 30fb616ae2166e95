/** Header and dictionary as bytes. */
import { ByteBuilder } from './byte-builder.ts';
import { COMPRESSION_BIAS, HIGHEST, LOWEST } from './constants.ts';
import type { TextCodec } from './encoding.ts';
import { encodeExtensions } from './encode-extensions.ts';
import { defaultFormat, packFormat } from './formats.ts';
import { ELEMENT_BYTES, elementsOf, layOut, segmentWidths, type ColumnLayout } from './layout.ts';
import type { SavCompression, SavDictionary, SavValueLabel, SavVariable } from './model.ts';
import { shortNames } from './short-names.ts';

export interface EncodeOptions {
  readonly compression: SavCompression;
  readonly product: string;
  readonly createdAt: Date;
  readonly littleEndian: boolean;
}

/** A variable on its way into the file. */
export interface PlacedVariable {
  readonly variable: SavVariable;
  readonly column: ColumnLayout;
  /** One for each of its records. */
  readonly shortNames: readonly string[];
}

export interface EncodedDictionary {
  readonly bytes: Buffer;
  readonly placed: readonly PlacedVariable[];
  readonly caseBytes: number;
}

const PRODUCT_PREFIX = '@(#) SPSS DATA FILE';
const COMPRESSION_CODES: Readonly<Record<SavCompression, number>> = { none: 0, bytecode: 1, zlib: 2 };
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** Encodes a checked dictionary; the number of cases is left at -1 (unknown). */
export function encodeDictionary(
  dictionary: SavDictionary,
  codec: TextCodec,
  options: EncodeOptions,
): EncodedDictionary {
  const { placed, caseBytes } = place(dictionary.variables);
  const out = new ByteBuilder(options.littleEndian);
  writeHeader(out, dictionary, codec, options, placed, caseBytes);
  for (const each of placed) writeVariable(out, each, codec);
  writeValueLabels(out, placed, codec);
  if (dictionary.documents && dictionary.documents.length > 0) {
    out.int32(6, dictionary.documents.length);
    for (const line of dictionary.documents) out.padded(codec.encode(line), 80);
  }
  encodeExtensions(out, dictionary, placed, codec, options.littleEndian);
  out.int32(999, 0);
  return { bytes: out.build(), placed, caseBytes };
}

function place(variables: readonly SavVariable[]): { placed: PlacedVariable[]; caseBytes: number } {
  const names = shortNames(variables);
  let caseBytes = 0;
  const placed = variables.map((variable, index) => {
    const { column, bytes } = layOut(variable.name, variable.width, caseBytes);
    caseBytes += bytes;
    return { variable, column, shortNames: names[index] ?? [] };
  });
  return { placed, caseBytes };
}

function writeHeader(
  out: ByteBuilder,
  dictionary: SavDictionary,
  codec: TextCodec,
  options: EncodeOptions,
  placed: readonly PlacedVariable[],
  caseBytes: number,
): void {
  const { createdAt, compression } = options;
  const two = (value: number): string => String(value).padStart(2, '0');
  const product = options.product.startsWith(PRODUCT_PREFIX) ? options.product : `${PRODUCT_PREFIX} ${options.product}`;
  const weight = placed.find(({ variable }) => variable.name.toLowerCase() === dictionary.weight?.toLowerCase());
  out.raw(Buffer.from(compression === 'zlib' ? '$FL3' : '$FL2'));
  out.padded(Buffer.from(product, 'latin1').subarray(0, 60), 60);
  out.int32(
    2,
    caseBytes / ELEMENT_BYTES,
    COMPRESSION_CODES[compression],
    weight ? weight.column.offset / ELEMENT_BYTES + 1 : 0,
    -1,
  );
  out.float64(COMPRESSION_BIAS);
  const month = MONTHS[createdAt.getUTCMonth()] ?? '';
  out.padded(Buffer.from(`${two(createdAt.getUTCDate())} ${month} ${two(createdAt.getUTCFullYear() % 100)}`), 9);
  out.padded(
    Buffer.from([createdAt.getUTCHours(), createdAt.getUTCMinutes(), createdAt.getUTCSeconds()].map(two).join(':')),
    8,
  );
  out.padded(codec.encode(dictionary.fileLabel ?? ''), 64);
  out.raw(Buffer.alloc(3));
}

function writeVariable(out: ByteBuilder, { variable, shortNames: names }: PlacedVariable, codec: TextCodec): void {
  segmentWidths(variable.width).forEach((width, segment) => {
    const isFirst = segment === 0;
    const missing = isFirst ? missingNumbers(variable, codec) : { kind: 0, write: () => undefined };
    const print = isFirst ? (variable.print ?? defaultFormat(variable.width)) : defaultFormat(width);
    const write = isFirst ? (variable.write ?? print) : defaultFormat(width);
    const label = isFirst ? variable.label : undefined;
    out.int32(
      2,
      width,
      label === undefined ? 0 : 1,
      missing.kind,
      packFormat(print, width) ?? 0,
      packFormat(write, width) ?? 0,
    );
    out.padded(Buffer.from(names[segment] ?? '', 'latin1'), 8);
    if (label !== undefined) {
      const bytes = codec.encode(label);
      out.int32(bytes.length).aligned(bytes, 4);
    }
    missing.write(out);
    for (let extra = 1; extra < elementsOf(width); extra += 1) out.int32(2, -1, 0, 0, 0, 0).padded(Buffer.alloc(0), 8);
  });
}

/** Missing values as the variable record has them; those of wider strings go to an extension record. */
function missingNumbers(variable: SavVariable, codec: TextCodec): { kind: number; write: (out: ByteBuilder) => void } {
  const { missing, width } = variable;
  if (!missing || width > 8) return { kind: 0, write: () => undefined };
  const ends = missing.range
    ? [
        missing.range.low === -Infinity ? LOWEST : missing.range.low,
        missing.range.high === Infinity ? HIGHEST : missing.range.high,
      ]
    : [];
  const count = ends.length + missing.values.length;
  return {
    kind: missing.range ? -count : count,
    write(out) {
      out.float64(...ends);
      for (const value of missing.values) {
        if (typeof value === 'number') out.float64(value);
        else out.padded(codec.encode(value), 8);
      }
    },
  };
}

/** One record for all variables that share the same labels, as SPSS does. */
function writeValueLabels(out: ByteBuilder, placed: readonly PlacedVariable[], codec: TextCodec): void {
  const groups = new Map<string, { labels: readonly SavValueLabel[]; elements: number[] }>();
  for (const { variable, column } of placed) {
    if (!variable.valueLabels || variable.valueLabels.length === 0 || variable.width > 8) continue;
    const key = JSON.stringify([
      variable.width > 0,
      variable.valueLabels.map(({ value, label }) => [Object.is(value, -0) ? '-0' : value, label]),
    ]);
    const group = groups.get(key) ?? { labels: variable.valueLabels, elements: [] };
    group.elements.push(column.offset / ELEMENT_BYTES + 1);
    groups.set(key, group);
  }
  for (const { labels, elements } of groups.values()) {
    out.int32(3, labels.length);
    for (const { value, label } of labels) {
      if (typeof value === 'number') out.float64(value);
      else out.padded(codec.encode(value), 8);
      const bytes = codec.encode(label);
      out.aligned(Buffer.concat([Buffer.from([bytes.length]), bytes]), 8);
    }
    out.int32(4, elements.length, ...elements);
  }
}
