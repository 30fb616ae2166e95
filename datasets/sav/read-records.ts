/** The dictionary as records of bytes, before its encoding is known. */
import type { ByteSource } from './byte-source.ts';
import { readFileHeader, type FileHeaderRecord } from './read-file-header.ts';
import { elementsOf } from './layout.ts';

export interface VariableRecord {
  /** Index of its first 8-byte element within a case, from 0. */
  readonly element: number;
  readonly width: number;
  readonly name: Buffer;
  readonly label?: Buffer;
  /** Count as the file has it: 1–3 discrete values, -2 a range, -3 a range and a value. */
  readonly missingKind: number;
  readonly missing: readonly Buffer[];
  readonly print: number;
  readonly write: number;
}

export interface ValueLabelRecord {
  readonly entries: readonly { readonly value: Buffer; readonly label: Buffer }[];
  /** First elements of the variables it belongs to, from 0. */
  readonly elements: readonly number[];
  readonly offset: number;
}

export interface ExtensionRecord {
  readonly size: number;
  readonly count: number;
  readonly data: Buffer;
}

export interface DictionaryRecords {
  readonly header: FileHeaderRecord;
  readonly variables: readonly VariableRecord[];
  readonly elementCount: number;
  readonly valueLabels: readonly ValueLabelRecord[];
  readonly documents: readonly Buffer[];
  /** By subtype; of a repeated subtype the last one. */
  readonly extensions: ReadonlyMap<number, ExtensionRecord>;
  /** Where the cases begin. */
  readonly dataOffset: number;
}

const RECORD = { variable: 2, valueLabels: 3, labelledVariables: 4, documents: 6, extension: 7, end: 999 } as const;

/** Subtypes this codec understands; all others are stepped over without being read. */
const KNOWN_SUBTYPES: ReadonlySet<number> = new Set([3, 4, 7, 11, 13, 14, 16, 19, 20, 21, 22]);

const DOCUMENT_LINE_BYTES = 80;
const DAMAGED = 'The file is damaged: export or copy it again.';

/** Reads everything before the cases. Throws SavError with the byte offset for whatever is not a sound dictionary. */
export async function readRecords(source: ByteSource): Promise<DictionaryRecords> {
  const header = await readFileHeader(source);
  const variables: VariableRecord[] = [];
  const valueLabels: ValueLabelRecord[] = [];
  const documents: Buffer[] = [];
  const extensions = new Map<number, ExtensionRecord>();
  let elementCount = 0;

  for (;;) {
    const offset = source.position;
    const type = await source.int32('dictionary');
    switch (type) {
      case RECORD.variable: {
        const record = await readVariable(source, elementCount);
        variables.push(record);
        elementCount += elementsOf(record.width);
        break;
      }
      case RECORD.valueLabels:
        valueLabels.push(await readValueLabels(source, offset));
        break;
      case RECORD.documents:
        documents.push(...(await readDocuments(source)));
        break;
      case RECORD.extension: {
        const extension = await readExtension(source);
        if (extension) extensions.set(extension.subtype, extension.record);
        break;
      }
      case RECORD.end:
        await source.int32('end of the dictionary');
        return { header, variables, elementCount, valueLabels, documents, extensions, dataOffset: source.position };
      default:
        source.fail(`${type} is not the number of a dictionary record`, DAMAGED, offset);
    }
  }
}

async function readVariable(source: ByteSource, element: number): Promise<VariableRecord> {
  const record = await readVariableFields(source, element);
  if (record.width < 0) source.fail('a string continuation record follows no string variable', DAMAGED);
  // A string longer than 8 bytes is followed by a dummy record for each further element; a few writers repeat the label in it.
  for (let count = elementsOf(record.width); count > 1; count -= 1) {
    const offset = source.position;
    const type = await source.int32('string continuation record');
    const dummy = type === RECORD.variable ? await readVariableFields(source, element) : undefined;
    if (dummy?.width !== -1) source.fail('a string variable lacks its continuation record', DAMAGED, offset);
  }
  return record;
}

async function readVariableFields(source: ByteSource, element: number): Promise<VariableRecord> {
  const offset = source.position - 4;
  const width = await source.int32('variable record');
  const hasLabel = await source.int32('variable record');
  const missingKind = await source.int32('variable record');
  const print = await source.int32('variable record');
  const write = await source.int32('variable record');
  const name = await source.take(8, 'variable record');
  if (width < -1 || width > 255)
    source.fail(`a variable record states a width of ${width}, outside 0 to 255`, DAMAGED, offset);
  if (Math.abs(missingKind) > 3 || missingKind === -1) {
    source.fail(
      `a variable record states ${missingKind} missing values, which is none of 0, 1, 2, 3, -2, -3`,
      DAMAGED,
      offset,
    );
  }
  let label: Buffer | undefined;
  if (hasLabel === 1) {
    const length = await source.int32('variable label');
    if (length < 0) source.fail(`a variable label states a length of ${length}`, DAMAGED, offset);
    label = await source.take(length, 'variable label');
    source.skip((4 - (length % 4)) % 4, 'variable label');
  }
  const missing: Buffer[] = [];
  for (let index = 0; index < Math.abs(missingKind); index += 1) missing.push(await source.take(8, 'missing values'));
  return { element, width, name, ...(label && { label }), missingKind, missing, print, write };
}

async function readValueLabels(source: ByteSource, offset: number): Promise<ValueLabelRecord> {
  const count = await source.int32('value labels');
  const entries: { value: Buffer; label: Buffer }[] = [];
  for (let index = 0; index < count; index += 1) {
    const value = await source.take(8, 'value labels');
    const length = (await source.take(1, 'value labels'))[0] ?? 0;
    const label = await source.take(length, 'value labels');
    source.skip((8 - ((length + 1) % 8)) % 8, 'value labels');
    entries.push({ value, label });
  }
  if ((await source.int32('value labels')) !== RECORD.labelledVariables) {
    source.fail('value labels are not followed by the variables they belong to', DAMAGED, offset);
  }
  const variableCount = await source.int32('value labels');
  const elements: number[] = [];
  for (let index = 0; index < variableCount; index += 1) elements.push((await source.int32('value labels')) - 1);
  return { entries, elements, offset };
}

async function readDocuments(source: ByteSource): Promise<Buffer[]> {
  const count = await source.int32('documents');
  const lines: Buffer[] = [];
  for (let index = 0; index < count; index += 1) lines.push(await source.take(DOCUMENT_LINE_BYTES, 'documents'));
  return lines;
}

async function readExtension(source: ByteSource): Promise<{ subtype: number; record: ExtensionRecord } | undefined> {
  const offset = source.position - 4;
  const subtype = await source.int32('extension record');
  const size = await source.int32('extension record');
  const count = await source.int32('extension record');
  if (size < 0 || count < 0)
    source.fail(`extension record ${subtype} states ${count} parts of ${size} bytes`, DAMAGED, offset);
  const what = `extension record ${subtype}`;
  if (!KNOWN_SUBTYPES.has(subtype)) {
    source.skip(size * count, what);
    return undefined;
  }
  return { subtype, record: { size, count, data: await source.take(size * count, what) } };
}
