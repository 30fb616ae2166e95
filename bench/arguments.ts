/** What the benches of costs are told on the command line, alike for both. */
import path from 'node:path';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { armSchema, journeySchema, type Arm, type Plan } from './conditions.ts';
import { flag, parseOptions, text, unlimitedSeconds, wholeNumber } from './options.ts';

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

const options = {
  journey: text,
  levels: text,
  arms: text,
  repetitions: text,
  seconds: text,
  folder: text,
  quick: flag,
  report: flag,
  publish: flag,
};

/** @throws ConfigurationError for what cannot be understood. */
export function readArguments(argv: readonly string[], defaults: Defaults): BenchArguments {
  const usage = `Usage: npm run bench:${defaults.bench} [-- --quick] [--journey dwell|whole] [--levels ${defaults.levels.join(',')}] [--arms ${defaults.arms.join(',')}] [--repetitions ${defaults.repetitions}] [--seconds N] [--folder DIR] [--report] [--publish]`;
  const given = parseOptions(argv, options, usage);
  const whole = (option: string, value: string): number => wholeNumber(option, value, usage);
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
      levels: given.levels?.split(',').map((level) => whole('levels', level)) ?? chosen.levels,
      repetitions: given.repetitions === undefined ? chosen.repetitions : whole('repetitions', given.repetitions),
    },
    folder: path.resolve(given.folder ?? path.join('results', name)),
    seconds: given.seconds === undefined ? unlimitedSeconds : whole('seconds', given.seconds),
    report: given.report,
    publish: given.publish,
  };
}
