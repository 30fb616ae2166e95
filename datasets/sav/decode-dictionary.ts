/** From records of bytes to a dictionary of names, labels and layouts. */
import type { ByteSource } from './byte-source.ts';
import { SYSTEM_MISSING } from './constants.ts';
import { codecOfFile, type TextCodec } from './encoding.ts';
import {
  readDisplay,
  readLongNames,
  readLongStringLabels,
  readLongStringMissing,
  readVeryLongWidths,
  trimmed,
} from './extensions.ts';
import { unpackFormat } from './formats.ts';
import { elementsOf, layOut, segmentWidths, ELEMENT_BYTES, MAX_STRING_WIDTH, type ColumnLayout } from './layout.ts';
import { decodeMissing, numberOf } from './decode-missing.ts';
import type { SavHeader, SavValueLabel, SavVariable } from './model.ts';
import { parseMultipleResponseSets } from './multiple-response.ts';
import type { DictionaryRecords, ValueLabelRecord, VariableRecord } from './read-records.ts';

/** All that reading the cases needs to know. */
export interface SavLayout {
  readonly header: SavHeader;
  readonly codec: TextCodec;
  readonly columns: readonly ColumnLayout[];
  readonly caseBytes: number;
  readonly littleEndian: boolean;
  readonly bias: number;
  readonly systemMissing: number;
  readonly dataOffset: number;
}

/** A variable with the records that store it: one, or several segments. */
interface Draft {
  readonly name: string;
  readonly shortName: string;
  readonly width: number;
  readonly records: readonly VariableRecord[];
  readonly firstRecord: number;
}

const DAMAGED = 'The file is damaged: export or copy it again.';

/** Decodes the records. Throws SavError when they contradict one another. */
export function decodeDictionary(records: DictionaryRecords, source: ByteSource): SavLayout {
  const { littleEndian } = source;
  const { header, extensions } = records;
  const machine = extensions.get(3);
  const codePage = machine && machine.data.length >= 32 ? int32(machine.data, 28, littleEndian) : undefined;
  const codec = codecOfFile(extensions.get(20)?.data.toString('latin1').replaceAll('\0', '').trim(), codePage);
  const floats = extensions.get(4);
  const systemMissing = floats && floats.data.length >= 8 ? numberOf(floats.data, littleEndian) : SYSTEM_MISSING;

  const drafts = draftVariables(records, codec, source);
  const labels = gatherValueLabels(records, drafts, codec, source);
  const longLabels = readLongStringLabels(extensions.get(21)?.data, codec, littleEndian);
  const longMissing = readLongStringMissing(extensions.get(22)?.data, codec, littleEndian);
  const display = readDisplay(extensions.get(11), records.variables.length, littleEndian);

  const variables = drafts.map((draft): SavVariable => {
    const record = first(draft);
    const valueLabels = longLabels.get(draft.name.toLowerCase()) ?? labels.get(record.element);
    const missing = longMissing.get(draft.name.toLowerCase()) ?? decodeMissing(record, codec, littleEndian);
    return {
      name: draft.name,
      width: draft.width,
      ...(record.label && { label: trimmed(codec, record.label) }),
      ...(valueLabels && valueLabels.length > 0 && { valueLabels }),
      ...(missing && { missing }),
      print: unpackFormat(record.print, draft.width),
      write: unpackFormat(record.write, draft.width),
      ...display[draft.firstRecord],
    };
  });

  const byShortName = new Map(drafts.map((draft) => [draft.shortName.toLowerCase(), draft.name]));
  const setRecords = [extensions.get(7), extensions.get(19)].flatMap((record) => (record ? [record.data] : []));
  const sets = setRecords.flatMap((data) => parseMultipleResponseSets(data, codec, byShortName));
  const weight = weightName(header.weightElement, drafts, source);
  const fileLabel = trimmed(codec, header.fileLabel);
  const { columns, caseBytes } = layOutCase(drafts);
  const stated64 = extensions.get(16);
  return {
    header: {
      variables,
      ...(weight !== undefined && { weight }),
      ...(sets.length > 0 && { multipleResponseSets: sets }),
      encoding: codec.name,
      ...(fileLabel && { fileLabel }),
      ...(records.documents.length > 0 && { documents: records.documents.map((line) => trimmed(codec, line)) }),
      statedCases: header.statedCases ?? (stated64 ? bigCaseCount(stated64.data, littleEndian) : null),
      compression: header.compression,
      product: trimmed(codec, header.product),
    },
    codec,
    columns,
    caseBytes,
    littleEndian,
    bias: header.bias,
    systemMissing,
    dataOffset: records.dataOffset,
  };
}

