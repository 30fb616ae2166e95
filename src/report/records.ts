/**
 * Reads what the workers left on disk: `events/*.jsonl` and `journal/*.jsonl` of a run's folder. A long run leaves more than
 * fits into memory, so its events are gone through as often as they are needed, and never held all at once.
 */
import { readdir, stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { ZodError } from 'zod';
import { journalRecordSchema, type JournalRecord } from '../run/journal-schema.ts';
import { eventBodySchema, eventSchema, type MusterEvent } from '../telemetry/events.ts';
import { linesOf, type Line } from './lines.ts';
import { Sentences } from './sentences.ts';

/** What is wrong with a run's files. */
export interface Faults {
  /** Lines that cannot be counted although they are whole; each a sentence that names file and line. */
  problems: string[];
  /** Last lines cut short, as a killed worker leaves them: what was being written is lost, the rest is sound. */
  torn: string[];
}

export interface Records extends Faults {
  events: MusterEvent[];
  journal: JournalRecord[];
}

/** Reads every record of a run into memory. A missing folder holds no records. Rejects only when a file that is there cannot be read. */
export async function readRecords(runFolder: string): Promise<Records> {
  const files = new RunFiles(runFolder);
  const events: MusterEvent[] = [];
  for await (const batch of files.events()) events.push(...batch);
  return { events, journal: await files.journal(), ...files.faults() };
}

interface EventFile {
  readonly path: string;
  /** What there was when it was first read: somebody may still be writing. */
  readonly bytes: number;
  /** Whose events are in it. */
  readonly analysts: Set<string>;
  /** The numbers of lines that hold no event. */
  readonly faulty: Set<number>;
}

/** How many faulty lines are named. */
const NAMED = 200;

/** The files of a run. A missing folder holds none. Everything rejects only when a file that is there cannot be read. */
export class RunFiles {
  readonly #runFolder: string;
  readonly #problems = new Sentences(NAMED, (more) => `${more} more lines are no records either.`);
  readonly #torn: string[] = [];
  #files: EventFile[] = [];

  constructor(runFolder: string) {
    this.#runFolder = runFolder;
  }

  /** Every record of the journal. */
  async journal(): Promise<JournalRecord[]> {
    const records: JournalRecord[] = [];
    for (const path of await this.#pathsIn('journal'))
      for await (const lines of linesOf(path))
        for (const line of lines) {
          const read = this.#read(path, line, checkJournal);
          if (read !== undefined) records.push(read);
        }
    return records;
  }

  /** Every event, checked, in batches, in the order of files and lines. To be gone through once, and before `chapters`. */
  async *events(): AsyncGenerator<MusterEvent[]> {
    this.#files = [];
    for (const path of await this.#pathsIn('events')) {
      const { size: bytes } = await stat(path);
      const file: EventFile = { path, bytes, analysts: new Set(), faulty: new Set() };
      this.#files.push(file);
      for await (const lines of linesOf(path, bytes)) {
        const batch: MusterEvent[] = [];
        for (const line of lines) {
          const event = this.#read(path, line, checkEvent);
          if (event === undefined) file.faulty.add(line.number);
          else {
            file.analysts.add(event.analyst);
            batch.push(event);
          }
        }
        yield batch;
      }
    }
  }

  /**
   * The same events once more, in chapters: all of one analyst, or of another writer, in the order in which they were read. An
   * analyst's events are in one file, or in a few where it grew too large, so one chapter at a time is in memory. Of the health of
   * a page, a record a second, only the last of each attempt is in it: it may be what is known of the analyst last.
   */
  async *chapters(): AsyncGenerator<MusterEvent[]> {
    for (const files of together(this.#files)) {
      const chapters = new Map<string, Chapter>();
      for (const { path, bytes, faulty } of files)
        for await (const lines of linesOf(path, bytes))
          for (const { text, number } of lines) {
            if (faulty.has(number)) continue;
            // Checked the first time.
            const event = JSON.parse(text) as MusterEvent;
            const chapter = chapters.get(event.analyst) ?? new Chapter();
            chapters.set(event.analyst, chapter);
            chapter.add(event);
          }
      for (const chapter of chapters.values()) yield chapter.events();
    }
  }

  /** What was found wrong so far. */
  faults(): Faults {
    return { problems: this.#problems.all(), torn: this.#torn };
  }

  #read<T>(path: string, line: Line, check: Check<T>): T | undefined {
    const parsed = parse(line.text, check);
    if ('record' in parsed) return parsed.record;
    const where = `${basename(join(path, '..'))}/${basename(path)} line ${line.number}`;
    if (parsed.fault === 'not JSON' && line.last) this.#torn.push(where);
    else this.#problems.add(`${where} is no record: ${parsed.fault}.`);
    return undefined;
  }

  async #pathsIn(name: string): Promise<string[]> {
    const folder = join(this.#runFolder, name);
    try {
      const names = await readdir(folder);
      return names
        .filter((each) => each.endsWith('.jsonl'))
        .sort()
        .map((each) => join(folder, each));
    } catch (error) {
      if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
      throw error;
    }
  }
}

class Chapter {
  readonly #events: MusterEvent[] = [];
  readonly #health = new Map<number, MusterEvent>();

  add(event: MusterEvent): void {
    if (event.type !== 'health') this.#events.push(event);
    else if (event.at >= (this.#health.get(event.attempt)?.at ?? -Infinity)) this.#health.set(event.attempt, event);
  }

  events(): MusterEvent[] {
    return [...this.#events, ...this.#health.values()];
  }
}

/** The files in groups, so that no analyst's events are in two groups. */
function together(files: readonly EventFile[]): Iterable<EventFile[]> {
  const groupOf = new Map<string, EventFile[]>();
  const groups = new Set<EventFile[]>();
  for (const file of files) {
    const shared = new Set(
      [...file.analysts].map((analyst) => groupOf.get(analyst)).filter((group) => group !== undefined),
    );
    for (const group of shared) groups.delete(group);
    const group = [...[...shared].flat(), file];
    groups.add(group);
    for (const each of group) for (const analyst of each.analysts) groupOf.set(analyst, group);
  }
  return groups;
}

type Check<T> = (json: unknown) => { data: T } | { error: ZodError };

const checkJournal: Check<JournalRecord> = (json) => {
  const { data, error } = journalRecordSchema.safeParse(json);
  return error ? { error } : { data };
};

/** As the schema does, without its walk through every nested value of both halves to put them together. */
const checkEvent: Check<MusterEvent> = (json) => {
  const base = eventSchema.def.left.safeParse(json);
  if (base.error) return base;
  const body = eventBodySchema.safeParse(json);
  return body.error ? body : { data: Object.assign(base.data, body.data) };
};

function parse<T>(text: string, check: Check<T>): { record: T } | { fault: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { fault: 'not JSON' };
  }
  const result = check(json);
  if ('data' in result) return { record: result.data };
  const issue = result.error.issues[0];
  return { fault: issue ? `${issue.path.join('.') || 'the whole'}: ${issue.message}` : 'unknown shape' };
}
