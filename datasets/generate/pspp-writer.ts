/** Data files written by PSPP itself, from our cases as CSV and our dictionary as syntax, so that our codec does not vouch for itself. */
import { createWriteStream } from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { SavCase, SavCompression, SavDictionary, SavValue, SavVariable } from '../sav/index.ts';
import { literal, withPspp } from './pspp.ts';

const field = (value: SavValue): string => {
  if (value === null) return '';
  return typeof value === 'number' ? String(value) : `"${value.replaceAll('"', '""')}"`;
};

function* csv(rows: Iterable<SavCase>): Generator<string> {
  for (const row of rows) yield `${row.map(field).join(',')}\n`;
}

const inputFormat = ({ width, print }: SavVariable): string =>
  width > 0 ? `A${width}` : `F${print?.type === 'F' ? `${print.width}.${print.decimals}` : '20.0'}`;

function describe(variable: SavVariable): string[] {
  const { name, label, valueLabels = [], missing, measure, print, columns } = variable;
  return [
    ...(label === undefined ? [] : [`VARIABLE LABELS ${name} ${literal(label)}.`]),
    ...(valueLabels.length === 0
      ? []
      : [
          `VALUE LABELS ${name} ${valueLabels.map(({ value, label: text }) => `${value} ${literal(text)}`).join(' ')}.`,
        ]),
    ...(missing ? [`MISSING VALUES ${name} (${missing.values.join(', ')}).`] : []),
    ...(measure ? [`VARIABLE LEVEL ${name} (${measure.toUpperCase()}).`] : []),
    ...(columns === undefined ? [] : [`VARIABLE WIDTH ${name} (${columns}).`]),
    ...(print && variable.width === 0
      ? [`FORMATS ${name} (${print.type}${print.width}${print.decimals > 0 ? `.${print.decimals}` : ''}).`]
      : []),
  ];
}

function sets({ multipleResponseSets = [] }: SavDictionary): string[] {
  return multipleResponseSets.map(({ name, label, kind, countedValue, variables }) => {
    const common = `NAME=${name} LABEL=${literal(label)} VARIABLES=${variables.join(' ')}`;
    return kind === 'dichotomies'
      ? `MRSETS /MDGROUP ${common} VALUE=${countedValue ?? '1'}.`
      : `MRSETS /MCGROUP ${common}.`;
  });
}

const saveOption: Record<SavCompression, string> = {
  none: '/UNCOMPRESSED',
  bytecode: '/COMPRESSED',
  zlib: '/ZCOMPRESSED',
};

/**
 * Writes cases through PSPP's own SAVE OUTFILE. Its header carries the time of writing, so equal input gives equal content
 * but not equal bytes. Throws `PsppMissing` without PSPP.
 */
export async function writeWithPspp(
  path: string,
  dictionary: SavDictionary,
  rows: Iterable<SavCase>,
  compression: SavCompression,
): Promise<void> {
  await withPspp(
    async (folder) => {
      await pipeline(Readable.from(csv(rows)), createWriteStream(join(folder, 'cases.csv')));
      return [
        `GET DATA /TYPE=TXT /FILE=${literal(join(folder, 'cases.csv'))} /ENCODING='UTF-8' /ARRANGEMENT=DELIMITED /DELIMITERS=',' /QUALIFIER='"'`,
        `  /VARIABLES=${dictionary.variables.map((variable) => `${variable.name} ${inputFormat(variable)}`).join('\n    ')}.`,
        ...dictionary.variables.flatMap(describe),
        ...sets(dictionary),
        ...(dictionary.fileLabel === undefined ? [] : [`FILE LABEL ${literal(dictionary.fileLabel)}.`]),
        ...(dictionary.weight === undefined ? [] : [`WEIGHT BY ${dictionary.weight}.`]),
        `SAVE OUTFILE=${literal(join(folder, 'written.sav'))} ${saveOption[compression]}.`,
      ].join('\n');
    },
    (folder) => copyFile(join(folder, 'written.sav'), path),
  );
}
