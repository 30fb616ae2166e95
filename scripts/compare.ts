/** `npm run compare -- A B [--anyway]`: what became worse or better from run A to run B. Exit status 1: something became worse; 2: misuse. */
import { realpath } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { compareRuns, readRun } from '../src/report/compare/compare-runs.ts';
import { renderComparison } from '../src/report/compare/compare-view.ts';
import { paintWith } from '../src/report/console/text.ts';
import { ConfigurationError } from '../src/run/configuration-error.ts';
import { readSettings } from '../src/run/settings.ts';
import { wantsColour } from '../src/run/terminal.ts';

const USAGE =
  'Usage: npm run compare -- A B [--anyway]   A and B are runs in the results folder, or paths of their folders.';

async function folderOf(name: string): Promise<string> {
  const results = resolve(readSettings().RESULTS_DIR);
  const found =
    (await realpath(join(results, name)).catch(() => undefined)) ?? (await realpath(name).catch(() => undefined));
  if (found === undefined) throw new ConfigurationError(`There is no run "${name}" in ${results}.\n${USAGE}`);
  return found;
}

function readArguments(): { names: string[]; anyway: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: { anyway: { type: 'boolean', default: false } },
    });
    return { names: positionals, anyway: values.anyway };
  } catch (cause) {
    throw new ConfigurationError(`${cause instanceof Error ? cause.message : String(cause)}\n${USAGE}`, { cause });
  }
}

async function main(): Promise<void> {
  const { names, anyway } = readArguments();
  const [first, second, ...more] = names;
  if (first === undefined || second === undefined || more.length > 0) throw new ConfigurationError(USAGE);
  const [a, b] = [await readRun(await folderOf(first)), await readRun(await folderOf(second))];
  const comparison = compareRuns(a, b);
  const paint = paintWith(wantsColour(process.stdout));
  if (comparison.unlike.length > 0) {
    const told = comparison.unlike.join('\n');
    if (!anyway)
      throw new ConfigurationError(
        `These runs are unlike, so a difference may not be the product’s:\n${told}\nAdd --anyway to compare them all the same.`,
      );
    console.log(`${paint.doubtful('Unlike')}, and compared all the same:\n${told}\n`);
  }
  console.log(`A ${a.run.runId}, ${a.run.startedAt} · B ${b.run.runId}, ${b.run.startedAt}\n`);
  console.log(renderComparison(comparison, paint));
  const worse = comparison.rows.filter(({ outcome }) => outcome === 'regression').length;
  console.log(
    worse === 0
      ? `\nNo regression among ${comparison.rows.length} metrics.`
      : `\n${worse} of ${comparison.rows.length} metrics became worse by more than is permitted.`,
  );
  if (worse > 0) process.exitCode = 1;
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = error instanceof ConfigurationError ? 2 : 1;
}
