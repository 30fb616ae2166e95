/** Recipes for as many further bundles as somebody wants, from one seed. */
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { plansOf, writeData } from './bundle.ts';
import { topics } from './defaults.ts';
import { Random } from './random.ts';
import type { Recipe } from './recipe.ts';

export interface Demand {
  readonly seed: number;
  readonly count: number;
  /** Respondents of each; seeded when absent. */
  readonly rows?: number;
  /** Least size of each data file in megabytes (10⁶ bytes); goes before `rows`. */
  readonly mb?: number;
}

/**
 * PSPP 1.6 stops reading a ZSAV file with "ZLIB stream inconsistency" where a block ends within a few bytes of its 4096-byte
 * buffer's end, so it could not vouch for every large one. This many respondents fit into a single block.
 */
const singleBlockRespondents = 3_000;

/** Recipe number `index` of a seed: the same whatever `count` is. */
export function recipeFor(seed: number, index: number, rows?: number): Recipe {
  const random = new Random(seed).fork(`bundle ${index}`);
  const order = new Random(seed).fork('topics').shuffle(topics);
  const topic = order[index % order.length];
  if (!topic) throw new Error('There are no topics to make a bundle of.');
  const french = topic.language === 'fr';
  const weighted = random.float() < 0.6;
  const weightName = random.pick(['weight', 'wtvar', 'wt', 'final_weight']);
  const banner = random.float() < 0.75 ? random.pick(['docx', 'pdf'] as const) : undefined;
  const compression = random.pick(['bytecode', 'bytecode', 'zlib', 'none'] as const);
  const respondents = rows ?? random.int(3, 30) * 100;
  return {
    name: `${topic.slug}-${seed}-${index + 1}`,
    topic: { ...topic, title: `${topic.title} (${seed}-${index + 1})` },
    seed: random.int(1, 2 ** 31 - 1),
    respondents,
    writtenBy: 'muster',
    compression: compression === 'zlib' && respondents > singleBlockRespondents ? 'bytecode' : compression,
    encoding: french ? 'windows-1252' : 'UTF-8',
    naming: random.pick(['codes', 'words'] as const),
    imageBrands: random.int(0, topic.brands.length),
    ...(weighted ? { weight: { name: weightName, active: random.float() < 0.3 } } : {}),
    survey: random.pick(['docx', 'pdf'] as const),
    ...(banner ? { banner } : {}),
    review: banner !== undefined && random.float() < 0.5,
  };
}

/** How many respondents make a data file of at least `bytes`, judged by a sample of the same recipe. */
async function respondentsFor(recipe: Recipe, bytes: number): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'muster-sample-'));
  try {
    const sizeOf = async (respondents: number): Promise<number> => {
      const path = join(folder, 'sample.sav');
      await writeData({ ...recipe, respondents }, plansOf(recipe), path);
      return (await stat(path)).size;
    };
    const [few, many] = [500, 2_000];
    const least = await sizeOf(few);
    const perRespondent = ((await sizeOf(many)) - least) / (many - few);
    const header = Math.max(0, least - few * perRespondent);
    // 2 % more than the sample says, as compressed rows vary in size.
    return Math.max(1, Math.ceil(((bytes - header) / perRespondent) * 1.02));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** The recipes of a demand, in order. */
export async function* recipesFor({ seed, count, rows, mb }: Demand): AsyncGenerator<Recipe> {
  for (let index = 0; index < count; index++) {
    const recipe = recipeFor(seed, index, mb === undefined ? rows : Infinity);
    yield mb === undefined ? recipe : { ...recipe, respondents: await respondentsFor(recipe, mb * 1e6) };
  }
}
