/** Print and write formats: the code in the file and the name a person knows. */
import type { SavFormat } from './model.ts';

const NAMES: ReadonlyMap<number, string> = new Map([
  [1, 'A'],
  [2, 'AHEX'],
  [3, 'COMMA'],
  [4, 'DOLLAR'],
  [5, 'F'],
  [6, 'IB'],
  [7, 'PIBHEX'],
  [8, 'P'],
  [9, 'PIB'],
  [10, 'PK'],
  [11, 'RB'],
  [12, 'RBHEX'],
  [15, 'Z'],
  [16, 'N'],
  [17, 'E'],
  [20, 'DATE'],
  [21, 'TIME'],
  [22, 'DATETIME'],
  [23, 'ADATE'],
  [24, 'JDATE'],
  [25, 'DTIME'],
  [26, 'WKDAY'],
  [27, 'MONTH'],
  [28, 'MOYR'],
  [29, 'QYR'],
  [30, 'WKYR'],
  [31, 'PCT'],
  [32, 'DOT'],
  [33, 'CCA'],
  [34, 'CCB'],
  [35, 'CCC'],
  [36, 'CCD'],
  [37, 'CCE'],
  [38, 'EDATE'],
  [39, 'SDATE'],
  [40, 'MTIME'],
  [41, 'YMDHMS'],
]);

const CODES: ReadonlyMap<string, number> = new Map([...NAMES].map(([code, name]) => [name, code]));

/** The largest width that fits the one byte the file has for it. */
const MAX_WIDTH_BYTE = 255;

/** Reads a packed format; a code that no SPSS version documents becomes `F` or `A`. */
export function unpackFormat(packed: number, variableWidth: number): SavFormat {
  const decimals = packed & 0xff;
  const width = (packed >>> 8) & 0xff;
  const type = NAMES.get((packed >>> 16) & 0xff) ?? (variableWidth > 0 ? 'A' : 'F');
  if (variableWidth > MAX_WIDTH_BYTE)
    return { type, width: type === 'AHEX' ? variableWidth * 2 : variableWidth, decimals };
  return { type, width, decimals };
}

/** Packs a format for the file, or returns `undefined` when its type has no code or a part does not fit. */
export function packFormat(format: SavFormat, variableWidth: number): number | undefined {
  const code = CODES.get(format.type.toUpperCase());
  if (code === undefined) return undefined;
  const isText = code === 1 || code === 2;
  if (isText !== variableWidth > 0) return undefined;
  const width = isText ? Math.min(format.width, MAX_WIDTH_BYTE) : format.width;
  if (!isByte(width) || width === 0 || !isByte(format.decimals)) return undefined;
  return (code << 16) | (width << 8) | format.decimals;
}

/** What SPSS itself gives a new variable: `F8.2`, or `A` and the string's width. */
export function defaultFormat(variableWidth: number): SavFormat {
  return variableWidth > 0 ? { type: 'A', width: variableWidth, decimals: 0 } : { type: 'F', width: 8, decimals: 2 };
}

function isByte(value: number): boolean {
  return Number.isInteger(value) && value >= 0 && value <= 255;
}