function draftVariables(records: DictionaryRecords, codec: TextCodec, source: ByteSource): Draft[] {
  const longNames = readLongNames(records.extensions.get(13)?.data, codec);
  const veryLong = readVeryLongWidths(records.extensions.get(14)?.data, codec);
  const drafts: Draft[] = [];
  const taken = new Set<string>();
  for (let index = 0; index < records.variables.length;) {
    const record = records.variables[index];
    if (!record) break;
    const shortName = trimmed(codec, record.name);
    const name = longNames.get(shortName.toLowerCase()) ?? shortName;
    const width = veryLong.get(shortName.toLowerCase()) ?? record.width;
    if (width > MAX_STRING_WIDTH)
      source.fail(`string ${name} states a width of ${width}, above ${MAX_STRING_WIDTH}`, DAMAGED, records.dataOffset);
    const expected = segmentWidths(width);
    const segments = records.variables.slice(index, index + expected.length);
    // Counted in elements: some SPSS versions make the last segment a few bytes wider than its share.
    if (
      segments.length < expected.length ||
      segments.some((segment, nth) => elementsOf(segment.width) !== elementsOf(expected[nth] ?? 0))
    ) {
      source.fail(`string ${name} of ${width} bytes lacks the segments that store it`, DAMAGED, records.dataOffset);
    }
    if (taken.has(name.toLowerCase())) source.fail(`two variables are named ${name}`, DAMAGED, records.dataOffset);
    taken.add(name.toLowerCase());
    drafts.push({ name, shortName, width, records: segments, firstRecord: index });
    index += expected.length;
  }
  return drafts;
}

function gatherValueLabels(
  records: DictionaryRecords,
  drafts: readonly Draft[],
  codec: TextCodec,
  source: ByteSource,
): Map<number, SavValueLabel[]> {
  const byElement = new Map(drafts.map((draft) => [first(draft).element, draft]));
  const lists = new Map<number, SavValueLabel[][]>();
  for (const record of records.valueLabels) {
    // Variables of one width share the decoded list, so that a forged record cannot multiply entries by variables.
    const byWidth = new Map<number, SavValueLabel[]>();
    for (const element of new Set(record.elements)) {
      const draft = byElement.get(element);
      if (!draft)
        source.fail(`value labels name element ${element + 1}, where no variable begins`, DAMAGED, record.offset);
      const decoded = byWidth.get(draft.width) ?? decodeLabels(record.entries, draft.width, codec, source.littleEndian);
      byWidth.set(draft.width, decoded);
      const list = lists.get(element);
      if (list) list.push(decoded);
      else lists.set(element, [decoded]);
    }
  }
  return new Map([...lists].map(([element, all]) => [element, all.length === 1 ? (all[0] ?? []) : all.flat()]));
}

function decodeLabels(
  entries: ValueLabelRecord['entries'],
  width: number,
  codec: TextCodec,
  littleEndian: boolean,
): SavValueLabel[] {
  return entries.map(({ value, label }) => ({
    value: width === 0 ? numberOf(value, littleEndian) : trimmed(codec, value.subarray(0, Math.min(8, width))),
    label: trimmed(codec, label),
  }));
}

function weightName(element: number | null, drafts: readonly Draft[], source: ByteSource): string | undefined {
  if (element === null) return undefined;
  const draft = drafts.find((candidate) => first(candidate).element === element);
  if (!draft || draft.width > 0)
    source.fail(`the weight is element ${element + 1}, which is no numeric variable`, DAMAGED, 76);
  return draft.name;
}

function layOutCase(drafts: readonly Draft[]): { columns: ColumnLayout[]; caseBytes: number } {
  const columns: ColumnLayout[] = [];
  let caseBytes = 0;
  for (const draft of drafts) {
    const placed = layOut(draft.name, draft.width, first(draft).element * ELEMENT_BYTES);
    columns.push(placed.column);
    caseBytes = placed.column.offset + placed.bytes;
  }
  return { columns, caseBytes };
}

function first(draft: Draft): VariableRecord {
  const record = draft.records[0];
  if (!record) throw new Error(`variable ${draft.name} has no record`);
  return record;
}

function int32(bytes: Buffer, offset: number, littleEndian: boolean): number {
  return littleEndian ? bytes.readInt32LE(offset) : bytes.readInt32BE(offset);
}

function bigCaseCount(data: Buffer, littleEndian: boolean): number | null {
  if (data.length < 16) return null;
  const count = Number(littleEndian ? data.readBigInt64LE(8) : data.readBigInt64BE(8));
  return count >= 0 && Number.isSafeInteger(count) ? count : null;
}
