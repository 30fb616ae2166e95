/** The extension records (type 7) of a dictionary. */
import { ByteBuilder } from './byte-builder.ts';
import { HIGHEST, LOWEST, SYSTEM_MISSING } from './constants.ts';
import type { PlacedVariable } from './encode-dictionary.ts';
import type { TextCodec } from './encoding.ts';
import type { SavDictionary } from './model.ts';
import { formatMultipleResponseSets } from './multiple-response.ts';

const MEASURE_CODES = { nominal: 1, ordinal: 2, scale: 3 } as const;
const ALIGNMENT_CODES = { left: 0, right: 1, center: 2 } as const;

/** Widest column a string gets unless told otherwise, as in SPSS. */
const MAX_DEFAULT_COLUMNS = 32;

/** Writes machine, floats, sets, display, long names, very long strings, their labels and missing values, and the encoding. */
export function encodeExtensions(
  out: ByteBuilder,
  dictionary: SavDictionary,
  placed: readonly PlacedVariable[],
  codec: TextCodec,
  littleEndian: boolean,
): void {
  const record = (subtype: number, size: number, data: Buffer): void => {
    if (data.length > 0) out.int32(7, subtype, size, data.length / size).raw(data);
  };
  const build = (): ByteBuilder => new ByteBuilder(littleEndian);

  // Version 20.0.0; machine unknown; IEEE 754; compression code; byte order; code page.
  record(
    3,
    4,
    build()
      .int32(20, 0, 0, -1, 1, 1, littleEndian ? 2 : 1, codec.codePage)
      .build(),
  );
  record(4, 8, build().float64(SYSTEM_MISSING, HIGHEST, LOWEST).build());

  const shortByName = new Map(
    placed.map(({ variable, shortNames }) => [variable.name.toLowerCase(), shortNames[0] ?? '']),
  );
  const sets = formatMultipleResponseSets(dictionary.multipleResponseSets ?? [], codec, shortByName);
  record(7, 1, sets.plain);
  record(11, 4, display(placed, build()));
  record(13, 1, codec.encode(placed.map(({ variable, shortNames }) => `${shortNames[0]}=${variable.name}`).join('\t')));
  const veryLong = placed.filter(({ shortNames }) => shortNames.length > 1);
  record(
    14,
    1,
    codec.encode(
      veryLong
        .map(({ variable, shortNames }) => `${shortNames[0]}=${String(variable.width).padStart(5, '0')}\0\t`)
        .join(''),
    ),
  );
  record(19, 1, sets.extended);
  record(20, 1, Buffer.from(codec.name, 'latin1'));
  record(21, 1, longStringLabels(placed, codec, build()));
  record(22, 1, longStringMissing(placed, codec, build()));
}

function display(placed: readonly PlacedVariable[], out: ByteBuilder): Buffer {
  for (const { variable, shortNames } of placed) {
    const isString = variable.width > 0;
    const measure = variable.measure ? MEASURE_CODES[variable.measure] : isString ? MEASURE_CODES.nominal : 0;
    const columns = variable.columns ?? (isString ? Math.min(variable.width, MAX_DEFAULT_COLUMNS) : 8);
    const alignment = ALIGNMENT_CODES[variable.alignment ?? (isString ? 'left' : 'right')];
    for (let segment = 0; segment < shortNames.length; segment += 1) out.int32(measure, columns, alignment);
  }
  return out.build();
}

function longStringLabels(placed: readonly PlacedVariable[], codec: TextCodec, out: ByteBuilder): Buffer {
  for (const { variable } of placed) {
    if (variable.width <= 8 || !variable.valueLabels || variable.valueLabels.length === 0) continue;
    const name = codec.encode(variable.name);
    out.int32(name.length).raw(name).int32(variable.width, variable.valueLabels.length);
    for (const { value, label } of variable.valueLabels) {
      const labelBytes = codec.encode(label);
      out
        .int32(variable.width)
        .padded(codec.encode(String(value)), variable.width)
        .int32(labelBytes.length)
        .raw(labelBytes);
    }
  }
  return out.build();
}

function longStringMissing(placed: readonly PlacedVariable[], codec: TextCodec, out: ByteBuilder): Buffer {
  for (const { variable } of placed) {
    if (variable.width <= 8 || !variable.missing || variable.missing.values.length === 0) continue;
    const name = codec.encode(variable.name);
    out.int32(name.length).raw(name).raw(Uint8Array.of(variable.missing.values.length)).int32(8);
    for (const value of variable.missing.values) out.padded(codec.encode(String(value)), 8);
  }
  return out.build();
}
