/** Cases as bytes, raw or as bytecode. */
import { COMPRESSION_BIAS, OPCODE, SYSTEM_MISSING } from './constants.ts';
import type { PlacedVariable } from './encode-dictionary.ts';
import type { TextCodec } from './encoding.ts';
import { ELEMENT_BYTES } from './layout.ts';
import { SavError, type SavCase, type SavValue } from './model.ts';

export interface CaseEncoderOptions {
  readonly compressed: boolean;
  readonly littleEndian: boolean;
  readonly caseBytes: number;
}

/** Takes cases one by one; what it has encoded is drained now and then by the writer. */
export class CaseEncoder {
  private readonly placed: readonly PlacedVariable[];
  private readonly codec: TextCodec;
  private readonly options: CaseEncoderOptions;
  private readonly scratch: Buffer;
  private readonly view: DataView;
  /** For each element of a case, whether it is a number (and may become a one-byte code) or text. */
  private readonly isNumber: readonly boolean[];
  private out = Buffer.alloc(64 * 1024);
  private filled = 0;
  private readonly opcodes = Buffer.alloc(8);
  private opcodeCount = 0;
  private readonly pending = Buffer.alloc(8 * ELEMENT_BYTES);
  private pendingBytes = 0;
  private caseNumber = 0;

  constructor(placed: readonly PlacedVariable[], codec: TextCodec, options: CaseEncoderOptions) {
    this.placed = placed;
    this.codec = codec;
    this.options = options;
    this.scratch = Buffer.alloc(options.caseBytes, 0x20);
    this.view = new DataView(this.scratch.buffer, this.scratch.byteOffset, this.scratch.length);
    const isNumber = Array.from({ length: options.caseBytes / ELEMENT_BYTES }, () => false);
    for (const { variable, column } of placed) if (variable.width === 0) isNumber[column.offset / ELEMENT_BYTES] = true;
    this.isNumber = isNumber;
  }

  /** Bytes that wait to be drained. */
  get size(): number {
    return this.filled;
  }

  /** Encodes one case. Throws SavError, naming case and variable, for a value that its variable cannot hold. */
  add(values: SavCase): void {
    this.caseNumber += 1;
    if (values.length !== this.placed.length) {
      throw new SavError(
        `Case ${this.caseNumber} has ${values.length} values; the dictionary has ${this.placed.length} variables.`,
      );
    }
    this.placed.forEach((place, index) => {
      const value = values[index];
      if (place.variable.width === 0)
        this.view.setFloat64(place.column.offset, this.number(place, value), this.options.littleEndian);
      else this.text(place, value);
    });
    if (this.options.compressed) this.compress();
    else this.emit(this.scratch, this.scratch.length);
  }

  /** What has been encoded since the last call, as memory of the caller's own. */
  drain(): Buffer {
    const bytes = Buffer.from(this.out.subarray(0, this.filled));
    this.filled = 0;
    return bytes;
  }

  /** Completes the last group of bytecode. */
  end(): void {
    if (this.opcodeCount > 0) this.flushGroup();
  }

  private number({ variable }: PlacedVariable, value: SavValue | undefined): number {
    if (value === null) return SYSTEM_MISSING;
    if (typeof value === 'number' && Number.isFinite(value) && value !== SYSTEM_MISSING) return value;
    throw new SavError(
      `Case ${this.caseNumber}, variable ${variable.name}: ${describe(value)} is not a number SPSS can hold; give a finite number, or null for system-missing.`,
    );
  }

  private text({ variable, column }: PlacedVariable, value: SavValue | undefined): void {
    if (typeof value !== 'string') {
      throw new SavError(
        `Case ${this.caseNumber}, variable ${variable.name}: ${describe(value)} is not text; give a string, "" for none.`,
      );
    }
    for (const piece of column.pieces) this.scratch.fill(0x20, piece.offset, piece.offset + piece.length);
    if (value === '') return;
    const bytes = this.codec.encode(value);
    if (bytes.length > variable.width) {
      throw new SavError(
        `Case ${this.caseNumber}, variable ${variable.name}: ${JSON.stringify(value.slice(0, 40))} takes ${bytes.length} bytes in ${this.codec.name}; the variable is ${variable.width} wide.`,
      );
    }
    let at = 0;
    for (const piece of column.pieces) {
      at += bytes.copy(this.scratch, piece.offset, at, Math.min(bytes.length, at + piece.length));
      if (at >= bytes.length) return;
    }
  }

  private compress(): void {
    const { view } = this;
    this.isNumber.forEach((isNumber, element) => {
      const at = element * ELEMENT_BYTES;
      if (isNumber) this.opcode(numberCode(view.getFloat64(at, this.options.littleEndian)), at);
      else
        this.opcode(
          view.getInt32(at) === 0x20202020 && view.getInt32(at + 4) === 0x20202020 ? OPCODE.spaces : OPCODE.raw,
          at,
        );
    });
  }

  private opcode(code: number, at: number): void {
    this.opcodes[this.opcodeCount] = code;
    this.opcodeCount += 1;
    if (code === OPCODE.raw) {
      this.scratch.copy(this.pending, this.pendingBytes, at, at + ELEMENT_BYTES);
      this.pendingBytes += ELEMENT_BYTES;
    }
    if (this.opcodeCount === 8) this.flushGroup();
  }

  private flushGroup(): void {
    this.emit(this.opcodes, 8);
    this.emit(this.pending, this.pendingBytes);
    this.opcodes.fill(OPCODE.padding);
    this.opcodeCount = 0;
    this.pendingBytes = 0;
  }

  private emit(bytes: Buffer, length: number): void {
    if (this.filled + length > this.out.length) {
      const grown = Buffer.alloc(Math.max(this.out.length * 2, this.filled + length));
      this.out.copy(grown, 0, 0, this.filled);
      this.out = grown;
    }
    bytes.copy(this.out, this.filled, 0, length);
    this.filled += length;
  }
}

/** The one-byte code of a number, or the code that says its 8 bytes follow. Negative zero has no code: it would lose its sign. */
function numberCode(value: number): number {
  if (value === SYSTEM_MISSING) return OPCODE.systemMissing;
  const code = value + COMPRESSION_BIAS;
  return Number.isInteger(value) && code >= 1 && code < OPCODE.end && !Object.is(value, -0) ? code : OPCODE.raw;
}

function describe(value: SavValue | undefined): string {
  return typeof value === 'string' ? JSON.stringify(value.slice(0, 40)) : String(value);
}
