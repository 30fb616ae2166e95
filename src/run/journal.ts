/** The journal: what an analyst is about to create and did create, on disk before the next thing happens. */
import { mkdir, open, readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { journalRecordSchema, type JournalRecord } from './journal-schema.ts';

type Body<R> = R extends unknown ? Omit<R, 'v' | 'at' | 'runId' | 'analyst'> : never;
export type JournalBody = Body<JournalRecord>;

export interface Journal {
  /** Appends a record and returns when it is on the disk itself. */
  append(body: JournalBody): Promise<void>;
}

/** The journal of one analyst (or of `teardown`). `folder` is the run's folder. */
export function openJournal({ folder, runId, analyst }: { folder: string; runId: string; analyst: string }): Journal {
  const file = path.join(folder, 'journal', `${analyst}.jsonl`);
  return {
    async append(body) {
      const record = journalRecordSchema.parse({ v: 1, at: Date.now(), runId, analyst, ...body });
      await mkdir(path.dirname(file), { recursive: true });
      const handle = await open(file, 'a');
      try {
        await handle.write(`${JSON.stringify(record)}\n`);
        await handle.sync();
      } finally {
        await handle.close();
      }
    },
  };
}

/** All records of a run so far. A torn last line (a killed writer) is left out; any other bad line throws. */
export async function readJournal(folder: string): Promise<JournalRecord[]> {
  const room = path.join(folder, 'journal');
  let names: string[];
  try {
    names = await readdir(room);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  const texts = await Promise.all(
    names.filter((name) => name.endsWith('.jsonl')).map((name) => readFile(path.join(room, name), 'utf8')),
  );
  return texts.flatMap((text) => {
    const whole = text.slice(0, text.lastIndexOf('\n') + 1);
    return whole
      .split('\n')
      .filter((line) => line !== '')
      .map((line) => journalRecordSchema.parse(JSON.parse(line)));
  });
}
