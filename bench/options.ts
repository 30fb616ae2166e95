/** Options on the command line, and what is said of those that cannot be used. */
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
