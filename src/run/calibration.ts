/** How many analysts this machine can honestly carry: what `npm run calibrate` found, and what a run makes of it. */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import type { Settings } from './settings.ts';

/** How many analysts are tried, one level after the other. */
export const levels: readonly number[] = [3, 5, 8, 12, 15, 20, 24, 30];

const trialSchema = z.object({
  analysts: z.int().positive(),
  /** Whether every journey ended well and the generator stayed within its guards. */
  held: z.boolean(),
});
export type Trial = z.infer<typeof trialSchema>;

const calibrationSchema = z.object({
  schema: z.literal(2),
  /** The machine that it holds for. */
  host: z.string(),
  at: z.iso.datetime(),
  /** Over how many seconds analysts set out, and how many they paused on average: what it holds for. */
  rampS: z.number().nonnegative(),
  thinkS: z.number().nonnegative(),
  /** The most analysts that were carried; 0 when not even the fewest were. */
  analysts: z.int().nonnegative(),
  trials: z.array(trialSchema),
});
export type Calibration = z.infer<typeof calibrationSchema>;

/**
 * The next level to try; undefined when it is known how many are carried. A level that did not hold is tried once more,
 * because another program may have had the machine; after the second failure nothing higher is tried.
 */
export function nextLevel(trials: readonly Trial[]): number | undefined {
  for (const level of levels) {
    const tried = trials.filter(({ analysts }) => analysts === level);
    if (tried.some(({ held }) => held)) continue;
    return tried.length < 2 ? level : undefined;
  }
  return undefined;
}

/** The most analysts that were carried. */
export function carried(trials: readonly Trial[]): number {
  return Math.max(0, ...trials.filter(({ held }) => held).map(({ analysts }) => analysts));
}

/** What makes this machine this machine: a calibration of another one says nothing here. */
export function hostFingerprint(): string {
  const gibibytes = Math.round(os.totalmem() / 2 ** 30);
  return `${os.platform()} ${os.arch()}, ${os.availableParallelism()} × ${os.cpus()[0]?.model ?? 'unknown'}, ${gibibytes} GiB`;
}

const kept = path.resolve(import.meta.dirname, '../../.cache/calibration.json');

/** Keeps a calibration for the runs to come. */
export async function writeCalibration(calibration: Calibration, file = kept): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true });
  await writeFile(file, `${JSON.stringify(calibration, null, 2)}\n`);
}

/** What was found on this machine; undefined when it was never calibrated, or by an older version. */
export async function readCalibration(file = kept): Promise<Calibration | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  return calibrationSchema.safeParse(parse(text)).data;
}

type Load = Pick<Settings, 'ANALYSTS' | 'RAMP_S' | 'THINK_S'>;

/** How analysts set out and pause, in words. */
export function paceInWords({ rampS, thinkS }: Pick<Calibration, 'rampS' | 'thinkS'>): string {
  const ramp = rampS > 0 ? `set out over ${rampS} s` : 'set out in the same moment';
  return `${ramp} and ${thinkS > 0 ? `pause ${thinkS} s on average` : 'never pause'}`;
}

/** One line for a run that asks for more than was carried, or of which the calibration says nothing; undefined when there is nothing to say. */
export function warningFor(
  { ANALYSTS: analysts, RAMP_S: rampS, THINK_S: thinkS }: Load,
  calibration: Calibration | undefined,
  host: string = hostFingerprint(),
): string | undefined {
  if (!calibration || calibration.host !== host) return undefined;
  const day = calibration.at.slice(0, 10);
  const then = paceInWords(calibration);
  if (analysts <= calibration.analysts) {
    if (rampS >= calibration.rampS && thinkS >= calibration.thinkS) return undefined;
    return `This machine was calibrated (${day}) with analysts who ${then}. Those of this run ${paceInWords({ rampS, thinkS })}: nobody knows how many of them it carries.`;
  }
  const found =
    calibration.analysts === 0
      ? `not even ${levels[0]} analysts within the guards`
      : `${calibration.analysts} analysts within the guards`;
  return `This machine carried ${found} when it was calibrated (${day}), of those who ${then}: figures of ${analysts} may be its own rather than the product's.`;
}

/** How many analysts this machine carried, of those who set out and pause as these; undefined where nobody knows. */
export function carriedHere(
  { RAMP_S: rampS, THINK_S: thinkS }: Readonly<Record<string, unknown>>,
  calibration: Calibration | undefined,
  host: string = hostFingerprint(),
): number | undefined {
  if (calibration?.host !== host) return undefined;
  return Number(rampS) >= calibration.rampS && Number(thinkS) >= calibration.thinkS ? calibration.analysts : undefined;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined; // Cut short: as good as never calibrated, and the next calibration writes it anew.
  }
}
