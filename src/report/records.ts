/** Reads what the workers left on disk, line by line: `events/*.jsonl` and `journal/*.jsonl` of a run's folder. */
import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { createInterface } from 'node:readline';
import type { ZodType } from 'zod';
import { journalRecordSchema, type JournalRecord } from '../run/journal-schema.ts';
import { eventSchema, type MusterEvent } from '../telemetry/events.ts';

export interface Records {
  events: MusterEvent[];
  journal: JournalRecord[];
  /** Lines that cannot be counted although they are whole; each a sentence that names file and line. */
  problems: string[];
  /** Last lines cut short, as a killed worker leaves them: what was being written is lost, the rest is sound. */
  torn: string[];
}

/** Reads every record of a run. A missing folder holds no records. Rejects only when a file that is there cannot be read. */
export async function readRecords(runFolder: string): Promise<Records> {
  const problems: string[] = [];
  const torn: string[] = [];
  const read = <T>(folder: string, schema: ZodType<T>) =>
    readFolder(join(runFolder, folder), schema, { problems, torn });
  const events = await read('events', eventSchema);
  const journal = await read('journal', journalRecordSchema);
  return { events, journal, problems, torn };
}

type Complaints = Pick<Records, 'problems' | 'torn'>;

async function readFolder<T>(folder: string, schema: ZodType<T>, complaints: Complaints): Promise<T[]> {
  const records: T[] = [];
  for (const file of await jsonLinesIn(folder)) {
    for await (const line of linesOf(file)) {
      const where = `${basename(folder)}/${basename(file)} line ${line.number}`;
      const record = parse(line.text, schema);
      if ('record' in record) records.push(record.record);
      else if (record.fault === 'not JSON' && line.last) complaints.torn.push(where);
      else complaints.problems.push(`${where} is no record: ${record.fault}.`);
    }
  }
  return records;
}

async function jsonLinesIn(folder: string): Promise<string[]> {
  try {
    const names = await readdir(folder);
    return names
      .filter((name) => name.endsWith('.jsonl'))
      .sort()
      .map((name) => join(folder, name));
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return [];
    throw error;
  }
}

interface Line {
  text: string;
  number: number;
  last: boolean;
}

/** The lines of a file that hold something; each is given out when the next is known, so that the last one is known as such. */
async function* linesOf(file: string): AsyncGenerator<Line> {
  let held: Line | undefined;
  let number = 0;
  for await (const text of createInterface({ input: createReadStream(file, 'utf8'), crlfDelay: Infinity })) {
    number += 1;
    if (text.trim() === '') continue;
    if (held) yield held;
    held = { text, number, last: false };
  }
  if (held) yield { ...held, last: true };
}

function parse<T>(text: string, schema: ZodType<T>): { record: T } | { fault: string } {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return { fault: 'not JSON' };
  }
  const result = schema.safeParse(json);
  if (result.success) return { record: result.data };
  const issue = result.error.issues[0];
  return { fault: issue ? `${issue.path.join('.') || 'the whole'}: ${issue.message}` : 'unknown shape' };
}
