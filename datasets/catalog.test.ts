import assert from 'node:assert/strict';
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import {
  bundle,
  bundleFiles,
  CatalogError,
  datasetsFolder,
  loadCatalog,
  pick,
  verifyBundle,
  smallestBundles,
} from './catalog.ts';
import type { Bundle } from './catalog-schema.ts';
import { expectedCells, cellQueries } from './generate/expected.ts';
import { defaultRecipes } from './generate/defaults.ts';
import { plansOf } from './generate/bundle.ts';
import { hasPspp } from './generate/pspp.ts';
import { openSav, readSav, type SavData } from './sav/index.ts';
import { bannerColumns, documentLines, type Column } from './test-support/read-banner.ts';
import { cell, columnTest } from './test-support/tabulator.ts';

const { bundles, bad } = await loadCatalog();
const pspp = await hasPspp();

describe('the catalog', () => {
  it('offers enough bundles of enough kinds', () => {
    assert.ok(bundles.length >= 8);
    assert.equal(new Set(bundles.map(({ name }) => name)).size, bundles.length);
    // A workbook of another bundle must not pass for this one's.
    assert.equal(new Set(bundles.map(({ respondents }) => respondents)).size, bundles.length);
    assert.ok(bundles.filter(({ writtenBy }) => writtenBy === 'pspp').length >= 2);
    const banners = bundles.filter(({ files }) => files.banner);
    assert.ok(banners.length >= bundles.length * 0.75 && banners.length < bundles.length);
    const reviewed = bundles.filter(({ flagged }) => flagged.length > 0).length;
    assert.ok(Math.abs(reviewed / bundles.length - 0.5) <= 0.1, `${reviewed} of ${bundles.length} need a review`);
    assert.ok(bundles.some(({ weight }) => weight === undefined) && bundles.some(({ weight }) => weight !== undefined));
    assert.equal(bundles.filter(({ loops }) => loops).length, 1);
    const sizes = bundles.map(({ files }) => files.data.sizeBytes);
    assert.ok(Math.min(...sizes) < 200_000 && Math.max(...sizes) > 2_000_000);
  });

  it('keeps the committed files under 15 MB together', () => {
    const files = [...bundles, ...bad.filter(({ defect }) => defect !== 'oversized')].flatMap(
      ({ files: { data, survey, banner } }) => [data, survey, ...(banner ? [banner] : [])],
    );
    const bytes = new Map(files.map(({ path, sizeBytes }) => [path, sizeBytes]));
    assert.ok([...bytes.values()].reduce((sum, size) => sum + size, 0) < 15e6);
  });

  it('names its documents so that people know what they are', () => {
    for (const { files } of bundles) {
      assert.match(files.survey.path, /(survey|questionnaire)[^/]*\.(docx|pdf)$/);
      if (files.banner) assert.match(files.banner.path, /banner[^/]*\.(docx|pdf)$/);
    }
  });

  it('finds bundles by name and names those there are otherwise', async () => {
    const first = bundles[0] as Bundle; // eight at least, see above
    assert.deepEqual(await bundle(first.name), first);
    assert.equal((await pick()).length, bundles.length);
    await assert.rejects(
      pick(['no-such']),
      (error: Error) =>
        error instanceof CatalogError && error.message.includes('no-such') && error.message.includes(first.name),
    );
    await assert.rejects(loadCatalog(join(tmpdir(), 'no-such-folder')), /no catalog.*datasets -- generate/);
  });

  for (const item of [...bundles, ...bad.filter(({ defect }) => defect !== 'oversized')]) {
    it(`knows the files of ${item.name} by their checksums`, () => verifyBundle(item));
  }

  it('says which file is altered or absent', async () => {
    const item = bundles[0] as Bundle; // eight at least, see above
    const folder = await mkdtemp(join(tmpdir(), 'muster-catalog-'));
    try {
      await cp(join(datasetsFolder, 'files', item.name), join(folder, 'files', item.name), { recursive: true });
      await verifyBundle(item, folder);
      await appendFile(bundleFiles(item, folder).data, 'x');
      await rm(bundleFiles(item, folder).survey);
      await assert.rejects(
        verifyBundle(item, folder),
        (error: Error) =>
          error.message.includes(`${item.files.data.path} has SHA-256`) &&
          error.message.includes(`${item.files.survey.path} cannot be read`),
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});

/** The rule of the product for a column that needs no review, written down once more. */
function isExact(definition: string, names: ReadonlySet<string>): boolean {
  return definition.split(' AND ').every((term) => /^\w+=[\d,-]+$/.test(term) && names.has(term.split('=')[0] ?? ''));
}

/** Tables by the rule of the workbook's layout, written down once more. */
function tableCount(data: SavData, weight: string | undefined): number {
  const sets = data.header.multipleResponseSets ?? [];
  const items = new Set(sets.flatMap(({ kind, variables }) => (kind === 'dichotomies' ? variables : [])));
  const tabulated = data.header.variables.filter(({ name, valueLabels = [], missing }) => {
    if (items.has(name) || name === weight || valueLabels.length < 2 || valueLabels.length > 30) return false;
    const refused = new Set<unknown>(missing?.values);
    const answers = [...(data.columns.get(name) ?? [])].filter((value) => !Number.isNaN(value) && !refused.has(value));
    const codes = new Set<unknown>(valueLabels.map(({ value }) => value));
    return answers.filter((value) => codes.has(value)).length >= 0.9 * answers.length;
  });
  return tabulated.length + sets.length;
}

for (const item of bundles) {
  describe(`bundle ${item.name}`, () => {
    const paths = bundleFiles(item);
    let data: SavData;
    let columns: Column[] = [];
    before(async () => {
      data = await readSav(paths.data);
      if (paths.banner !== undefined) columns = await bannerColumns(paths.banner);
    });

    it('holds the promised respondents and variables', () => {
      assert.equal(data.caseCount, item.respondents);
      assert.equal(data.header.variables.length, item.variables);
      const ids = data.columns.get('RESPID');
      assert.equal(new Set<unknown>(ids as Float64Array).size, item.respondents); // a numeric variable
    });

    it('has a weight of mean 1 exactly when it says so', () => {
      const label = data.header.variables
        .filter((variable) => /weighting factor/i.test(variable.label ?? ''))
        .map(({ name }) => name);
      assert.deepEqual(label, item.weight === undefined ? [] : [item.weight]);
      if (item.weight === undefined) return;
      const weights = data.columns.get(item.weight) as Float64Array; // a numeric variable
      assert.ok(weights.every((weight) => weight > 0));
      assert.ok(Math.abs(weights.reduce((sum, weight) => sum + weight, 0) / weights.length - 1) < 0.05);
    });

    it('has skips, user-missing answers and open text', () => {
      const q5 = data.columns.get('Q5') as Float64Array; // a numeric variable
      const q4 = data.columns.get('Q4') as Float64Array; // a numeric variable
      assert.ok(q4.includes(97));
      q4.forEach((brand, row) => assert.equal(Number.isNaN(q5[row]), brand === 97, 'only users of a brand rate it'));
      const open = data.columns.get('Q80_IMPROVEMENT_IN_OWN_WORDS') as string[]; // a string variable
      assert.ok(open.some((text) => text === '') && open.some((text) => Buffer.byteLength(text) > 150));
    });

    it('repeats its stems exactly when it has loops', () => {
      assert.equal(
        data.header.variables.some(({ name }) => name.endsWith('_2')),
        item.loops,
      );
    });

    it('flags the columns that its banner plan leaves in doubt', () => {
      const names = new Set(data.header.variables.map(({ name }) => name));
      assert.deepEqual(
        columns.filter(({ definition }) => !isExact(definition, names)).map(({ key }) => key),
        item.flagged,
      );
      assert.equal(new Set(columns.map(({ key }) => key)).size, columns.length);
      if (item.files.banner) assert.ok(columns.length - item.flagged.length >= 10);
    });

    it('makes the promised number of tables', () => assert.equal(tableCount(data, item.weight), item.tables));

    it('has a questionnaire with the text of its questions', async () => {
      const lines = await documentLines(paths.survey);
      for (const name of ['Q4', 'Q7', 'Q12', 'Q80_IMPROVEMENT_IN_OWN_WORDS', 'D3'])
        assert.ok(
          lines.some((line) => line.startsWith(`${name}. `)),
          `${name} is asked`,
        );
    });

    it('has the expected cells', () => {
      assert.ok(item.expected.length >= 6 && new Set(item.expected.map(({ table }) => table)).size >= 3);
      assert.equal(
        item.expected.some(({ weighted }) => weighted),
        item.weight !== undefined,
      );
      if (item.files.banner) assert.ok(item.expected.some(({ column }) => column !== 'Total'));
      for (const expected of item.expected) {
        assert.ok(!item.flagged.includes(expected.column));
        const definition = columns.find(({ key }) => key === expected.column)?.definition;
        assert.ok(expected.column === 'Total' || definition !== undefined, expected.column);
        const actual = cell(
          data,
          expected,
          definition === undefined ? () => true : columnTest(data, definition),
          expected.weighted ? item.weight : undefined,
        );
        assert.equal(actual.base, expected.base);
        assert.ok(
          Math.abs(actual.count - expected.count) < 1e-5,
          `${expected.table} ${expected.column}: ${actual.count} against ${expected.count}`,
        );
        assert.ok(Math.abs(actual.percent - expected.percent) < 1e-5);
      }
    });

    it('differs between groups more often than by chance', () => {
      const young = columnTest(data, `${data.columns.has('AGE') ? 'AGE' : 'S2'}=18-34`);
      const named = data.header.variables.filter(
        ({ name, valueLabels = [] }) => /^Q\d+(r\d+)?$/.test(name) && valueLabels.length >= 2,
      );
      const significant = named.filter(({ name, valueLabels = [] }) => {
        const top = valueLabels.filter(({ value }) => Number(value) < 90).at(-1)?.label ?? '';
        const [a, b] = [young, (row: number) => !young(row)].map((group) =>
          cell(
            { ...data, header: { ...data.header, multipleResponseSets: [] } },
            { table: name, row: top },
            group,
            undefined,
          ),
        );
        if (!a || !b) return false;
        const pooled = (a.count + b.count) / (a.base + b.base);
        return (
          Math.abs(a.percent - b.percent) / 100 / Math.sqrt(pooled * (1 - pooled) * (1 / a.base + 1 / b.base)) > 1.96
        );
      });
      assert.ok(significant.length / named.length > 0.15, `${significant.length} of ${named.length}`);
    });

    it('is what PSPP says it is', { skip: pspp ? false : 'PSPP is not installed' }, async () => {
      const recipe = defaultRecipes.find(({ name }) => name === item.name);
      assert.ok(recipe);
      const file = await openSav(paths.data);
      after(() => file.close());
      assert.deepEqual(
        await expectedCells(paths.data, cellQueries(file.header, plansOf(recipe).plan, item.weight), item.weight),
        item.expected,
      );
    });
  });
}

it('the smallest bundles are those with the smallest data files, smallest first', async () => {
  const { bundles } = await loadCatalog();
  const sizes = new Map(bundles.map(({ name, files }) => [name, files.data.sizeBytes]));
  const sorted = [...sizes.values()].sort((one, other) => one - other);
  const names = await smallestBundles(3);
  assert.deepEqual(
    names.map((name) => sizes.get(name)),
    sorted.slice(0, 3),
  );
});
