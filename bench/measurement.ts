/** One measurement, and the file that they are gathered in, one line each: a bench that was stopped goes on where it was. */
import { appendFile, mkdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { conditionSchema } from './conditions.ts';

const byPart = z.object({
  runner: z.number(),
  workers: z.number(),
  browser: z.number(),
  renderers: z.number(),
  helpers: z.number(),
});
/** How many analysts of those who interacted have the vital, kept apart or not. */
const keptSchema = z.object({ kept: z.int(), expected: z.int() });
const value = z.number().nullable();

export const measurementSchema = z.object({
  ...conditionSchema.shape,
  at: z.iso.datetime(),
  browser: z.string(),
  /** Analysts whose journey ended well. */
  finished: z.int(),
  wallSeconds: z.number(),
  /** From the first process to the moment when everybody stood on the dashboard. */
  startLineSeconds: value,
  /** Proportional memory of the whole tree without the product, at its peak, and what it was made of then. */
  peakBytes: z.number(),
  peakByPart: byPart,
  cpuSeconds: byPart,
  /** What other programs used meanwhile, as a share of all cores: a busy machine measures badly. */
  restShare: z.number(),
  /** The product's own figures, from its log and its processes. */
  product: z.object({
    cpuSeconds: z.number(),
    requests: z.int(),
    requestP50Ms: value,
    requestP95Ms: value,
    /** Of its runs, by the harness's clock; of journeys that launch some. */
    runP50Ms: value,
  }),
  inp: keptSchema.nullable(),
  cls: keptSchema.nullable(),
  /** Seconds past a guard of those that were judged. */
  guards: z.object({ past: z.int(), judged: z.int() }).nullable(),
});
export type Measurement = z.infer<typeof measurementSchema>;

/** All measurements in a bench's folder, oldest first. @throws for a line that is none. */
export async function readMeasurements(folder: string): Promise<Measurement[]> {
  let text: string;
  try {
    text = await readFile(fileIn(folder), 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw error;
  }
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map((line, index) => {
      const parsed = measurementSchema.safeParse(parse(line));
      if (parsed.success) return parsed.data;
      throw new Error(
        `Line ${index + 1} of ${fileIn(folder)} is no measurement of this version: name another --folder, or delete it.`,
        { cause: parsed.error },
      );
    });
}

/** Adds a measurement. */
export async function keepMeasurement(folder: string, measurement: Measurement): Promise<void> {
  await mkdir(folder, { recursive: true });
  await appendFile(fileIn(folder), `${JSON.stringify(measurementSchema.parse(measurement))}\n`);
}

function fileIn(folder: string): string {
  return path.join(folder, 'measurements.jsonl');
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}
