/** Sequential, bounds-checked reading of a file's records. */
import type { FileHandle } from 'node:fs/promises';
import { SavError } from './model.ts';

const WINDOW_BYTES = 64 * 1024;

/** Reads fixed-size pieces in order. Every length is checked against what the file still holds before memory is taken. */
export class ByteSource {
  littleEndian = true;
  private window = Buffer.alloc(0);
  private windowStart = 0;
  private at = 0;
  private readonly handle: FileHandle;
  readonly size: number;
  readonly path: string;

  constructor(handle: FileHandle, size: number, path: string) {
    this.handle = handle;
    this.size = size;
    this.path = path;
  }

  /** Byte offset of what is read next. */
  get position(): number {
    return this.at;
  }

  /** Throws a SavError that names the file and the byte offset. */
  fail(what: string, remedy: string, offset = this.at): never {
    throw new SavError(`${this.path}, byte ${offset}: ${what}. ${remedy}`);
  }

  /** The next `length` bytes, as memory of the caller's own. `what` names the record in the error for a file that ends too early. */
  async take(length: number, what: string): Promise<Buffer> {
    this.demand(length, what);
    const from = this.at - this.windowStart;
    if (from < 0 || from + length > this.window.length) await this.refill(length, what);
    const start = this.at - this.windowStart;
    this.at += length;
    return Buffer.from(this.window.subarray(start, start + length));
  }

  async int32(what: string): Promise<number> {
    const bytes = await this.take(4, what);
    return this.littleEndian ? bytes.readInt32LE() : bytes.readInt32BE();
  }

  skip(length: number, what: string): void {
    this.demand(length, what);
    this.at += length;
  }

  private demand(length: number, what: string): void {
    const left = this.size - this.at;
    if (length > left) {
      this.fail(
        `the file ends inside the ${what}, which needs ${length} bytes where ${left} are left`,
        'It is truncated or damaged: export or copy it again.',
      );
    }
  }

  private async refill(length: number, what: string): Promise<void> {
    const wanted = Math.min(Math.max(length, WINDOW_BYTES), this.size - this.at);
    const window = Buffer.alloc(wanted);
    const got = await readFully(this.handle, window, this.at);
    if (got < length)
      this.fail(
        `the file became shorter while the ${what} was read`,
        'Wait until it is written completely, then read it again.',
      );
    this.window = window.subarray(0, got);
    this.windowStart = this.at;
  }
}

/** Fills the buffer from `position` on; returns how many bytes there were. */
export async function readFully(handle: FileHandle, buffer: Uint8Array, position: number): Promise<number> {
  let done = 0;
  while (done < buffer.length) {
    const { bytesRead } = await handle.read(buffer, done, buffer.length - done, position + done);
    if (bytesRead === 0) break;
    done += bytesRead;
  }
  return done;
}
