/** Options on the command line, and what is said of those that cannot be used. */
import path from 'node:path';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { ConfigurationError } from '../src/run/configuration-error.ts';

export const text = { type: 'string' } as const;
export const texts = { type: 'string', multiple: true } as const;
export const flag = { type: 'boolean', default: false } as const;

/** Seconds in a week: as good as no limit, and a timer can hold it. */
export const unlimitedSeconds = 7 * 24 * 3600;

/** The values of the options that were given. @throws ConfigurationError with the usage for anything else. */
export function parseOptions<Options extends NonNullable<ParseArgsConfig['options']>>(
  argv: readonly string[],
  options: Options,
  usage: string,
) {
  try {
    return parseArgs({ args: [...argv], options }).values;
  } catch (cause) {
    throw new ConfigurationError(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause });
  }
}

/** A whole number of up to six digits. @throws ConfigurationError with the usage. */
export function wholeNumber(option: string, given: string, usage: string, least = 1): number {
  if (/^\d{1,6}$/.test(given) && Number(given) >= least) return Number(given);
  throw new ConfigurationError(`--${option} has "${given}": it must be a whole number from ${least} on.\n${usage}`);
}

/** What a bench is told that measures in rounds, goes on where it was, and shows or publishes what it has. */
export interface Sitting {
  /** After so many seconds no further round is begun. */
  readonly seconds: number;
  readonly folder: string;
  /** Only what was measured before is shown. */
  readonly report: boolean;
  readonly publish: boolean;
}

export const sittingOptions = { seconds: text, folder: text, quick: flag, report: flag, publish: flag } as const;

/** @throws ConfigurationError for seconds that are no number. `bench`: its name, of which its folder is called. */
export function readSitting(
  bench: string,
  values: {
    readonly seconds?: string | undefined;
    readonly folder?: string | undefined;
    readonly quick: boolean;
    readonly report: boolean;
    readonly publish: boolean;
  },
  usage: string,
): Sitting {
  const { seconds, folder, quick, report, publish } = values;
  return {
    seconds: seconds === undefined ? unlimitedSeconds : wholeNumber('seconds', seconds, usage),
    folder: path.resolve(folder ?? path.join('results', `bench-${bench}${quick ? '-quick' : ''}`)),
    report,
    publish,
  };
}
