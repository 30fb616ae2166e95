/** One object into one file: it goes on where it broke off, and is there under its name only when it is what it should be. */
import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, open, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import type { Store } from './client.ts';
import { explained, StoreError } from './errors.ts';
import { wordsFor } from './manifest.ts';
import type { StoredFile } from './stored.ts';

/** How often a download that breaks off goes on within one call, and how often in a row without having got anything more. */
const resumptions = 8;
const fruitless = 2;

/**
 * Fetches an object into a file and returns its SHA-256. A part that an earlier call left is gone on with.
 * @throws StoreError when it breaks off for good (the part stays, for the next call) or is not what the store said.
 */
export async function download(
  store: Store,
  object: StoredFile,
  target: string,
  heard: (bytes: number) => void,
): Promise<string> {
  // Of another version of the object there may be a part, too.
  const part = `${target}.${createHash('sha256').update(object.etag).digest('hex').slice(0, 12)}.part`;
  await mkdir(path.dirname(target), { recursive: true });
  let have = await sizeOf(part);
  if (have > object.sizeBytes) {
    await rm(part);
    have = 0;
  }
  let inVain = 0;
  for (let attempt = 0; have < object.sizeBytes; attempt += 1) {
    heard(have);
    const before = have;
    const failure = await append(store, object, part, { from: have, heard }).catch((error: unknown) => ({ error }));
    have = await sizeOf(part);
    inVain = have > before ? 0 : inVain + 1;
    if (have >= object.sizeBytes || (inVain <= fruitless && attempt < resumptions)) continue;
    const cause =
      failure?.error ?? new StoreError(`The store ended ${wordsFor(object.key)} too early: fetch it again.`);
    throw explained(
      cause,
      store.config,
      `fetching ${wordsFor(object.key)} (${have} of ${object.sizeBytes} bytes are here)`,
    );
  }
  const sha256 = await verified(object, part);
  await rename(part, target);
  return sha256;
}

async function append(
  store: Store,
  { key, etag }: StoredFile,
  part: string,
  { from, heard }: { from: number; heard: (bytes: number) => void },
): Promise<undefined> {
  const body = await store.bytes(key, { etag, from });
  let have = from;
  // Piece by piece, not piped: what has come must be on the disk before anybody asks how much it is.
  const file = await open(part, 'a');
  try {
    for await (const chunk of body as AsyncIterable<Buffer>) {
      await file.appendFile(chunk);
      have += chunk.length;
      heard(have);
    }
  } finally {
    await file.close();
  }
}

/** @throws StoreError, after deleting the file, when it is not what the store said it would be. */
async function verified({ key, sha256, etag, sizeBytes }: StoredFile, file: string): Promise<string> {
  const [actual, md5] = await digests(file);
  // An ETag is the MD5 of an object that came in one piece; of one in parts it is something else, with a dash.
  const plainTag = /^"?([0-9a-f]{32})"?$/.exec(etag)?.[1];
  const wrong =
    sha256 !== undefined
      ? actual !== sha256
      : plainTag !== undefined
        ? md5 !== plainTag
        : (await sizeOf(file)) !== sizeBytes;
  if (!wrong) return actual;
  await rm(file);
  throw new StoreError(
    `Of what was fetched, ${wordsFor(key)} has the SHA-256 ${actual}${sha256 === undefined ? `, which does not go with its ETag ${etag}` : `, the store says ${sha256}`}: what is stored was damaged, or replaced meanwhile. Upload it again, or fetch it again.`,
  );
}

async function digests(file: string): Promise<[sha256: string, md5: string]> {
  const sha256 = createHash('sha256');
  const md5 = createHash('md5');
  for await (const chunk of createReadStream(file) as AsyncIterable<Buffer>) {
    sha256.update(chunk);
    md5.update(chunk);
  }
  return [sha256.digest('hex'), md5.digest('hex')];
}

async function sizeOf(file: string): Promise<number> {
  return stat(file).then(
    ({ size }) => size,
    (error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return 0;
      throw error;
    },
  );
}
