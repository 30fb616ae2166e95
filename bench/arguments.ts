/** What the benches of costs are told on the command line, alike for both. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { armSchema, journeySchema, type Arm, type Plan } from './conditions.ts';

export interface BenchArguments {
  readonly plan: Plan;
  readonly folder: string;
  readonly seconds: number;
  /** Only what was measured before is shown. */
  readonly report: boolean;
  /** The figures go to `published.json`, for the README. */
  readonly publish: boolean;
}

export interface Defaults {
  readonly bench: string;
  readonly arms: readonly Arm[];
  readonly levels: readonly number[];
  readonly repetitions: number;
  /** For a trial: one repetition of little, in a folder of its own. */
  readonly quick: { readonly levels: readonly number[]; readonly repetitions: number };
}

/** Seconds in a week: as good as no limit, and a timer can hold it. */
const unlimited = 7 * 24 * 3600;

/** @throws ConfigurationError for what cannot be understood. */
export function readArguments(argv: readonly string[], defaults: Defaults): BenchArguments {
  const usage = `Usage: npm run bench:${defaults.bench} [-- --quick] [--journey dwell|whole] [--levels ${defaults.levels.join(',')}] [--arms ${defaults.arms.join(',')}] [--repetitions ${defaults.repetitions}] [--seconds N] [--folder DIR] [--report] [--publish]`;
  const given = options(argv, usage);
  const journey = journeySchema.safeParse(given.journey ?? 'dwell');
  if (!journey.success) throw new ConfigurationError(`--journey ${given.journey} is not known.\n${usage}`);
  const arms = (given.arms?.split(',') ?? defaults.arms).map((name) => {
    const arm = armSchema.safeParse(name);
    if (!arm.success) throw new ConfigurationError(`--arms has "${name}": there are ${armSchema.options.join(', ')}.`);
    return arm.data;
  });
  const chosen = given.quick ? defaults.quick : defaults;
  const name = `bench-${defaults.bench}${given.quick ? '-quick' : ''}`;
  return {
    plan: {
      arms,
      journey: journey.data,
      levels: given.levels?.split(',').map((text) => whole('levels', text)) ?? chosen.levels,
      repetitions: given.repetitions === undefined ? chosen.repetitions : whole('repetitions', given.repetitions),
    },
    folder: path.resolve(given.folder ?? path.join('results', name)),
    seconds: given.seconds === undefined ? unlimited : whole('seconds', given.seconds),
    report: given.report,
    publish: given.publish,
  };
}

function options(argv: readonly string[], usage: string) {
  const text = { type: 'string' } as const;
  const flag = { type: 'boolean', default: false } as const;
  try {
    return parseArgs({
      args: [...argv],
      options: {
        journey: text,
        levels: text,
        arms: text,
        repetitions: text,
        seconds: text,
        folder: text,
        quick: flag,
        report: flag,
        publish: flag,
      },
    }).values;
  } catch (cause) {
    throw new ConfigurationError(`${cause instanceof Error ? cause.message : String(cause)}\n${usage}`, { cause });
  }
}

function whole(option: string, text: string): number {
  if (/^[1-9]\d{0,5}$/.test(text)) return Number(text);
  throw new ConfigurationError(`--${option} has "${text}": it must be a whole number above 0.`);
}
