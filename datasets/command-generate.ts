/** `npm run datasets -- generate`: rebuilds the bundles that come with the project, or makes further ones. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import type { Bundle, Catalog } from './catalog-schema.ts';
import { datasetsFolder } from './catalog.ts';
import { bundleLine, UsageError } from './command-words.ts';
import { buildBad } from './generate/bad.ts';
import { buildBundle } from './generate/bundle.ts';
import { defaultRecipes } from './generate/defaults.ts';
import { recipesFor } from './generate/on-demand.ts';
import { cacheFolder } from './materialise.ts';

type Say = (line: string) => void;

async function save(folder: string, catalog: Catalog): Promise<void> {
  await writeFile(join(folder, 'catalog.json'), `${JSON.stringify(catalog, null, 2)}\n`);
}

async function rebuild(say: Say): Promise<void> {
  const bundles: Bundle[] = [];
  for (const recipe of defaultRecipes) {
    const made = await buildBundle(recipe, datasetsFolder, 'refused');
    bundles.push(made);
    say(bundleLine(made));
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

/** With arguments: further bundles; without: those of the project. */
export async function generate(args: string[], say: Say): Promise<void> {
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
    say(bundleLine(made));
  }
  await save(out, { version: 1, bundles, bad: [] });
  if (bundles.some((made) => made.expected.length === 0))
    say('PSPP is not installed: these bundles have no expected cells.');
  say(`${count === 1 ? '1 bundle and its' : `${count} bundles and their`} catalog are in ${out}`);
}
