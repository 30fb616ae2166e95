/** `npm run bench:accuracy`: rounds at each number of analysts, gathered in a folder, and what they say. */
import path from 'node:path';
import { z } from 'zod';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { accuracyPublication, accuracyRows, aims, errorsSchema } from './accuracy.ts';
import { accuracyRound } from './accuracy-round.ts';
import { openBrowser } from './browser.ts';
import { parseOptions, readSitting, sittingOptions, text, wholeNumber, type Sitting } from './options.ts';
import { hostOf, publish, publishedTable } from './published.ts';
import { keepRound, readRounds, stoppable } from './rounds.ts';

const usage =
  'Usage: npm run bench:accuracy [-- --quick] [--levels 1,5,15] [--rounds 3] [--seconds N] [--folder DIR] [--report] [--publish]';

const roundSchema = z.object({
  analysts: z.int().positive(),
  at: z.iso.datetime(),
  browser: z.string(),
  errors: errorsSchema,
});

/** @returns the exit status: 0, also where an aim is missed; 1 when something went wrong; 2 for arguments that cannot be used. */
export async function accuracyBench(argv: readonly string[]): Promise<number> {
  try {
    const options = readArguments(argv);
    const file = path.join(options.folder, 'rounds.jsonl');
    if (!options.report) await measureMissing(options, file);
    const rounds = (await readRounds(file, roundSchema)).filter(({ analysts }) => options.levels.includes(analysts));
    const rows = accuracyRows(rounds);
    const latest = rounds.at(-1);
    if (!latest) throw new ConfigurationError(`Nothing has been measured yet in ${options.folder}.`);
    const publication = accuracyPublication(rows, {
      measuredAt: latest.at.slice(0, 10),
      host: hostOf(latest.browser),
      command: 'npm run bench:accuracy',
    });
    console.log(`\n${publishedTable(publication)}\n`);
    for (const { figure, analysts, held, count, expected, p95Size } of rows)
      if (!held)
        console.log(
          `Missed with ${analysts}: ${figure} within ${aims[figure]} ms; it is ${p95Size.toFixed(1)} ms, ${expected - count} not recorded.`,
        );
    if (options.publish) {
      publish(publication);
      console.log('Published: npm run papers puts it into the README.');
    }
    return 0;
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return error instanceof ConfigurationError ? 2 : 1;
  }
}

/** Takes turns over the levels, so that a machine that changes favours none, until each has its rounds or the time is up. */
async function measureMissing({ levels, rounds, seconds }: Options, file: string): Promise<void> {
  const done = new Map<number, number>();
  for (const { analysts } of await readRounds(file, roundSchema)) done.set(analysts, (done.get(analysts) ?? 0) + 1);
  const todo = Array.from({ length: rounds }, (_, round) =>
    levels.filter((analysts) => (done.get(analysts) ?? 0) <= round),
  ).flat();
  if (todo.length === 0) return;
  const deadline = Date.now() + seconds * 1000;
  const { browser, name } = await openBrowser();
  try {
    await stoppable(async (signal) => {
      for (const [place, analysts] of todo.entries()) {
        if (Date.now() > deadline) {
          console.log(`The time is up: ${todo.length - place} rounds are still missing; the same command takes them.`);
          return;
        }
        const errors = await accuracyRound(browser, analysts, signal);
        await keepRound(file, { analysts, at: new Date().toISOString(), browser: name, errors });
        const counts = Object.entries(errors).map(
          ([figure, { errors: all, expected }]) => `${figure} ${all.length} of ${expected}`,
        );
        console.log(`${place + 1} of ${todo.length}  ${analysts} analysts: ${counts.join(', ')}`);
      }
    });
  } finally {
    await browser.close();
  }
}

interface Options extends Sitting {
  readonly levels: readonly number[];
  /** Of each level, in all. */
  readonly rounds: number;
}

const optionsKnown = {
  ...sittingOptions,
  levels: text,
  rounds: text,
};

/** @throws ConfigurationError for what cannot be understood. */
export function readArguments(argv: readonly string[]): Options {
  const values = parseOptions(argv, optionsKnown, usage);
  const whole = (option: string, value: string): number => wholeNumber(option, value, usage);
  return {
    levels: (values.levels ?? (values.quick ? '1,5' : '1,5,15')).split(',').map((level) => whole('levels', level)),
    rounds: whole('rounds', values.rounds ?? (values.quick ? '1' : '3')),
    ...readSitting('accuracy', values, usage),
  };
}
