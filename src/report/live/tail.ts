/**
 * Follows a run's files while they grow. Reads only what is new, and gives out a record once. Where nothing is new it costs one
 * call of the system a file: it is done every second beside what is measured.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { journalRecordSchema, type JournalRecord } from '../../run/journal-schema.ts';
import type { MusterEvent } from '../../telemetry/events.ts';

/** What was appended since the last time. */
export interface News {
  readonly events: readonly MusterEvent[];
  readonly journal: readonly JournalRecord[];
}

interface Followed {
  readonly descriptor: number;
  /** A file that has grown large is put aside under another name, and goes on as the same file. */
  readonly identity: string;
  offset: number;
  rest: Buffer;
}

const CHUNK = Buffer.alloc(256 * 1024);
const NOTHING = Buffer.alloc(0);

export class LiveTail {
  readonly #runFolder: string;
  readonly #files = new Map<string, Followed>();

  constructor(runFolder: string) {
    this.#runFolder = runFolder;
  }

  /** Reads what was appended since the last call. Files that are not there yet count as empty; so do lines that are no records: the fold tells of them. */
  async read(): Promise<News> {
    const events = await this.#lines('events');
    const journal = await this.#lines('journal');
    return {
      // Whoever watches takes events as their workers checked them; the fold checks each.
      events: events.flatMap((line) => (isEvent(line) ? [line] : [])),
      journal: journal.flatMap((line) => journalRecordSchema.safeParse(line).data ?? []),
    };
  }

  /** Closes the files. */
  close(): void {
    for (const { descriptor } of this.#files.values()) closeSync(descriptor);
    this.#files.clear();
  }

  async #lines(folder: string): Promise<unknown[]> {
    const room = join(this.#runFolder, folder);
    const names = await readdir(room).catch(() => []);
    const paths = names.filter((name) => name.endsWith('.jsonl')).map((name) => join(room, name));
    for (const path of paths) if (!this.#files.has(path)) this.#follow(path);
    return paths.sort().flatMap((path) => {
      const file = this.#files.get(path);
      return file === undefined ? [] : advance(file);
    });
  }

  #follow(path: string): void {
    const file = opened(path);
    if (file === undefined) return;
    const aside = [...this.#files].find(([, { identity }]) => identity === file.identity);
    if (aside === undefined) {
      this.#files.set(path, file);
      return;
    }
    // It was put aside. Under its old name another is begun, which will be found the next time.
    const [oldPath, known] = aside;
    closeSync(file.descriptor);
    this.#files.delete(oldPath);
    this.#files.set(path, known);
  }
}

function opened(path: string): Followed | undefined {
  let descriptor: number;
  try {
    descriptor = openSync(path, 'r');
  } catch (error) {
    // It was deleted or put aside in this very moment.
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined;
    throw error;
  }
  const { dev, ino } = fstatSync(descriptor);
  return { descriptor, identity: `${dev}:${ino}`, offset: 0, rest: NOTHING };
}

/** The lines that are whole by now. */
function advance(file: Followed): unknown[] {
  const lines: unknown[] = [];
  for (;;) {
    const length = readSync(file.descriptor, CHUNK, 0, CHUNK.length, file.offset);
    if (length === 0) return lines;
    file.offset += length;
    const whole = Buffer.concat([file.rest, CHUNK.subarray(0, length)]);
    // As bytes: a character may be cut in two at the end.
    const end = whole.lastIndexOf(0x0a) + 1;
    file.rest = Buffer.from(whole.subarray(end));
    for (const line of whole.toString('utf8', 0, end).split('\n')) lines.push(...parsed(line));
  }
}

function parsed(line: string): unknown[] {
  if (line === '') return [];
  try {
    return [JSON.parse(line)];
  } catch {
    return [];
  }
}

function isEvent(line: unknown): line is MusterEvent {
  return (
    typeof line === 'object' &&
    line !== null &&
    'type' in line &&
    'analyst' in line &&
    'at' in line &&
    'attempt' in line
  );
}
