/** The writing side of ZSAV: cuts bytecode into blocks, deflates them, lists them in a trailer. */
import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import { ByteBuilder } from './byte-builder.ts';
import { COMPRESSION_BIAS, ZSAV_BLOCK_BYTES } from './constants.ts';
import { ZSAV_BLOCK_ENTRY_BYTES, ZSAV_HEADER_BYTES, ZSAV_TRAILER_HEAD_BYTES } from './read-zsav.ts';

const deflateAsync = promisify(deflate);

interface BlockEntry {
  readonly uncompressedOffset: number;
  readonly compressedOffset: number;
  readonly uncompressedBytes: number;
  readonly compressedBytes: number;
}

/** Collects bytecode until a block is full. `start` is where the ZSAV header stands in the file. */
export class ZsavBlocks {
  private readonly start: number;
  private readonly littleEndian: boolean;
  private readonly entries: BlockEntry[] = [];
  private waiting: Buffer[] = [];
  private waitingBytes = 0;

  constructor(start: number, littleEndian: boolean) {
    this.start = start;
    this.littleEndian = littleEndian;
  }

  /** Takes bytecode; yields the deflated blocks that became full. */
  async *push(bytes: Buffer): AsyncGenerator<Buffer> {
    let rest = bytes;
    while (this.waitingBytes + rest.length >= ZSAV_BLOCK_BYTES) {
      const room = ZSAV_BLOCK_BYTES - this.waitingBytes;
      this.wait(rest.subarray(0, room));
      rest = rest.subarray(room);
      yield await this.deflateWaiting();
    }
    if (rest.length > 0) this.wait(rest);
  }

  /** Yields the last block, if any bytecode waits. */
  async *end(): AsyncGenerator<Buffer> {
    if (this.waitingBytes > 0) yield await this.deflateWaiting();
  }

  /** Header with the trailer's place, known only at the end. */
  header(): Buffer {
    const trailerBytes = ZSAV_TRAILER_HEAD_BYTES + this.entries.length * ZSAV_BLOCK_ENTRY_BYTES;
    return new ByteBuilder(this.littleEndian).int64(this.start, this.compressedEnd(), trailerBytes).build();
  }

  trailer(): Buffer {
    const out = new ByteBuilder(this.littleEndian)
      .int64(-COMPRESSION_BIAS, 0)
      .int32(ZSAV_BLOCK_BYTES, this.entries.length);
    for (const entry of this.entries) {
      out.int64(entry.uncompressedOffset, entry.compressedOffset).int32(entry.uncompressedBytes, entry.compressedBytes);
    }
    return out.build();
  }

  private wait(bytes: Buffer): void {
    this.waiting.push(bytes);
    this.waitingBytes += bytes.length;
  }

  private async deflateWaiting(): Promise<Buffer> {
    const whole = Buffer.concat(this.waiting);
    this.waiting = [];
    this.waitingBytes = 0;
    const compressed = await deflateAsync(whole, { level: 6 });
    this.entries.push({
      uncompressedOffset: this.start + this.entries.reduce((sum, entry) => sum + entry.uncompressedBytes, 0),
      compressedOffset: this.compressedEnd(),
      uncompressedBytes: whole.length,
      compressedBytes: compressed.length,
    });
    return compressed;
  }

  private compressedEnd(): number {
    const last = this.entries.at(-1);
    return last ? last.compressedOffset + last.compressedBytes : this.start + ZSAV_HEADER_BYTES;
  }
}
