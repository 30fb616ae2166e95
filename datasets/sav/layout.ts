/** Where a variable's bytes lie within one uncompressed case. */

/** Every value, numeric or a piece of a string, takes whole elements of this many bytes. */
export const ELEMENT_BYTES = 8;

/** Strings wider than this are "very long" and stored as several segments. */
export const MAX_PLAIN_STRING = 255;

/** A segment counts for 252 bytes of the declared width, yet carries 255 bytes of data: the format's own oddity. */
const SEGMENT_WIDTH_SHARE = 252;
const SEGMENT_DATA = 255;

export const MAX_STRING_WIDTH = 32767;

/** A run of a string's bytes inside a case. */
export interface StringPiece {
  readonly offset: number;
  readonly length: number;
}

/** A variable's place in a case: `offset` in bytes; for strings the pieces that make up the value. */
export interface ColumnLayout {
  readonly name: string;
  readonly width: number;
  readonly offset: number;
  readonly pieces: readonly StringPiece[];
}

/** The declared widths of the variable records that store a string of this width (one, unless very long). */
export function segmentWidths(width: number): number[] {
  if (width <= MAX_PLAIN_STRING) return [width];
  const count = Math.ceil(width / SEGMENT_WIDTH_SHARE);
  const widths = Array.from({ length: count }, () => SEGMENT_DATA);
  widths[count - 1] = width - SEGMENT_WIDTH_SHARE * (count - 1);
  return widths;
}

/** How many 8-byte elements a variable record of this width takes in a case. */
export function elementsOf(recordWidth: number): number {
  return recordWidth === 0 ? 1 : Math.ceil(recordWidth / ELEMENT_BYTES);
}

/** Lays out one variable from byte `offset` of the case on; `bytes` is the room it takes. */
export function layOut(name: string, width: number, offset: number): { column: ColumnLayout; bytes: number } {
  const pieces: StringPiece[] = [];
  let bytes = 0;
  let left = width;
  for (const recordWidth of segmentWidths(width)) {
    const length = Math.min(left, recordWidth);
    if (length > 0) pieces.push({ offset: offset + bytes, length });
    left -= length;
    bytes += elementsOf(recordWidth) * ELEMENT_BYTES;
  }
  return { column: { name, width, offset, pieces }, bytes };
}
