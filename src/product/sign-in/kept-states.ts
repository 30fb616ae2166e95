/**
 * Earlier sign-ins, kept on disk so that the next run need not sign everybody in again: one file an account, readable by
 * its owner only. A file knows its account's password by a salted key, so that a changed password makes it worthless.
 */
import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { chmod, mkdir, readFile, readdir, rename, rm, rmdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Cookie } from '@playwright/test';
import { z } from 'zod';

/** Where they lie unless somebody says otherwise. */
export const keptFolder = path.join('.cache', 'sessions');

const fileSchema = z.object({
  v: z.literal(1),
  /** Milliseconds since 1970. */
  signedInAt: z.number(),
  endsAt: z.number(),
  salt: z.string(),
  key: z.string(),
  cookies: z.array(
    z.object({
      name: z.string(),
      value: z.string(),
      domain: z.string(),
      path: z.string(),
      expires: z.number(),
      httpOnly: z.boolean(),
      secure: z.boolean(),
      sameSite: z.enum(['Strict', 'Lax', 'None']),
    }),
  ),
});

export interface KeptState {
  readonly cookies: readonly Cookie[];
  /** Milliseconds since 1970. */
  readonly signedInAt: number;
  readonly endsAt: number;
}

interface Owner {
  readonly email: string;
  readonly password: string;
}

/** What ends sooner is not worth a try. */
const leastLeftMs = 30_000;
const scryptAsync = promisify<string, Buffer, number, { N: number }, Buffer>(scrypt);
// Cheap: the file beside it holds a live session, and the machine is being measured.
const deriveKey = (password: string, salt: Buffer): Promise<Buffer> => scryptAsync(password, salt, 32, { N: 4096 });

export class KeptStates {
  readonly #folder: string;

  /** The states of one product. */
  constructor(baseUrl: string, folder: string = keptFolder) {
    this.#folder = folderOf(baseUrl, folder);
  }

  /** The state of an account while it is good; one that is over, unreadable, or of another password is taken away. */
  async find(owner: Owner, now = Date.now()): Promise<KeptState | undefined> {
    let text: string;
    try {
      text = await readFile(this.#fileOf(owner), 'utf8');
    } catch {
      return undefined;
    }
    const file = parse(text);
    if (file !== undefined && file.endsAt - leastLeftMs > now && (await fits(owner.password, file))) return file;
    await this.forget(owner);
    return undefined;
  }

  /** Keeps a state in the place of the one before; whoever reads meanwhile sees the one or the other. */
  async keep(owner: Owner, { cookies, signedInAt, endsAt }: KeptState): Promise<void> {
    const salt = randomBytes(16);
    const key = await deriveKey(owner.password, salt);
    const text = JSON.stringify({
      v: 1,
      signedInAt,
      endsAt,
      salt: salt.toString('base64url'),
      key: key.toString('base64url'),
      cookies: [...cookies],
    } satisfies z.input<typeof fileSchema>);
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    // Folders that were there before may be open to others.
    for (const folder of [path.dirname(this.#folder), this.#folder]) await chmod(folder, 0o700);
    const file = this.#fileOf(owner);
    const draft = `${file}.${process.pid}.${randomBytes(4).toString('hex')}`;
    try {
      await writeFile(draft, text, { mode: 0o600, flag: 'wx' });
      await rename(draft, file);
    } catch (error) {
      await rm(draft, { force: true });
      throw error;
    }
  }

  async forget(owner: Owner): Promise<void> {
    await rm(this.#fileOf(owner), { force: true });
  }

  #fileOf({ email }: Owner): string {
    return path.join(this.#folder, `${hash(email.toLowerCase())}.json`);
  }
}

/** Where the states of one product lie. */
export function folderOf(baseUrl: string, folder: string = keptFolder): string {
  return path.join(folder, hash(new URL(baseUrl).origin));
}

/** Takes states that are over away, of whatever product, and what is no state at all. */
export async function pruneStates(folder: string = keptFolder, now = Date.now()): Promise<void> {
  for (const product of await readdir(folder).catch(() => [])) {
    const within = path.join(folder, product);
    for (const name of await readdir(within).catch(() => [])) {
      const file = parse(await readFile(path.join(within, name), 'utf8').catch(() => ''));
      if (file === undefined || file.endsAt <= now) await rm(path.join(within, name), { force: true });
    }
    await rmdir(within).catch(() => undefined); // Not empty: others are still good.
  }
}

function parse(text: string): z.output<typeof fileSchema> | undefined {
  try {
    return fileSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

async function fits(password: string, { salt, key }: z.output<typeof fileSchema>): Promise<boolean> {
  const expected = Buffer.from(key, 'base64url');
  const actual = await deriveKey(password, Buffer.from(salt, 'base64url'));
  return expected.length === actual.length && timingSafeEqual(expected, actual);
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 32);
}
