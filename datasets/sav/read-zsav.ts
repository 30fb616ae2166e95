/** ZSAV: bytecode inside zlib blocks that a trailer lists. */
import type { FileHandle } from 'node:fs/promises';
import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { readFully, type ByteSource } from './byte-source.ts';
import { SavError } from './model.ts';

export interface ZsavBlock {
  readonly offset: number;
  readonly compressedBytes: number;
  readonly uncompressedBytes: number;
}

export const ZSAV_HEADER_BYTES = 24;
export const ZSAV_TRAILER_HEAD_BYTES = 24;
export const ZSAV_BLOCK_ENTRY_BYTES = 24;

/** No writer makes blocks above 4 MiB; the limit keeps a forged trailer from taking memory. */
const MAX_BLOCK_BYTES = 64 * 1024 * 1024;

const inflateAsync = promisify(inflate);
const DAMAGED = 'It is truncated or damaged: export or copy it again.';

/** Reads the list of blocks. `source` stands at the data's beginning. Throws SavError when header, trailer and file size do not agree. */
export async function readZsavBlocks(source: ByteSource): Promise<ZsavBlock[]> {
  const start = source.position;
  const header = await source.take(ZSAV_HEADER_BYTES, 'ZSAV header');
  const trailerOffset = int64(header, 8, source.littleEndian);
  const trailerBytes = int64(header, 16, source.littleEndian);
  const dataStart = start + ZSAV_HEADER_BYTES;
  if (
    int64(header, 0, source.littleEndian) !== start ||
    trailerOffset < dataStart ||
    trailerBytes < ZSAV_TRAILER_HEAD_BYTES
  ) {
    source.fail('the ZSAV header contradicts itself', DAMAGED, start);
  }
  if (trailerOffset + trailerBytes > source.size) {
    source.fail(
      `the file ends at byte ${source.size}, before the end of the ZSAV trailer at byte ${trailerOffset + trailerBytes}`,
      DAMAGED,
      start,
    );
  }
  source.skip(trailerOffset - dataStart, 'ZSAV blocks');
  const trailer = await source.take(trailerBytes, 'ZSAV trailer');
  const view = new DataView(trailer.buffer, trailer.byteOffset, trailer.length);
  const count = view.getInt32(20, source.littleEndian);
  if (count < 0 || ZSAV_TRAILER_HEAD_BYTES + count * ZSAV_BLOCK_ENTRY_BYTES !== trailerBytes) {
    source.fail(`the ZSAV trailer of ${trailerBytes} bytes states ${count} blocks`, DAMAGED, trailerOffset);
  }
  const blocks: ZsavBlock[] = [];
  let expected = dataStart;
  for (let index = 0; index < count; index += 1) {
    const at = ZSAV_TRAILER_HEAD_BYTES + index * ZSAV_BLOCK_ENTRY_BYTES;
    const block = {
      offset: int64(trailer, at + 8, source.littleEndian),
      uncompressedBytes: view.getInt32(at + 16, source.littleEndian),
      compressedBytes: view.getInt32(at + 20, source.littleEndian),
    };
    const sound =
      block.offset === expected && block.compressedBytes >= 0 && block.offset + block.compressedBytes <= trailerOffset;
    if (!sound || block.uncompressedBytes < 0 || block.uncompressedBytes > MAX_BLOCK_BYTES) {
      source.fail(`ZSAV block ${index + 1} of ${count} is described wrongly`, DAMAGED, trailerOffset + at);
    }
    expected += block.compressedBytes;
    blocks.push(block);
  }
  return blocks;
}

/** Inflates the blocks one after another. */
export async function* inflateBlocks(
  handle: FileHandle,
  path: string,
  blocks: readonly ZsavBlock[],
): AsyncGenerator<Uint8Array> {
  for (const block of blocks) {
    const compressed = Buffer.alloc(block.compressedBytes);
    const got = await readFully(handle, compressed, block.offset);
    if (got < compressed.length)
      throw new SavError(`${path}, byte ${block.offset + got}: the file ends inside a ZSAV block. ${DAMAGED}`);
    let bytes: Buffer;
    try {
      bytes = await inflateAsync(compressed, { maxOutputLength: Math.max(1, block.uncompressedBytes) });
    } catch (cause) {
      throw new SavError(`${path}, byte ${block.offset}: a ZSAV block cannot be inflated. ${DAMAGED}`, { cause });
    }
    if (bytes.length !== block.uncompressedBytes) {
      throw new SavError(
        `${path}, byte ${block.offset}: a ZSAV block holds ${bytes.length} bytes where ${block.uncompressedBytes} are stated. ${DAMAGED}`,
      );
    }
    yield bytes;
  }
}

function int64(bytes: Buffer, offset: number, littleEndian: boolean): number {
  return Number(littleEndian ? bytes.readBigInt64LE(offset) : bytes.readBigInt64BE(offset));
}
