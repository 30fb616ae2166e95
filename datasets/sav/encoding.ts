/** Text in the file's own encoding, both ways. */
import { SavError } from './model.ts';

export interface TextCodec {
  /** IANA name. */
  readonly name: string;
  /** Code page number for the machine record (subtype 3); 0 when there is none. */
  readonly codePage: number;
  decode(bytes: Buffer, start?: number, end?: number): string;
  /** Throws SavError, naming the character, when the encoding lacks one. */
  encode(text: string): Buffer;
}

/** What a file without any word about its encoding is taken for. */
const FALLBACK = 'windows-1252';

/** Where Windows-1252 departs from Latin-1. Kept here because some Node releases decode it as Latin-1. */
const WINDOWS_1252_HIGH =
  '\u20ac\x81\u201a\u0192\u201e\u2026\u2020\u2021\u02c6\u2030\u0160\u2039\u0152\x8d\u017d\x8f' +
  '\x90\u2018\u2019\u201c\u201d\u2022\u2013\u2014\u02dc\u2122\u0161\u203a\u0153\x9d\u017e\u0178';

const CODE_PAGES: ReadonlyMap<number, string> = new Map([
  [65001, 'UTF-8'],
  [1252, 'windows-1252'],
  [28591, 'ISO-8859-1'],
  [20127, 'US-ASCII'],
  [874, 'windows-874'],
  [932, 'shift_jis'],
  [936, 'gbk'],
  [949, 'euc-kr'],
  [950, 'big5'],
  [54936, 'gb18030'],
  [51932, 'euc-jp'],
  [51949, 'euc-kr'],
  [20866, 'koi8-r'],
  [21866, 'koi8-u'],
  [10000, 'macintosh'],
  [866, 'ibm866'],
  ...[1250, 1251, 1253, 1254, 1255, 1256, 1257, 1258].map((page): [number, string] => [page, `windows-${page}`]),
  ...[2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16].map((part): [number, string] => [28590 + part, `ISO-8859-${part}`]),
]);

/**
 * The codec for a name as SPSS writes it (`UTF-8`, `windows-1252`, `CP936`, `ISO-8859-1`, …).
 * Throws SavError when this platform knows no such encoding.
 */
export function codecFor(label: string): TextCodec {
  const name = label.trim().toLowerCase();
  const page = /^(?:cp|windows-|ms)?(\d{3,5})$/.exec(name)?.[1];
  const canonical = (page === undefined ? undefined : CODE_PAGES.get(Number(page))) ?? name;
  switch (canonical.toLowerCase().replaceAll('_', '-')) {
    case 'utf-8':
    case 'utf8':
      return utf8;
    case 'windows-1252':
      return windows1252;
    case 'us-ascii':
    case 'ascii':
    case 'iso-8859-1':
    case 'iso8859-1':
    case 'latin1':
      return latin1;
    default:
      return platformCodec(canonical, label);
  }
}

/** The codec a file calls for: its encoding record, else its code page, else Windows-1252. */
export function codecOfFile(encodingRecord: string | undefined, codePage: number | undefined): TextCodec {
  if (encodingRecord) return codecFor(encodingRecord);
  const label = codePage === undefined ? undefined : CODE_PAGES.get(codePage);
  return codecFor(label ?? FALLBACK);
}

const utf8: TextCodec = {
  name: 'UTF-8',
  codePage: 65001,
  decode: (bytes, start = 0, end = bytes.length) => bytes.toString('utf8', start, end),
  encode(text) {
    if (/\p{Surrogate}/u.test(text))
      throw new SavError(`The text ${JSON.stringify(text)} holds half of a surrogate pair; give whole characters.`);
    return Buffer.from(text, 'utf8');
  },
};

const latin1: TextCodec = {
  name: 'ISO-8859-1',
  codePage: 28591,
  decode: (bytes, start = 0, end = bytes.length) => bytes.toString('latin1', start, end),
  encode: (text) => encodeSingleByte(text, 'ISO-8859-1', (code) => (code < 256 ? code : undefined)),
};

const windows1252Codes = new Map(
  [...WINDOWS_1252_HIGH].map((character, index) => [character.codePointAt(0), 0x80 + index]),
);

const windows1252: TextCodec = {
  name: 'windows-1252',
  codePage: 1252,
  decode: (bytes, start = 0, end = bytes.length) =>
    bytes
      .toString('latin1', start, end)
      .replace(/[\x80-\x9f]/g, (character) => WINDOWS_1252_HIGH.charAt(character.charCodeAt(0) - 0x80)),
  encode: (text) =>
    encodeSingleByte(
      text,
      'windows-1252',
      (code) => windows1252Codes.get(code) ?? (code < 0x80 || (code >= 0xa0 && code < 256) ? code : undefined),
    ),
};

function platformCodec(canonical: string, label: string): TextCodec {
  let decoder: TextDecoder;
  try {
    decoder = new TextDecoder(canonical);
  } catch (cause) {
    throw new SavError(
      `The text encoding "${label}" is not known here; save the file again as Unicode (UTF-8) in SPSS.`,
      { cause },
    );
  }
  const name = decoder.encoding;
  const codePage = [...CODE_PAGES].find(([, known]) => known.toLowerCase() === name)?.[0] ?? 0;
  let codes: Map<number, number> | undefined;
  return {
    name,
    codePage,
    decode: (bytes, start = 0, end = bytes.length) => decoder.decode(bytes.subarray(start, end)),
    encode(text) {
      codes ??= singleByteCodes(decoder);
      const known = codes;
      return encodeSingleByte(text, name, (code) => known.get(code));
    },
  };
}

function singleByteCodes(decoder: TextDecoder): Map<number, number> {
  const codes = new Map<number, number>();
  for (let byte = 0; byte < 256; byte += 1) {
    const character = decoder.decode(Uint8Array.of(byte)).codePointAt(0);
    if (character !== undefined && character !== 0xfffd) codes.set(character, byte);
  }
  return codes;
}

function encodeSingleByte(text: string, name: string, byteOf: (code: number) => number | undefined): Buffer {
  const bytes = Buffer.alloc(text.length);
  let length = 0;
  for (const character of text) {
    const byte = byteOf(character.codePointAt(0) ?? 0);
    if (byte === undefined) {
      throw new SavError(
        `The character "${character}" in ${JSON.stringify(text)} cannot be written in ${name}; choose the encoding UTF-8.`,
      );
    }
    bytes[length] = byte;
    length += 1;
  }
  return bytes.subarray(0, length);
}
