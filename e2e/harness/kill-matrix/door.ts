/** What `npm run kill-matrix` does: plays what has not been played yet, and shows the matrix. */
import path from 'node:path';
import { z } from 'zod';
import { flag, parseOptions, text, texts, unlimitedSeconds, wholeNumber } from '../../../bench/options.ts';
import { keepRound, readRounds } from '../../../bench/rounds.ts';
import { ConfigurationError } from '../../../src/run/configuration-error.ts';
import { allCells, allStages, nameOf, type Cell, type StageName } from './cells.ts';
import { allKills, type Kill } from './kills.ts';
import { keepOutput, playCell } from './play.ts';
import { canSee } from './processes.ts';

const usage =
  'Usage: npm run kill-matrix [-- --kill NAME]… [--stage NAME]… [--again] [--seconds N] [--folder DIR] [--report]';

const roundSchema = z.object({
  at: z.iso.datetime(),
  cell: z.string(),
  wrong: z.array(z.string()),
  exitStatus: z.number().nullable(),
  seconds: z.number(),
});
type Round = z.infer<typeof roundSchema>;

/** @returns the exit status: 0 when every cell that was played last left no trace, 1 when one did, 2 for wrong usage. */
export async function killMatrixDoor(argv: readonly string[]): Promise<number> {
  try {
    const options = readOptions(argv);
    const file = path.join(options.folder, 'cells.jsonl');
    const last = new Map((await readRounds(file, roundSchema)).map((round) => [round.cell, round]));
    const deadline = Date.now() + options.seconds * 1000;
    for (const cell of options.report ? [] : options.cells) {
      const before = last.get(nameOf(cell));
      if (!options.again && before?.wrong.length === 0) continue;
      if (Date.now() > deadline) break;
      const round = await play(cell, options.folder);
      await keepRound(file, round);
      last.set(round.cell, round);
      console.log(`${round.wrong.length === 0 ? 'no trace' : 'TRACES  '}  ${round.cell} (${round.seconds} s)`);
      for (const line of round.wrong) console.log(`            ${line}`);
    }
    console.log(`\n${table(last)}`);
    return options.cells.every((cell) => (last.get(nameOf(cell))?.wrong ?? []).length === 0) ? 0 : 1;
  } catch (error) {
    console.error(error instanceof ConfigurationError ? error.message : error);
    return error instanceof ConfigurationError ? 2 : 1;
  }
}

function readOptions(argv: readonly string[]) {
  const given = parseOptions(
    argv,
    { kill: texts, stage: texts, again: flag, seconds: text, folder: text, report: flag },
    usage,
  );
  if (!canSee && !given.report)
    throw new ConfigurationError(
      'The matrix looks for processes in /proc, which this system does not have: play it on Linux.',
    );
  const chosenKills = known('kill', given.kill, allKills);
  const chosenStages = known('stage', given.stage, allStages);
  return {
    cells: allCells.filter(({ kill, stage }) => chosenKills.includes(kill) && chosenStages.includes(stage)),
    again: given.again,
    report: given.report,
    seconds: given.seconds === undefined ? unlimitedSeconds : wholeNumber('seconds', given.seconds, usage),
    folder: path.resolve(given.folder ?? path.join('results', 'kill-matrix')),
  };
}

function known<T extends string>(
  option: string,
  given: readonly string[] | undefined,
  all: readonly T[],
): readonly T[] {
  const unknown = given?.find((name) => !all.some((one) => one === name));
  if (unknown !== undefined)
    throw new ConfigurationError(`--${option} ${unknown} is not known: there are ${all.join(', ')}.\n${usage}`);
  return given === undefined ? all : all.filter((name) => given.includes(name));
}

async function play(cell: Cell, folder: string): Promise<Round> {
  const at = new Date().toISOString();
  const name = nameOf(cell);
  try {
    const { wrong, exitStatus, seconds, output } = await playCell(cell);
    if (wrong.length > 0) await keepOutput(folder, name, output);
    return { at, cell: name, wrong: [...wrong], exitStatus, seconds };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await keepOutput(folder, name, why);
    return {
      at,
      cell: name,
      wrong: [`It could not be played: ${why.split('\n', 1)[0] ?? ''}`],
      exitStatus: null,
      seconds: 0,
    };
  }
}

/** A row a kill, a column a stage: how long it took until no trace was left, or how many were. */
function table(last: ReadonlyMap<string, Round>): string {
  const width = Math.max(...allKills.map((kill) => kill.length)) + 2;
  const cell = (kill: Kill, stage: StageName): string =>
    allCells
      .filter((one) => one.kill === kill && one.stage === stage)
      .map((one) => {
        const round = last.get(nameOf(one));
        if (!round) return 'not played';
        return round.wrong.length === 0 ? `${round.seconds} s` : `${round.wrong.length} TRACES`;
      })
      .join(' / ');
  const row = (name: string, cells: readonly string[]): string =>
    (name.padEnd(width) + cells.map((one) => one.padEnd(24)).join('')).trimEnd();
  return [
    'Seconds from the start of a run to the last of its traces; after a stroke, on the sandbox that the run started itself.',
    row('', allStages),
    ...allKills.map((kill) =>
      row(
        kill,
        allStages.map((stage) => cell(kill, stage) || '–'),
      ),
    ),
  ].join('\n');
}
