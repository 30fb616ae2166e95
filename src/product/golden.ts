/**
 * Golden results: what each workbook is when nobody else is at work, by bundle and choices. They are kept in files, one a
 * bundle and product, because a product cannot be asked twice for each result: making them takes a run of its own
 * (`GOLDEN=make`, one analyst at a time), whose results every later run is compared with.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import { isOwn, type SurveyBundle } from '../../datasets/catalog-schema.ts';
import type { Choices } from '../run/profile.ts';
import type { Settings } from '../run/settings.ts';
import { digestDifferences, digestSchema, type WorkbookDigest } from './workbook-digest.ts';
import type { DecidedColumn } from './workbook-plan.ts';

/** What a workbook follows from, besides the theme, which changes no figure. */
export interface Making {
  readonly bundle: SurveyBundle;
  readonly choices: Choices;
  /** The weight variable in use, or undefined. */
  readonly weight: string | undefined;
  readonly decided: readonly DecidedColumn[];
  readonly file: string;
}

export interface Comparison {
  readonly golden: 'equal' | 'different' | 'none' | 'made';
  readonly differences: readonly string[];
}

const fileSchema = z.object({
  schema: z.literal(1),
  bundle: z.string(),
  /** By what they follow from. */
  results: z.record(z.string(), digestSchema),
});
type GoldenFile = z.infer<typeof fileSchema>;

/** How many differences are worth telling. */
const TOLD = 5;

/**
 * Compares a workbook with the one made alone, or keeps it as that. Undefined when the run is told to do neither, and for data
 * of the user's own: the words that a golden file would hold of it are nobody else's business.
 */
export async function holdToGolden(
  settings: Settings,
  making: Making,
  found: WorkbookDigest,
): Promise<Comparison | undefined> {
  if (settings.GOLDEN === 'off' || isOwn(making.bundle)) return undefined;
  const folder = path.resolve(settings.GOLDEN_DIR, productName(settings.BASE_URL));
  const { name } = making.bundle;
  const key = keyOf(making);
  const known = await readGolden(folder, name);
  if (settings.GOLDEN === 'make') {
    await writeGolden(folder, { ...known, results: { ...known.results, [key]: found } });
    return { golden: 'made', differences: [] };
  }
  const golden = known.results[key];
  if (!golden) return { golden: 'none', differences: [] };
  if (JSON.stringify(golden) === JSON.stringify(found)) return { golden: 'equal', differences: [] };
  const origins = await originsIn(folder, name);
  const differences = digestDifferences(found, golden, ({ digest }) => origins.get(digest));
  const more = differences.length > TOLD ? [`And ${differences.length - TOLD} more.`] : [];
  return { golden: 'different', differences: [...differences.slice(0, TOLD), ...more] };
}

/** A file's name for the product that is driven. */
function productName(baseUrl: string | undefined): string {
  return baseUrl === undefined ? 'embedded' : new URL(baseUrl).host.replace(':', '-');
}

/** Also of the files themselves: results of other data are no results of these. */
function keyOf({ bundle, choices, weight, decided, file }: Making): string {
  const { data, survey, banner } = bundle.files;
  const inputs = createHash('sha256')
    .update([data.sha256, survey.sha256, banner?.sha256 ?? ''].join())
    .digest('hex');
  const reviewed = decided.map(({ group, column, decision }) => `${group}: ${column} ${decision}`);
  return [
    file,
    inputs.slice(0, 8),
    choices.displayMode,
    `significance ${choices.significance}`,
    `base ${choices.minimumBase}`,
    weight === undefined ? 'unweighted' : `weighted by ${weight}`,
    ...reviewed,
  ].join(' | ');
}

async function readGolden(folder: string, bundle: string): Promise<GoldenFile> {
  const file = path.join(folder, `${bundle}.json`);
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { schema: 1, bundle, results: {} };
    throw error;
  }
  try {
    return fileSchema.parse(JSON.parse(text));
  } catch (cause) {
    throw new Error(`${file} holds no golden results: delete it, and make them anew with GOLDEN=make.`, { cause });
  }
}

async function writeGolden(folder: string, golden: GoldenFile): Promise<void> {
  await mkdir(folder, { recursive: true });
  const file = path.join(folder, `${golden.bundle}.json`);
  const results = Object.entries(golden.results)
    .sort(([one], [other]) => (one < other ? -1 : 1))
    .map(([key, digest]) => `    ${JSON.stringify(key)}: ${JSON.stringify(digest)}`);
  const head = `  "schema": 1,\n  "bundle": ${JSON.stringify(golden.bundle)},\n`;
  await writeFile(`${file}.draft`, `{\n${head}  "results": {\n${results.join(',\n')}\n  }\n}\n`);
  await rename(`${file}.draft`, file);
}

/** Which other bundle a table is known from, by its digest. */
async function originsIn(folder: string, bundle: string): Promise<Map<string, string>> {
  const origins = new Map<string, string>();
  for (const name of await readdir(folder)) {
    if (!name.endsWith('.json') || name === `${bundle}.json`) continue;
    const golden = await readGolden(folder, name.slice(0, -'.json'.length));
    for (const { tables } of Object.values(golden.results))
      for (const { digest } of tables) origins.set(digest, golden.bundle);
  }
  return origins;
}
