/** Streams a file's cases in blocks, in bounded memory. */
import type { FileHandle } from 'node:fs/promises';
import { readFully } from './byte-source.ts';
import { CaseDecoder } from './case-decoder.ts';
import type { SavLayout } from './decode-dictionary.ts';
import { SavError } from './model.ts';
import { inflateBlocks, type ZsavBlock } from './read-zsav.ts';
import { ELEMENT_BYTES } from './layout.ts';

/** What is known of an opened file. */
export interface OpenedFile {
  readonly handle: FileHandle;
  readonly path: string;
  readonly size: number;
  readonly layout: SavLayout;
  /** For ZSAV only. */
  readonly zsavBlocks: readonly ZsavBlock[];
}

/** Uncompressed cases side by side. The memory is used again for the next block. */
export interface CaseBlock {
  readonly bytes: Buffer;
  readonly view: DataView;
  readonly rows: number;
}

const CHUNK_BYTES = 256 * 1024;
const BLOCK_BYTES = 1024 * 1024;
const MAX_BLOCK_ROWS = 4096;
const REMEDY = 'It is truncated or damaged: export or copy it again.';

/**
 * The most cases that the data part can hold: a case takes its whole size uncompressed, and at least a byte an element as bytecode.
 * No stated count above it is true, and none is trusted with memory.
 */
export function maxCases(file: OpenedFile): number {
  const { caseBytes, header } = file.layout;
  if (caseBytes === 0) return 0;
  const dataBytes = file.size - file.layout.dataOffset;
  if (header.compression === 'none') return Math.floor(dataBytes / caseBytes);
  const bytecode =
    header.compression === 'bytecode'
      ? dataBytes
      : file.zsavBlocks.reduce((sum, block) => sum + block.uncompressedBytes, 0);
  return Math.floor(bytecode / (caseBytes / ELEMENT_BYTES));
}

/**
 * Yields the cases in order, as many as the header states or, when it does not, as there are.
 * Throws SavError when the data ends inside a case or before the stated number of cases.
 */
export async function* caseBlocks(file: OpenedFile): AsyncGenerator<CaseBlock> {
  const { layout, path } = file;
  const { statedCases, compression } = layout.header;
  if (layout.caseBytes === 0 || statedCases === 0) return;
  const blockRows = Math.min(MAX_BLOCK_ROWS, Math.max(1, Math.floor(BLOCK_BYTES / layout.caseBytes)));
  const decoder = new CaseDecoder({ ...layout, compressed: compression !== 'none', blockRows });
  let done = 0;

  const takeBlock = (): CaseBlock => {
    const rows = statedCases === null ? decoder.rows : Math.min(decoder.rows, statedCases - done);
    done += rows;
    return { bytes: decoder.bytes, view: decoder.view, rows };
  };
  const finished = (): boolean => decoder.ended || (statedCases !== null && done + decoder.rows >= statedCases);

  let remainder: Uint8Array = new Uint8Array(0);
  for await (const fresh of dataChunks(file)) {
    const chunk = remainder.length > 0 ? Buffer.concat([remainder, fresh]) : fresh;
    let at = 0;
    while (!finished()) {
      at = decoder.decode(chunk, at);
      if (!decoder.full) break;
      yield takeBlock();
      decoder.clear();
    }
    if (finished()) break;
    remainder = Uint8Array.from(chunk.subarray(at));
  }
  const partial = decoder.partialBytes;
  if (!finished() && (partial > 0 || (compression === 'none' && remainder.length > 0))) {
    throw new SavError(`${path}, byte ${file.size}: the file ends inside case ${done + decoder.rows + 1}. ${REMEDY}`);
  }
  if (decoder.rows > 0) yield takeBlock();
  if (statedCases !== null && done < statedCases) {
    throw new SavError(
      `${path}, byte ${file.size}: the header states ${statedCases} cases, but the file ends after ${done}. ${REMEDY}`,
    );
  }
}

async function* dataChunks(file: OpenedFile): AsyncGenerator<Uint8Array> {
  if (file.layout.header.compression === 'zlib') {
    yield* inflateBlocks(file.handle, file.path, file.zsavBlocks);
    return;
  }
  const buffer = Buffer.alloc(CHUNK_BYTES);
  let position = file.layout.dataOffset;
  while (position < file.size) {
    const got = await readFully(file.handle, buffer, position);
    if (got === 0) return;
    position += got;
    yield buffer.subarray(0, got);
  }
}
