/**
 * Outcomes of journeys, one file an analyst. A worker that carries several analysts runs their journeys at once and each
 * analyst's own test then reports its outcome, also in a new worker when the first one was replaced.
 */
import { readFileSync } from 'node:fs';
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const stepRecord = z.object({
  name: z.string(),
  /** Milliseconds since 1970. */
  startedAt: z.number(),
  durationMs: z.number(),
  outcome: z.enum(['ok', 'failed', 'timeout']),
});

const outcomeSchema = z.object({
  analyst: z.string(),
  outcome: z.enum(['ok', 'failed']),
  /** Of the whole journey, milliseconds since 1970. */
  startedAt: z.number(),
  endedAt: z.number(),
  steps: z.array(stepRecord),
  error: z.object({ message: z.string(), stack: z.string().optional() }).optional(),
  /** Of the page where the journey failed: paths of a picture and of its state in words, or why there is none. */
  lastSeen: z
    .object({ picture: z.string().optional(), words: z.string().optional(), without: z.string().optional() })
    .optional(),
});
export type StepRecord = z.infer<typeof stepRecord>;
export type Outcome = z.infer<typeof outcomeSchema>;

/** Marks the journey of an analyst as begun. False: it had been begun before, here or in another worker. */
export async function beginJourney(runFolder: string, analyst: string): Promise<boolean> {
  const folder = path.join(runFolder, 'outcomes');
  await mkdir(folder, { recursive: true });
  try {
    await writeFile(path.join(folder, `${analyst}.begun`), String(process.pid), { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Writes an outcome, whole or not at all. */
export async function writeOutcome(runFolder: string, outcome: Outcome): Promise<void> {
  const file = fileOf(runFolder, outcome.analyst);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.draft`, JSON.stringify(outcome));
  await rename(`${file}.draft`, file);
}

/** The outcome of an analyst's journey, or undefined when there is none (yet). */
export async function readOutcome(runFolder: string, analyst: string): Promise<Outcome | undefined> {
  try {
    return parsed(await readFile(fileOf(runFolder, analyst), 'utf8'));
  } catch (error) {
    return undefinedIfNone(error);
  }
}

/** The same at once, for reporters, which cannot wait. */
export function readOutcomeSync(runFolder: string, analyst: string): Outcome | undefined {
  try {
    return parsed(readFileSync(fileOf(runFolder, analyst), 'utf8'));
  } catch (error) {
    return undefinedIfNone(error);
  }
}

/** What a step is called where it is told again, after it was done: with its own duration, which the telling does not have. */
export function retold({ name, durationMs }: StepRecord): string {
  return `${name} · ${(durationMs / 1000).toFixed(1)} s`;
}

/** An error that says what the original said, where it said it. */
export function errorOf(outcome: Outcome): Error {
  const error = new Error(outcome.error?.message ?? `${outcome.analyst} failed without saying why.`);
  if (outcome.error?.stack !== undefined) error.stack = outcome.error.stack;
  return error;
}

function fileOf(runFolder: string, analyst: string): string {
  return path.join(runFolder, 'outcomes', `${analyst}.json`);
}

function parsed(text: string): Outcome {
  return outcomeSchema.parse(JSON.parse(text));
}

function undefinedIfNone(error: unknown): undefined {
  if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
}
