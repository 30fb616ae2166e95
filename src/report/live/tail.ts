/** Follows a run's files while they grow. Reads only what is new, and gives out a record once. */
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { journalRecordSchema, type JournalRecord } from '../../run/journal-schema.ts';
import type { MusterEvent } from '../../telemetry/events.ts';

/** What was appended since the last time. */
export interface News {
  readonly events: readonly MusterEvent[];
  readonly journal: readonly JournalRecord[];
}

export class LiveTail {
  readonly #runFolder: string;
  readonly #files = new Map<string, { offset: number; rest: Buffer }>();

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

  async #lines(folder: string): Promise<unknown[]> {
    const room = join(this.#runFolder, folder);
    const names = await readdir(room).catch(() => []);
    const lines: unknown[] = [];
    for (const name of names.filter((each) => each.endsWith('.jsonl')).sort())
      lines.push(...(await this.#advance(join(room, name))));
    return lines;
  }

  async #advance(path: string): Promise<unknown[]> {
    const state = this.#files.get(path) ?? { offset: 0, rest: Buffer.alloc(0) };
    this.#files.set(path, state);
    const file = await open(path);
    try {
      const { size } = await file.stat();
      if (size <= state.offset) return [];
      const fresh = Buffer.alloc(size - state.offset);
      const { bytesRead } = await file.read(fresh, 0, fresh.length, state.offset);
      state.offset += bytesRead;
      const whole = Buffer.concat([state.rest, fresh.subarray(0, bytesRead)]);
      // As bytes: a character may be cut in two at the end.
      const end = whole.lastIndexOf(0x0a) + 1;
      state.rest = Buffer.from(whole.subarray(end));
      return whole
        .toString('utf8', 0, end)
        .split('\n')
        .flatMap((line) => parsed(line));
    } finally {
      await file.close();
    }
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
