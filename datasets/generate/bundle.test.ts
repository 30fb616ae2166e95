import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { bundle, bundleFiles } from '../catalog.ts';
import type { Bundle } from '../catalog-schema.ts';
import { readSav } from '../sav/index.ts';
import { buildBundle, plansOf, writeData } from './bundle.ts';
import { cases } from './cases.ts';
import { defaultRecipes } from './defaults.ts';
import { recipeFor } from './on-demand.ts';
import { hasPspp, PsppMissing } from './pspp.ts';
import type { Recipe } from './recipe.ts';
import { sameButForTheDate } from './same-but-for-the-date.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'muster-generate-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const hashes = ({ files: { data, survey, banner } }: Bundle): (string | undefined)[] => [
  data.sha256,
  survey.sha256,
  banner?.sha256,
];
const small: Recipe = { ...(defaultRecipes[1] as Recipe), name: 'small', respondents: 120 }; // there are ten

describe('buildBundle', () => {
  it('gives the same bytes for the same seed, and others for another', async () => {
    for (const survey of ['docx', 'pdf'] as const) {
      const recipe: Recipe = { ...small, survey, banner: survey };
      const first = await buildBundle(recipe, join(folder, 'a'), 'allowed');
      const second = await buildBundle(recipe, join(folder, 'b'), 'allowed');
      assert.deepEqual(second, first);
      const other = await buildBundle({ ...recipe, seed: recipe.seed + 1 }, join(folder, 'c'), 'allowed');
      assert.notEqual(other.files.data.sha256, first.files.data.sha256);
    }
  });

  it('gives the committed files again', async () => {
    for (const recipe of defaultRecipes
      .filter(({ writtenBy, compression }) => writtenBy === 'muster' && compression !== 'zlib')
      .slice(0, 4)) {
      assert.deepEqual(
        hashes(await buildBundle(recipe, join(folder, 'again'), 'allowed')),
        hashes(await bundle(recipe.name)),
        recipe.name,
      );
    }
  });

  it('gives the committed answers again where the bytes depend on zlib or on PSPP', async () => {
    const pspp = await hasPspp();
    for (const recipe of defaultRecipes.filter(
      ({ writtenBy, compression }) => writtenBy === 'pspp' || compression === 'zlib',
    )) {
      const path = join(folder, `${recipe.name}.sav`);
      if (recipe.writtenBy === 'pspp' && !pspp)
        await writeData({ ...recipe, writtenBy: 'muster' }, plansOf(recipe), path);
      else await writeData(recipe, plansOf(recipe), path);
      const again = await readSav(path);
      const committed = await readSav(bundleFiles(await bundle(recipe.name)).data);
      assert.equal(again.caseCount, committed.caseCount);
      assert.deepEqual(again.columns, committed.columns);
      assert.deepEqual(
        again.header.variables.map(({ name, label, valueLabels, missing }) => ({ name, label, valueLabels, missing })),
        committed.header.variables.map(({ name, label, valueLabels, missing }) => ({
          name,
          label,
          valueLabels,
          missing,
        })),
      );
      assert.deepEqual(again.header.multipleResponseSets, committed.header.multipleResponseSets);
    }
  });

  it('begins a longer file with the cases of a shorter one', () => {
    const { survey } = plansOf(small);
    const short = [...cases(survey, small.seed, 20)];
    assert.deepEqual([...cases(survey, small.seed, 60)].slice(0, 20), short);
  });

  it('says that a PSPP-written bundle needs PSPP where there is none', async () => {
    const path = process.env.PATH;
    process.env.PATH = folder;
    try {
      const recipe = defaultRecipes.find(({ writtenBy }) => writtenBy === 'pspp');
      assert.ok(recipe);
      await assert.rejects(
        buildBundle(recipe, join(folder, 'none'), 'allowed'),
        (error: Error) => error instanceof PsppMissing && /apt-get install pspp/.test(error.message),
      );
      assert.deepEqual((await buildBundle(small, join(folder, 'none'), 'allowed')).expected, []);
      await assert.rejects(buildBundle(small, join(folder, 'none'), 'refused'), PsppMissing);
    } finally {
      process.env.PATH = path;
    }
  });
});

describe('sameButForTheDate', () => {
  it('looks past the time of writing and at nothing else', async () => {
    const committed = bundleFiles(await bundle('banking-app')).data;
    const bytes = await readFile(committed);
    const changed = async (at: number): Promise<boolean> => {
      const copy = Buffer.from(bytes);
      copy[at] = (copy[at] ?? 0) ^ 1;
      await writeFile(join(folder, 'copy.sav'), copy);
      return sameButForTheDate(committed, join(folder, 'copy.sav'));
    };
    // The header holds the date in bytes 92 to 100 and the time in bytes 101 to 108.
    assert.match(bytes.toString('latin1', 92, 109), /^\d\d \w{3} \d\d\d\d:\d\d:\d\d$/);
    assert.deepEqual(
      [await changed(91), await changed(92), await changed(108), await changed(109)],
      [false, true, true, false],
    );
    assert.equal(await sameButForTheDate(committed, join(folder, 'absent.sav')), false);
  });
});

describe('recipeFor', () => {
  it('is the same for a seed and a number, and goes through the topics', () => {
    assert.deepEqual(recipeFor(5, 3), recipeFor(5, 3));
    const recipes = Array.from({ length: 20 }, (_, i) => recipeFor(5, i));
    assert.equal(new Set(recipes.map(({ topic }) => topic.slug)).size, 10);
    assert.equal(new Set(recipes.map(({ name }) => name)).size, 20);
    assert.ok(
      recipes.some(({ banner }) => !banner) &&
        recipes.some(({ review }) => review) &&
        recipes.some(({ weight }) => !weight),
    );
  });
});
