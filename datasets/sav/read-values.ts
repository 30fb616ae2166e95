/** Values out of blocks of uncompressed cases. */
import type { SavLayout } from './decode-dictionary.ts';
import type { ColumnLayout } from './layout.ts';
import type { CaseBlock } from './read-cases.ts';

export type ColumnValues = Float64Array | string[];

/** Gathers one column over all blocks. */
export interface ColumnSink {
  add(block: CaseBlock, firstRow: number): void;
  finish(count: number): ColumnValues;
}

/** Reads a string, given where its case begins within the block. */
export function stringReader(column: ColumnLayout, layout: SavLayout): (block: CaseBlock, caseStart: number) => string {
  const { pieces } = column;
  const { codec } = layout;
  const [only] = pieces;
  if (only && pieces.length === 1) {
    return (block, caseStart) => {
      const start = caseStart + only.offset;
      const end = endOfText(block.bytes, start, start + only.length);
      return end === start ? '' : codec.decode(block.bytes, start, end);
    };
  }
  const whole = Buffer.alloc(column.width);
  return (block, caseStart) => {
    let at = 0;
    // Joined as bytes: a character may lie across the seam between two segments.
    for (const piece of pieces)
      at += block.bytes.copy(whole, at, caseStart + piece.offset, caseStart + piece.offset + piece.length);
    return codec.decode(whole, 0, endOfText(whole, 0, at));
  };
}

/** Reads a number, `null` for system-missing, given where its case begins within the block. */
export function numberReader(
  column: ColumnLayout,
  layout: SavLayout,
): (block: CaseBlock, caseStart: number) => number | null {
  const { littleEndian, systemMissing } = layout;
  return (block, caseStart) => {
    const value = block.view.getFloat64(caseStart + column.offset, littleEndian);
    return value === systemMissing || Number.isNaN(value) ? null : value;
  };
}

/** A sink for one column; `expectedCases` is the memory taken at first, and grows when there are more. */
export function columnSink(column: ColumnLayout, layout: SavLayout, expectedCases: number): ColumnSink {
  return column.width === 0 ? numberSink(column, layout, expectedCases) : stringSink(column, layout);
}

function numberSink(column: ColumnLayout, layout: SavLayout, expectedCases: number): ColumnSink {
  const { caseBytes, littleEndian, systemMissing } = layout;
  let values = new Float64Array(expectedCases);
  return {
    add({ view, rows }, firstRow) {
      if (firstRow + rows > values.length) {
        const grown = new Float64Array(Math.max(firstRow + rows, values.length * 2));
        grown.set(values);
        values = grown;
      }
      for (let row = 0, at = column.offset; row < rows; row += 1, at += caseBytes) {
        const value = view.getFloat64(at, littleEndian);
        values[firstRow + row] = value === systemMissing ? NaN : value;
      }
    },
    finish: (count) => (count === values.length ? values : values.slice(0, count)),
  };
}

function stringSink(column: ColumnLayout, layout: SavLayout): ColumnSink {
  const read = stringReader(column, layout);
  const values: string[] = [];
  return {
    add(block) {
      for (let row = 0; row < block.rows; row += 1) values.push(read(block, row * layout.caseBytes));
    },
    finish: () => values,
  };
}

function endOfText(bytes: Buffer, start: number, end: number): number {
  let last = end;
  while (last > start && bytes[last - 1] === 0x20) last -= 1;
  return last;
}
