/**
 * Record files that are put aside when they have grown large, by whichever of their writers notices first. Who still holds
 * the old file goes on appending to it until it looks again, so no line is lost; all of them are read, whatever their names.
 */
import { closeSync, fstatSync, openSync, readdirSync, renameSync, rmSync, statSync, type Stats } from 'node:fs';
import path from 'node:path';

/** Files that were put aside are kept for so long. */
export const keptMs = 7 * 24 * 3600 * 1000;

/** Whether a writer should change its file: it is too large, or another writer has put it aside. */
export function isElsewhere(file: string, descriptor: number, limitBytes: number): boolean {
  const mine = fstatSync(descriptor);
  return mine.size >= limitBytes || !isSame(mine, look(file));
}

/** Puts the file aside unless another writer has, drops what is older than a week, and returns the new file's descriptor. */
export function changeFile(file: string, descriptor: number, limitBytes: number, now = Date.now()): number {
  const mine = fstatSync(descriptor);
  if (mine.size >= limitBytes && isSame(mine, look(file))) {
    const { dir, name, ext } = path.parse(file);
    try {
      renameSync(file, path.join(dir, `${name}.${now}-${process.pid}${ext}`));
    } catch (error) {
      if (!isAbsent(error)) throw error; // Another writer was quicker.
    }
    dropOld(dir, name, ext, now);
  }
  const next = openSync(file, 'a');
  closeSync(descriptor);
  return next;
}

function dropOld(folder: string, name: string, extension: string, now: number): void {
  for (const entry of readdirSync(folder)) {
    if (!(entry.startsWith(`${name}.`) && entry.endsWith(extension) && /\.\d+-\d+\./.test(entry))) continue;
    const aside = path.join(folder, entry);
    if (now - (look(aside)?.mtimeMs ?? now) > keptMs) rmSync(aside, { force: true });
  }
}

function isSame(one: Stats, other: Stats | undefined): boolean {
  return other !== undefined && one.ino === other.ino && one.dev === other.dev;
}

function look(file: string): Stats | undefined {
  try {
    return statSync(file);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
