/** What `npm run sweep` is told on the command line. */
import { parseArgs } from 'node:util';
import { ConfigurationError } from '../configuration-error.ts';

export interface SweepArguments {
  /** A run's id, or the name of its folder, which has the shard's number behind it. */
  readonly run: string | undefined;
  /** Only runs that began longer ago than this, in milliseconds. */
  readonly olderThanMs: number | undefined;
  /** Nothing is deleted; what would be is told. */
  readonly dryRun: boolean;
  readonly help: boolean;
}

const units = { s: 1000, m: 60_000, h: 3600_000, d: 24 * 3600_000 };

export const sweepUsage = `Usage: npm run sweep [-- --run ID] [--older-than 2h] [--dry-run]

Deletes what runs that were killed left in the product at BASE_URL: cancels what is active, waits until it has ended, deletes,
and looks again. Runs that are still going are left alone.

  --run ID         only this run, by its id or the name of its folder in RESULTS_DIR
  --older-than 2h  only runs that began longer ago than that (s, m, h or d); without it or --run, runs that left nothing in
                   RESULTS_DIR, such as those of other machines, are left alone for 24 hours
  --dry-run        says what would be deleted, and deletes nothing

Exit status: 0 nothing is left, 1 something is or may be left, 2 wrong usage.`;

/** @throws ConfigurationError with the usage for what cannot be understood. */
export function readSweepArguments(argv: readonly string[]): SweepArguments {
  const values = parse(argv);
  const run = values.run?.trim();
  if (run !== undefined && !/^[a-z0-9]+(-s[1-9]\d*)?$/.test(run))
    throw new ConfigurationError(
      `--run ${run} is no id of a run: it has lower-case letters and digits.\n${sweepUsage}`,
    );
  const olderThan = values['older-than'];
  return {
    run,
    olderThanMs: olderThan === undefined ? undefined : readAge(olderThan),
    dryRun: values['dry-run'],
    help: values.help,
  };
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({
      args: [...argv],
      options: {
        run: { type: 'string' },
        'older-than': { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    }).values;
  } catch (cause) {
    throw new ConfigurationError(`${cause instanceof Error ? cause.message : String(cause)}\n${sweepUsage}`, { cause });
  }
}

function readAge(given: string): number {
  const [, number = '', unit = ''] = /^(\d+(?:\.\d+)?)([smhd])$/.exec(given) ?? [];
  if (number === '')
    throw new ConfigurationError(
      `--older-than ${given} is no age: write a number and s, m, h or d, such as 2h.\n${sweepUsage}`,
    );
  return Number(number) * units[unit as keyof typeof units];
}
