/**
 * Outcomes of journeys, one file an analyst. A worker that carries several analysts runs their journeys at once and each
 * analyst's own test then reports its outcome, also in a new worker when the first one was replaced.
 */
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';

const stepRecord = z.object({ name: z.string(), durationMs: z.number(), outcome: z.enum(['ok', 'failed', 'timeout']) });

const outcomeSchema = z.object({
  analyst: z.string(),
  outcome: z.enum(['ok', 'failed']),
  steps: z.array(stepRecord),
  error: z.object({ message: z.string(), stack: z.string().optional() }).optional(),
  /** Path of a picture of the page where the journey failed. */
  screenshot: z.string().optional(),
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
  const file = path.join(runFolder, 'outcomes', `${outcome.analyst}.json`);
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(`${file}.draft`, JSON.stringify(outcome));
  await rename(`${file}.draft`, file);
}

/** The outcome of an analyst's journey, or undefined when there is none (yet). */
export async function readOutcome(runFolder: string, analyst: string): Promise<Outcome | undefined> {
  let text: string;
  try {
    text = await readFile(path.join(runFolder, 'outcomes', `${analyst}.json`), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return outcomeSchema.parse(JSON.parse(text));
}

/** An error that says what the original said, where it said it. */
export function errorOf(outcome: Outcome): Error {
  const error = new Error(outcome.error?.message ?? `${outcome.analyst} failed without saying why.`);
  if (outcome.error?.stack !== undefined) error.stack = outcome.error.stack;
  return error;
}
