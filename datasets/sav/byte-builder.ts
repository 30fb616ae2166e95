/** Bytes put together piece by piece, in either byte order. */
export class ByteBuilder {
  private readonly parts: Buffer[] = [];
  private readonly littleEndian: boolean;
  length = 0;

  constructor(littleEndian: boolean) {
    this.littleEndian = littleEndian;
  }

  int32(...values: number[]): this {
    for (const value of values) {
      const bytes = Buffer.alloc(4);
      if (this.littleEndian) bytes.writeInt32LE(value);
      else bytes.writeInt32BE(value);
      this.raw(bytes);
    }
    return this;
  }

  int64(...values: number[]): this {
    for (const value of values) {
      const bytes = Buffer.alloc(8);
      if (this.littleEndian) bytes.writeBigInt64LE(BigInt(value));
      else bytes.writeBigInt64BE(BigInt(value));
      this.raw(bytes);
    }
    return this;
  }

  float64(...values: number[]): this {
    for (const value of values) {
      const bytes = Buffer.alloc(8);
      if (this.littleEndian) bytes.writeDoubleLE(value);
      else bytes.writeDoubleBE(value);
      this.raw(bytes);
    }
    return this;
  }

  raw(bytes: Uint8Array): this {
    this.parts.push(Buffer.from(bytes));
    this.length += bytes.length;
    return this;
  }

  /** The bytes, then spaces up to `width`; longer ones are a fault of the caller's. */
  padded(bytes: Uint8Array, width: number): this {
    if (bytes.length > width) throw new RangeError(`${bytes.length} bytes do not fit into a field of ${width}`);
    const field = Buffer.alloc(width, 0x20);
    field.set(bytes);
    return this.raw(field);
  }

  /** The bytes, then what fills up a multiple of `unit`. */
  aligned(bytes: Uint8Array, unit: number, fill = 0x20): this {
    return this.raw(bytes).raw(Buffer.alloc((unit - (bytes.length % unit)) % unit, fill));
  }

  build(): Buffer {
    return Buffer.concat(this.parts);
  }
}
