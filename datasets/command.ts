/** `npm run datasets -- <sub-command>`: makes, checks, lists and uploads bundles. */
import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { CatalogError, datasetsFolder, loadCatalog, verifyBundle } from './catalog.ts';
import { generate } from './command-generate.ts';
import { listStore, upload, verifyStored } from './command-store.ts';
import { bundleLine, UsageError } from './command-words.ts';
import { findBundles, type FoundBundle } from './find-bundles.ts';
import { materialise } from './materialise.ts';
import { openSav, SavError } from './sav/index.ts';
import type { StoreConfig } from './store/config.ts';
import { megabytes, type Voice } from './store/progress.ts';

export { UsageError };

/** Reads which store is meant. @throws an Error that names what is missing. */
type ReadStore = () => StoreConfig;

const usage = `Use: npm run datasets -- <sub-command>
  list      [--in DIR | --store]
                           bundles and what is in them: of the project, of a folder of your own, of the store
  verify    [--in DIR | --store]
                           compare every file with its checksum
  upload    [FOLDER …] [--dry-run] [--prune]
                           put the bundles of folders (else the project's) into the store, and what it has not yet only;
                           --prune deletes what is no longer among them
  generate                 rebuild the bundles that come with the project, and their catalog (needs PSPP)
  generate  [--seed N] [--count N] [--rows N] [--mb N] [--out DIR]
                           make further bundles; the same seed gives the same files`;

interface Place {
  readonly folder: string;
  readonly store: boolean;
}

function placeOf(args: string[]): Place {
  const { values } = parseArgs({ args, options: { in: { type: 'string' }, store: { type: 'boolean' } } });
  if (values.in !== undefined && values.store === true) throw new UsageError('Give either --in or --store.');
  return { folder: values.in === undefined ? datasetsFolder : resolve(values.in), store: values.store === true };
}

async function verify(args: string[], voice: Voice, readStore: ReadStore): Promise<void> {
  const { folder, store } = placeOf(args);
  if (store) return verifyStored(readStore(), voice);
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
  voice.say(`All files of ${bundles.length} bundles and ${bad.length} bad ones are as the catalog says.`);
}

async function list(args: string[], voice: Voice, readStore: ReadStore): Promise<void> {
  const { folder, store } = placeOf(args);
  if (store) return listStore(readStore(), voice);
  const hasCatalog = await stat(join(folder, 'catalog.json')).catch(() => undefined);
  if (!hasCatalog) {
    for (const found of await findBundles(folder)) voice.say(await ownLine(found));
    return;
  }
  const { bundles, bad } = await loadCatalog(folder);
  for (const item of bundles) voice.say(bundleLine(item));
  for (const item of bad)
    voice.say(`${item.name.padEnd(28)}  ${megabytes(item.files.data.sizeBytes).padStart(9)}  bad: ${item.title}`);
}

/** A folder that may be a bundle, and what is wrong with it if anything is. */
async function ownLine({ name, files, hasBanner }: FoundBundle): Promise<string> {
  const data = files.find(({ role }) => role === 'sav');
  const words = [name.padEnd(28), megabytes(data?.sizeBytes ?? 0).padStart(9)];
  if (!data) return [...words, 'not ready: it has no data file (.sav)'].join('  ');
  try {
    const file = await openSav(data.path);
    try {
      words.push(`${await file.countCases()} respondents`.padStart(19));
      words.push(`${file.header.variables.length} variables`.padStart(14));
    } finally {
      await file.close();
    }
  } catch (error) {
    if (!(error instanceof SavError)) throw error;
    return [...words, `cannot be read: ${error.message}`].join('  ');
  }
  const survey = files.some(({ role }) => role === 'survey');
  return [
    ...words,
    survey ? (hasBanner ? 'banner plan' : 'no banner plan') : 'not ready: it has no survey document',
  ].join('  ');
}

async function put(args: string[], voice: Voice, readStore: ReadStore): Promise<void> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { 'dry-run': { type: 'boolean', default: false }, prune: { type: 'boolean', default: false } },
  });
  const folders = positionals.map((folder) => resolve(folder));
  await upload(readStore(), folders, { dryRun: values['dry-run'], prune: values.prune }, voice);
}

type SubCommand = (args: string[], voice: Voice, readStore: ReadStore) => Promise<void>;
const subCommands: Readonly<Record<string, SubCommand>> = {
  list,
  verify,
  upload: put,
  generate: (args, voice) => generate(args, (line) => voice.say(line)),
};

/** Runs one sub-command. Throws `UsageError` for a wrong invocation, other errors with a sentence for people. */
export async function datasetsCommand(args: readonly string[], voice: Voice, readStore: ReadStore): Promise<void> {
  const [name, ...rest] = args;
  const subCommand = name !== undefined && Object.hasOwn(subCommands, name) ? subCommands[name] : undefined;
  if (!subCommand)
    throw new UsageError(
      `${name === undefined ? 'Which sub-command?' : `There is no sub-command "${name}".`}\n${usage}`,
    );
  try {
    await subCommand(rest, voice, readStore);
  } catch (error) {
    if (error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))
      throw new UsageError(`${error.message}\n${usage}`, { cause: error });
    throw error;
  }
}
