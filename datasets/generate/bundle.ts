/** Builds one bundle on disk and says what the catalog must know of it. */
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Bundle } from '../catalog-schema.ts';
import { checksum } from '../checksum.ts';
import { writeSav, type SavDictionary } from '../sav/index.ts';
import { flaggedColumns, planOf } from './banner.ts';
import { cases } from './cases.ts';
import { dictionaryOf } from './dictionary.ts';
import { bannerBlocks } from './documents/banner-document.ts';
import type { Block } from './documents/blocks.ts';
import { toDocx } from './documents/docx.ts';
import { toPdf } from './documents/pdf.ts';
import { questionnaireBlocks } from './documents/questionnaire-document.ts';
import { expectedOf } from './expected.ts';
import { PsppMissing } from './pspp.ts';
import { writeWithPspp } from './pspp-writer.ts';
import { questionnaire } from './questionnaire.ts';
import type { Recipe } from './recipe.ts';
import { sameButForTheDate } from './same-but-for-the-date.ts';
import type { Survey } from './survey.ts';
import { tableIds } from './tables.ts';
import type { PlanGroup } from './topic.ts';

export interface Plans {
  readonly survey: Survey;
  readonly dictionary: SavDictionary;
  readonly plan: readonly PlanGroup[];
}

/** Survey, dictionary and banner plan of a recipe. */
export function plansOf(recipe: Recipe): Plans {
  const survey = questionnaire(recipe.topic, recipe);
  return {
    survey,
    dictionary: dictionaryOf(survey, recipe.encoding),
    plan: recipe.banner ? planOf(recipe.topic, recipe.naming, recipe.review) : [],
  };
}

/** Writes the data file to `path`; PSPP's own file stays when it differs only by its time of writing. */
export async function writeData(recipe: Recipe, { survey, dictionary }: Plans, path: string): Promise<void> {
  const rows = cases(survey, recipe.seed, recipe.respondents);
  if (recipe.writtenBy === 'muster') {
    await writeSav(path, dictionary, rows, { compression: recipe.compression });
    return;
  }
  const fresh = `${path}.new`;
  try {
    await writeWithPspp(fresh, dictionary, rows, recipe.compression);
    if (!(await sameButForTheDate(path, fresh))) await rename(fresh, path);
  } finally {
    await rm(fresh, { force: true });
  }
}

const render = (kind: 'docx' | 'pdf', title: string, blocks: readonly Block[]): Promise<Buffer> =>
  kind === 'docx' ? toDocx(title, blocks) : toPdf(title, blocks);

/**
 * Builds a bundle under `<root>/files/<name>/inputs/` and returns its catalog entry. Equal recipes give equal bytes
 * (a PSPP-written file apart from its time of writing). Without PSPP `expected` stays empty when `withoutPspp` is `allowed`;
 * otherwise, and always for a PSPP-written file, `PsppMissing` is thrown.
 */
export async function buildBundle(recipe: Recipe, root: string, withoutPspp: 'allowed' | 'refused'): Promise<Bundle> {
  const { name, topic, weight } = recipe;
  const plans = plansOf(recipe);
  const { dictionary, plan, survey } = plans;
  const inFiles = (file: string): string => `${name}/inputs/${file}`;
  const onDisk = (path: string): string => join(root, 'files', path);
  const paths = {
    data: inFiles(`${name}.sav`),
    survey: inFiles(`${name}-questionnaire.${recipe.survey}`),
    ...(recipe.banner ? { banner: inFiles(`${name}-banner-plan.${recipe.banner}`) } : {}),
  };
  await mkdir(dirname(onDisk(paths.data)), { recursive: true });
  await writeData(recipe, plans, onDisk(paths.data));
  await writeFile(onDisk(paths.survey), await render(recipe.survey, survey.title, questionnaireBlocks(survey)));
  if (paths.banner !== undefined && recipe.banner) {
    await writeFile(
      onDisk(paths.banner),
      await render(recipe.banner, survey.title, bannerBlocks(survey.title, survey.language, plan)),
    );
  }
  const described = async (path: string): Promise<Bundle['files']['data']> => ({
    path,
    ...(await checksum(onDisk(path))),
  });
  const variables = new Set(dictionary.variables.map((variable) => variable.name));
  return {
    name,
    title: topic.title,
    seed: recipe.seed,
    writtenBy: recipe.writtenBy,
    files: {
      data: await described(paths.data),
      survey: await described(paths.survey),
      ...(paths.banner === undefined ? {} : { banner: await described(paths.banner) }),
    },
    respondents: recipe.respondents,
    variables: dictionary.variables.length,
    ...(weight ? { weight: weight.name } : {}),
    loops: topic.loop !== undefined,
    flagged: flaggedColumns(plan, variables),
    tables: (await tableIds(onDisk(paths.data), weight?.name)).length,
    expected: await expectedOf(onDisk(paths.data), plan, weight?.name).catch((error: unknown) => {
      if (error instanceof PsppMissing && withoutPspp === 'allowed') return [];
      throw error;
    }),
  };
}
