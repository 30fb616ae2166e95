/** Turns the data part of a file, in whatever chunks it comes, into blocks of uncompressed cases. */
import { OPCODE } from './constants.ts';
import { ELEMENT_BYTES } from './layout.ts';

export interface CaseDecoderOptions {
  readonly compressed: boolean;
  readonly caseBytes: number;
  readonly littleEndian: boolean;
  readonly bias: number;
  readonly systemMissing: number;
  /** Cases in a block. */
  readonly blockRows: number;
}

/**
 * A state machine fed with chunks. Both representations come in units of 8 bytes, so a chunk that ends inside a unit
 * leaves a remainder, which the caller puts before the next chunk.
 */
export class CaseDecoder {
  /** The cases decoded so far, side by side; used again for every block. */
  readonly bytes: Buffer;
  readonly view: DataView;
  /** Whether the file's own end mark was met. */
  ended = false;
  private filled = 0;
  private readonly opcodes = new Uint8Array(8);
  private opcodeAt = 8;
  private readonly options: CaseDecoderOptions;

  constructor(options: CaseDecoderOptions) {
    this.options = options;
    this.bytes = Buffer.alloc(options.blockRows * options.caseBytes);
    this.view = new DataView(this.bytes.buffer, this.bytes.byteOffset, this.bytes.length);
  }

  /** Whether the block holds as many cases as it can. */
  get full(): boolean {
    return this.filled === this.bytes.length;
  }

  /** Whole cases in the block. */
  get rows(): number {
    return Math.floor(this.filled / this.options.caseBytes);
  }

  /** Bytes of a case that has begun and is not complete. */
  get partialBytes(): number {
    return this.filled % this.options.caseBytes;
  }

  /** Forgets the block's cases, to fill it anew. */
  clear(): void {
    this.filled = 0;
  }

  /** Decodes from `start` on until the block is full or the chunk used up; returns where it stopped. */
  decode(chunk: Uint8Array, start: number): number {
    return this.options.compressed ? this.decodeBytecode(chunk, start) : this.copy(chunk, start);
  }

  private copy(chunk: Uint8Array, start: number): number {
    const whole = chunk.length - start - ((chunk.length - start) % ELEMENT_BYTES);
    const length = Math.min(whole, this.bytes.length - this.filled);
    this.bytes.set(chunk.subarray(start, start + length), this.filled);
    this.filled += length;
    return start + length;
  }

  private decodeBytecode(chunk: Uint8Array, start: number): number {
    const { view, opcodes } = this;
    const { littleEndian, bias, systemMissing } = this.options;
    const source = new DataView(chunk.buffer, chunk.byteOffset, chunk.length);
    const lastUnit = chunk.length - ELEMENT_BYTES;
    const limit = this.bytes.length;
    let at = start;
    let to = this.filled;
    let opcodeAt = this.opcodeAt;
    while (to < limit && !this.ended) {
      if (opcodeAt === 8) {
        if (at > lastUnit) break;
        for (let index = 0; index < 8; index += 1) opcodes[index] = source.getUint8(at + index);
        at += 8;
        opcodeAt = 0;
      }
      const code = opcodes[opcodeAt] ?? 0;
      if (code === OPCODE.raw) {
        if (at > lastUnit) break;
        // Two words and not a double: a string's bytes may spell a NaN, whose bits an engine is free to change.
        view.setInt32(to, source.getInt32(at));
        view.setInt32(to + 4, source.getInt32(at + 4));
        at += ELEMENT_BYTES;
        to += ELEMENT_BYTES;
      } else if (code === OPCODE.spaces) {
        view.setInt32(to, 0x20202020);
        view.setInt32(to + 4, 0x20202020);
        to += ELEMENT_BYTES;
      } else if (code === OPCODE.systemMissing) {
        view.setFloat64(to, systemMissing, littleEndian);
        to += ELEMENT_BYTES;
      } else if (code === OPCODE.end) {
        this.ended = true;
      } else if (code !== OPCODE.padding) {
        view.setFloat64(to, code - bias, littleEndian);
        to += ELEMENT_BYTES;
      }
      opcodeAt += 1;
    }
    this.filled = to;
    this.opcodeAt = opcodeAt;
    return at;
  }
}
