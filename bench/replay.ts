/** A recorded run once more, as if it happened now: for whatever looks at runs while they last. */
import { appendFile, mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

interface Line {
  readonly at: number;
  readonly file: string;
  readonly text: string;
}

export interface Recording {
  readonly run: string;
  readonly lines: readonly Line[];
  readonly from: number;
  readonly to: number;
}

/** Reads a run's folder. Rejects when it has no records. */
export async function readRecording(folder: string): Promise<Recording> {
  const run = await readFile(join(folder, 'run.json'), 'utf8');
  const lines: Line[] = [];
  for (const room of ['events', 'journal'])
    for (const name of await readdir(join(folder, room)))
      for (const text of (await readFile(join(folder, room, name), 'utf8')).split('\n')) {
        const at = Number(/"at":(\d+(?:\.\d+)?)/.exec(text)?.[1]);
        if (at > 0) lines.push({ at, file: join(room, name), text });
      }
  if (lines.length === 0) throw new Error(`${folder} holds no records.`);
  lines.sort((one, other) => one.at - other.at);
  const from = Date.parse((JSON.parse(run) as { startedAt: string }).startedAt);
  return { run, lines, from, to: lines.at(-1)?.at ?? from };
}

/** Writes what had been recorded so many milliseconds after the beginning, moved so that this moment is now. Returns the rest. */
export async function beginReplay(
  { run, lines, from }: Recording,
  folder: string,
  afterMs: number,
): Promise<{ rest: readonly Line[]; shiftMs: number }> {
  const shiftMs = Date.now() - (from + afterMs);
  for (const room of ['events', 'journal']) await mkdir(join(folder, room), { recursive: true });
  const startedAt = new Date(from + shiftMs).toISOString();
  await writeFile(join(folder, 'run.json'), JSON.stringify({ ...(JSON.parse(run) as object), startedAt }));
  const past = lines.filter(({ at }) => at <= from + afterMs);
  await write(folder, past, shiftMs);
  return { rest: lines.slice(past.length), shiftMs };
}

/** Appends each record when its time has come, until all are there or `until` (milliseconds since 1970) is over. */
export async function replay(folder: string, rest: readonly Line[], shiftMs: number, until: number): Promise<void> {
  let next = 0;
  while (next < rest.length && Date.now() < until) {
    const now = Date.now();
    const due = rest.slice(next).findIndex(({ at }) => at + shiftMs > now);
    const count = due === -1 ? rest.length - next : due;
    await write(folder, rest.slice(next, next + count), shiftMs);
    next += count;
    await sleep(STEP_MS);
  }
}

/** Workers append whenever something happens; a tenth of a second is finer than anybody looks. */
const STEP_MS = 100;

/** Every time in a record is a number of thirteen digits, with or without fractions. */
async function write(folder: string, lines: readonly Line[], shiftMs: number): Promise<void> {
  const files = new Map<string, string[]>();
  for (const { file, text } of lines) {
    const shifted = text.replace(/(?<=":)1\d{12}(?:\.\d+)?(?=[,}])/g, (time) => String(Number(time) + shiftMs));
    files.set(file, [...(files.get(file) ?? []), shifted]);
  }
  for (const [file, texts] of files) await appendFile(join(folder, file), `${texts.join('\n')}\n`);
}
