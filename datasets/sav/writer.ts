/** Writing `.sav` and `.zsav` files. */
import { randomUUID } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { CaseEncoder } from './case-encoder.ts';
import { checkDictionary } from './check-dictionary.ts';
import { codecFor } from './encoding.ts';
import { encodeDictionary } from './encode-dictionary.ts';
import type { SavCase, SavCompression, SavDictionary } from './model.ts';
import { CASE_COUNT_OFFSET } from './read-file-header.ts';
import { ZSAV_HEADER_BYTES } from './read-zsav.ts';
import { ZsavBlocks } from './write-zsav.ts';

export interface SavWriteOptions {
  readonly compression?: SavCompression;
  /** The writing program, as the header shows it (60 bytes with its prefix). */
  readonly product?: string;
  /** Creation time in the header (UTC). Fixed by default, so that equal input gives equal bytes. */
  readonly createdAt?: Date;
  readonly byteOrder?: 'little' | 'big';
}

export interface SavWritten {
  readonly caseCount: number;
}

const DEFAULT_CREATED_AT = new Date(Date.UTC(2026, 0, 1));
const DRAIN_BYTES = 512 * 1024;

/**
 * Writes a system file, streaming the cases, under a temporary name beside `path` that takes its place only when complete.
 * Equal input gives equal bytes. Throws SavError for what the format or the encoding cannot hold; nothing is cut off silently.
 */
export async function writeSav(
  path: string,
  dictionary: SavDictionary,
  cases: Iterable<SavCase> | AsyncIterable<SavCase>,
  options: SavWriteOptions = {},
): Promise<SavWritten> {
  const codec = codecFor(dictionary.encoding ?? 'UTF-8');
  checkDictionary(dictionary, codec);
  const compression = options.compression ?? 'bytecode';
  const littleEndian = options.byteOrder !== 'big';
  const { bytes, placed, caseBytes } = encodeDictionary(dictionary, codec, {
    compression,
    product: options.product ?? 'Muster',
    createdAt: options.createdAt ?? DEFAULT_CREATED_AT,
    littleEndian,
  });
  const encoder = new CaseEncoder(placed, codec, { compressed: compression !== 'none', littleEndian, caseBytes });
  const temporary = join(dirname(path), `.${basename(path)}.${randomUUID()}.tmp`);
  const handle = await open(temporary, 'wx');
  try {
    await append(handle, bytes);
    const body = compression === 'zlib' ? zsavBody(handle, bytes.length, littleEndian) : plainBody(handle);
    const caseCount = await writeCases(cases, encoder, body);
    await patchCaseCount(handle, caseCount, littleEndian);
    await handle.close();
    await rename(temporary, path);
    return { caseCount };
  } catch (error) {
    await handle.close();
    await rm(temporary, { force: true });
    throw error;
  }
}

/** Where encoded cases go. */
interface Body {
  write(bytes: Buffer): Promise<void>;
  end(): Promise<void>;
}

async function writeCases(
  cases: Iterable<SavCase> | AsyncIterable<SavCase>,
  encoder: CaseEncoder,
  body: Body,
): Promise<number> {
  let count = 0;
  const add = (values: SavCase): void => {
    encoder.add(values);
    count += 1;
  };
  if (Symbol.asyncIterator in cases) {
    for await (const values of cases) {
      add(values);
      if (encoder.size >= DRAIN_BYTES) await body.write(encoder.drain());
    }
  } else {
    for (const values of cases) {
      add(values);
      if (encoder.size >= DRAIN_BYTES) await body.write(encoder.drain());
    }
  }
  encoder.end();
  await body.write(encoder.drain());
  await body.end();
  return count;
}

function plainBody(handle: FileHandle): Body {
  return { write: (bytes) => append(handle, bytes), end: () => Promise.resolve() };
}

function zsavBody(handle: FileHandle, start: number, littleEndian: boolean): Body {
  const blocks = new ZsavBlocks(start, littleEndian);
  let placeHeld: Promise<void> | undefined;
  const holdPlace = (): Promise<void> => (placeHeld ??= append(handle, Buffer.alloc(ZSAV_HEADER_BYTES)));
  return {
    async write(bytes) {
      await holdPlace();
      for await (const block of blocks.push(bytes)) await append(handle, block);
    },
    async end() {
      await holdPlace();
      for await (const block of blocks.end()) await append(handle, block);
      await append(handle, blocks.trailer());
      await writeAt(handle, blocks.header(), start);
    },
  };
}

async function patchCaseCount(handle: FileHandle, count: number, littleEndian: boolean): Promise<void> {
  const bytes = Buffer.alloc(4);
  if (littleEndian) bytes.writeInt32LE(count);
  else bytes.writeInt32BE(count);
  await writeAt(handle, bytes, CASE_COUNT_OFFSET);
}

async function append(handle: FileHandle, bytes: Buffer): Promise<void> {
  if (bytes.length > 0) await handle.appendFile(bytes);
}

async function writeAt(handle: FileHandle, bytes: Buffer, position: number): Promise<void> {
  let done = 0;
  while (done < bytes.length) {
    const { bytesWritten } = await handle.write(bytes, done, bytes.length - done, position + done);
    done += bytesWritten;
  }
}
