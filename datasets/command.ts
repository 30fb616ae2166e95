/** `npm run datasets -- <sub-command>`: makes, checks and lists bundles. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bundle, Catalog } from './catalog-schema.ts';
import { CatalogError, datasetsFolder, loadCatalog, verifyBundle } from './catalog.ts';
import { buildBad } from './generate/bad.ts';
import { buildBundle } from './generate/bundle.ts';
import { defaultRecipes } from './generate/defaults.ts';
import { recipesFor } from './generate/on-demand.ts';
import { cacheFolder, materialise } from './materialise.ts';

type Say = (line: string) => void;

export class UsageError extends Error {
  override readonly name = 'UsageError';
}

const usage = `Use: npm run datasets -- <sub-command>
  list      [--in DIR]     bundles and what is in them
  verify    [--in DIR]     compare every file with its checksum
  generate                 rebuild the bundles that come with the project, and their catalog (needs PSPP)
  generate  [--seed N] [--count N] [--rows N] [--mb N] [--out DIR]
                           make further bundles; the same seed gives the same files`;

const megabytes = (bytes: number): string => `${(bytes / 1e6).toFixed(bytes < 1e6 ? 2 : 1)} MB`;

function line({ name, respondents, variables, weight, tables, flagged, loops, files, writtenBy }: Bundle): string {
  const notes = [
    weight === undefined ? 'unweighted' : `weight ${weight}`,
    files.banner ? `${flagged.length} to review` : 'no banner plan',
    ...(loops ? ['loops'] : []),
    ...(writtenBy === 'pspp' ? ['written by PSPP'] : []),
  ];
  return [
    name.padEnd(28),
    megabytes(files.data.sizeBytes).padStart(9),
    `${respondents} respondents`.padStart(19),
    `${variables} variables`.padStart(14),
    `${tables} tables`.padStart(11),
    ` ${notes.join(', ')}`,
  ].join('  ');
}

async function save(folder: string, catalog: Catalog): Promise<void> {
  await writeFile(join(folder, 'catalog.json'), `${JSON.stringify(catalog, null, 2)}\n`);
}

async function rebuild(say: Say): Promise<void> {
  const bundles: Bundle[] = [];
  for (const recipe of defaultRecipes) {
    const made = await buildBundle(recipe, datasetsFolder, 'refused');
    bundles.push(made);
    say(line(made));
  }
  const good = bundles.find((made) => made.flagged.length === 0 && made.files.banner);
  if (!good)
    throw new Error('No default bundle has a banner plan without doubts; the bad bundles need one to start from.');
  await save(datasetsFolder, { version: 1, bundles, bad: await buildBad(datasetsFolder, good) });
  say(`${bundles.length} bundles and their catalog are in ${datasetsFolder}`);
}

function whole(name: string, value: string | undefined, low: number, high: number): number | undefined {
  if (value === undefined) return undefined;
  const number = Number(value);
  if (!Number.isInteger(number) || number < low || number > high)
    throw new UsageError(`--${name} must be a whole number from ${low} to ${high}, not "${value}".`);
  return number;
}

async function generate(args: string[], say: Say): Promise<void> {
  if (args.length === 0) return rebuild(say);
  const { values } = parseArgs({
    args,
    options: {
      seed: { type: 'string' },
      count: { type: 'string' },
      rows: { type: 'string' },
      mb: { type: 'string' },
      out: { type: 'string' },
    },
  });
  const seed = whole('seed', values.seed, 0, 2 ** 32 - 1) ?? 1;
  const count = whole('count', values.count, 1, 1000) ?? 1;
  const rows = whole('rows', values.rows, 1, 10_000_000);
  const mb = whole('mb', values.mb, 1, 10_000);
  if (rows !== undefined && mb !== undefined)
    throw new UsageError('Give either --rows or --mb: one decides the other.');
  const out = resolve(values.out ?? join(cacheFolder, `seed-${seed}`));
  if (out === resolve(datasetsFolder)) throw new UsageError('--out must not be the folder of the committed bundles.');
  await mkdir(out, { recursive: true });
  const bundles: Bundle[] = [];
  for await (const recipe of recipesFor({
    seed,
    count,
    ...(rows === undefined ? {} : { rows }),
    ...(mb === undefined ? {} : { mb }),
  })) {
    const made = await buildBundle(recipe, out, 'allowed');
    bundles.push(made);
    say(line(made));
  }
  await save(out, { version: 1, bundles, bad: [] });
  if (bundles.some((made) => made.expected.length === 0))
    say('PSPP is not installed: these bundles have no expected cells.');
  say(`${count === 1 ? '1 bundle and its' : `${count} bundles and their`} catalog are in ${out}`);
}

function folderOf(args: string[]): string {
  const { values } = parseArgs({ args, options: { in: { type: 'string' } } });
  return values.in === undefined ? datasetsFolder : resolve(values.in);
}

async function verify(args: string[], say: Say): Promise<void> {
  const folder = folderOf(args);
  const { bundles, bad } = await loadCatalog(folder);
  const problems: string[] = [];
  for (const item of [...bundles, ...bad]) {
    if ('defect' in item && item.defect === 'oversized') {
      await materialise(item);
      continue;
    }
    await verifyBundle(item, folder).catch((error: unknown) => {
      if (!(error instanceof CatalogError)) throw error;
      problems.push(error.message);
    });
  }
  if (problems.length > 0) throw new CatalogError(problems.join('\n'));
  say(`All files of ${bundles.length} bundles and ${bad.length} bad ones are as the catalog says.`);
}

async function list(args: string[], say: Say): Promise<void> {
  const { bundles, bad } = await loadCatalog(folderOf(args));
  for (const item of bundles) say(line(item));
  for (const item of bad)
    say(`${item.name.padEnd(28)}  ${megabytes(item.files.data.sizeBytes).padStart(9)}  bad: ${item.title}`);
}

const subCommands: Record<string, (args: string[], say: Say) => Promise<void>> = { generate, verify, list };

/** Runs one sub-command. Throws `UsageError` for a wrong invocation, other errors with a sentence for people. */
export async function datasetsCommand(args: readonly string[], say: Say): Promise<void> {
  const [name, ...rest] = args;
  const subCommand = name === undefined ? undefined : subCommands[name];
  if (!subCommand)
    throw new UsageError(
      `${name === undefined ? 'Which sub-command?' : `There is no sub-command "${name}".`}\n${usage}`,
    );
  try {
    await subCommand(rest, say);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      throw new UsageError(`${error.message}\n${usage}`, { cause: error });
    throw error;
  }
}
