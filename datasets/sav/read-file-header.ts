/** The first 176 bytes: is this a system file at all, and of which kind. */
import type { ByteSource } from './byte-source.ts';
import type { SavCompression } from './model.ts';

export interface FileHeaderRecord {
  readonly product: Buffer;
  readonly compression: SavCompression;
  /** First element of the weight variable, from 0, or `null`. */
  readonly weightElement: number | null;
  readonly statedCases: number | null;
  readonly bias: number;
  readonly fileLabel: Buffer;
}

export const HEADER_BYTES = 176;

/** Where the number of cases stands in the header; the writer comes back to it. */
export const CASE_COUNT_OFFSET = 80;

const COMPRESSIONS: readonly SavCompression[] = ['none', 'bytecode', 'zlib'];
const REMEDY = 'Export the data from SPSS (or PSPP, R haven, pyreadstat) as .sav and try again.';

/** Reads the header and settles the byte order. Throws SavError when the file is something else. */
export async function readFileHeader(source: ByteSource): Promise<FileHeaderRecord> {
  if (source.size === 0) source.fail('the file is empty', REMEDY);
  const magic = await source.take(Math.min(4, source.size), 'file header');
  const kind = magic.toString('latin1');
  if (kind !== '$FL2' && kind !== '$FL3') source.fail(await describeStranger(source, magic), REMEDY, 0);
  const bytes = await source.take(HEADER_BYTES - 4, 'file header');
  const at = (offset: number): number => offset - 4;

  const layoutCode = bytes.readInt32LE(at(64));
  source.littleEndian = layoutCode === 2 || layoutCode === 3;
  if (!source.littleEndian && bytes.readInt32BE(at(64)) !== 2 && bytes.readInt32BE(at(64)) !== 3) {
    source.fail(`the layout code is ${layoutCode} where 2 or 3 is expected in either byte order`, REMEDY, 64);
  }
  const int32 = (offset: number): number =>
    source.littleEndian ? bytes.readInt32LE(at(offset)) : bytes.readInt32BE(at(offset));
  const code = int32(72);
  const compression = COMPRESSIONS[code];
  if (compression === undefined)
    source.fail(`compression ${code} is unknown (0 none, 1 bytecode and 2 ZSAV are known)`, REMEDY, 72);
  if ((compression === 'zlib') !== (kind === '$FL3')) {
    source.fail(`the file begins with ${kind} but states compression ${code}; only $FL3 goes with 2`, REMEDY, 72);
  }
  const weight = int32(76);
  const cases = int32(CASE_COUNT_OFFSET);
  const bias = source.littleEndian ? bytes.readDoubleLE(at(84)) : bytes.readDoubleBE(at(84));
  return {
    product: bytes.subarray(at(4), at(64)),
    compression,
    weightElement: weight > 0 ? weight - 1 : null,
    statedCases: cases >= 0 ? cases : null,
    bias: Number.isFinite(bias) ? bias : 100,
    fileLabel: bytes.subarray(at(109), at(173)),
  };
}

async function describeStranger(source: ByteSource, magic: Buffer): Promise<string> {
  const more = Buffer.concat([magic, await source.take(Math.min(508, source.size - source.position), 'beginning')]);
  const start = more.toString('latin1');
  const expected = 'an SPSS system file begins with "$FL2" or "$FL3"';
  if (start.startsWith('PK\x03\x04'))
    return `${expected}, but this is a zip archive (an .xlsx, .docx or .zip with another ending)`;
  if (start.startsWith('%PDF')) return `${expected}, but this is a PDF`;
  if (start.includes('ENCRYPTEDSAV'))
    return `${expected}, but this file is encrypted with a password; save it without one`;
  if (start.includes('SPSS PORT FILE')) return `${expected}, but this is an SPSS portable file (.por)`;
  if (magic.equals(Buffer.from([0x5b, 0xc6, 0xd3, 0xf2])))
    return `${expected}, but this one was written on a mainframe in EBCDIC`;
  const looksLikeText = more.every((byte) => byte >= 0x20 || byte === 9 || byte === 10 || byte === 13);
  const shown = JSON.stringify(start.slice(0, 24));
  if (looksLikeText)
    return `${expected}, but this one begins with ${shown}: it is text, perhaps a .csv that was renamed`;
  return `${expected}, but this one begins with ${shown}`;
}
