import assert from 'node:assert/strict';
import { execFileSync, spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { writeSav, type SavCase, type SavDictionary } from '../../datasets/sav/index.ts';
import { selectRows } from './evaluate.ts';
import { parseExpression } from './expression.ts';
import { SurveyData } from './survey-data.ts';
import { planTables, tableColumns } from './table-plan.ts';
import { lettered, tabulate, type Cut, type TableResult } from './tabulate.ts';
import { cafeCases, cafeDictionary, nominal, temporaryFolder } from './testing.ts';

async function survey(
  context: TestContext,
  dictionary: SavDictionary,
  cases: Iterable<SavCase>,
): Promise<{ data: SurveyData; path: string }> {
  const path = join(await temporaryFolder(context), 'data.sav');
  await writeSav(path, dictionary, cases);
  const data = await SurveyData.open(path);
  await data.load(data.header.variables.map(({ name }) => name));
  return { data, path };
}

function cuts(data: SurveyData, ...columns: [group: string, expression: string][]): Cut[] {
  const select = (text: string): Int32Array => {
    const expression = parseExpression(text);
    assert.ok(expression);
    return selectRows(expression, data);
  };
  const total = Int32Array.from({ length: data.caseCount }, (_, row) => row);
  return lettered(
    total,
    columns.map(([group, expression]) => ({ group, name: expression, rows: select(expression) })),
  );
}

function table(
  data: SurveyData,
  id: string,
  banner: readonly Cut[],
  options: { weight?: string; level?: number; minBase?: number } = {},
): TableResult {
  const plan = planTables(data, new Map()).find((candidate) => candidate.id === id);
  assert.ok(plan, `table ${id}`);
  const weights = options.weight === undefined ? undefined : data.column(options.weight);
  assert.ok(!Array.isArray(weights));
  return tabulate(plan, data, banner, weights, { levels: [options.level ?? 90], minBase: options.minBase ?? 0 });
}

const smallDictionary: SavDictionary = {
  variables: [
    nominal('G', 'Group', ['One', 'Two']),
    { ...nominal('A', 'Answer', ['Yes', 'No']), missing: { values: [9] } },
    { name: 'W', width: 0, label: 'Weighting factor' },
    {
      name: 'CITY',
      width: 8,
      label: 'City',
      valueLabels: [
        { value: 'N', label: 'North' },
        { value: 'S', label: 'South' },
      ],
    },
    nominal('C1', 'First choice', ['Red', 'Blue', 'Green']),
    nominal('C2', 'Second choice', ['Red', 'Blue', 'Green']),
  ],
  multipleResponseSets: [{ name: '$COLOURS', label: 'Colours', kind: 'categories', variables: ['C1', 'C2'] }],
};
const smallCases: SavCase[] = [
  [1, 1, 2, 'N', 1, 2],
  [1, 1, 1, 'N', 1, 1],
  [1, 2, 1, 'S', 2, null],
  [1, 9, 5, 'S', null, null],
  [2, 2, 1, '', 3, 1],
  [2, null, 1, 'N', 3, 2],
  [null, 1, 3, 'S', 1, 3],
];

test('counts, percentages and bases, worked by hand', async (context) => {
  const { data } = await survey(context, smallDictionary, smallCases);
  const banner = cuts(data, ['G', 'G=1'], ['G', 'G=2']);
  const plain = table(data, 'A', banner).cuts;
  // Valid answers: cases 1, 2, 3, 5, 7. Case 4 is user-missing, case 6 system-missing.
  assert.deepEqual(
    plain.map(({ base }) => base),
    [5, 3, 1],
  );
  assert.deepEqual(
    plain.map(({ counts }) => [...counts]),
    [
      [3, 2],
      [2, 1],
      [0, 1],
    ],
  );
  assert.deepEqual(
    plain.map(({ percents }) => percents[0]),
    [60, (100 * 2) / 3, 0],
  );
  const weighted = table(data, 'A', banner, { weight: 'W' }).cuts;
  assert.deepEqual(
    weighted.map(({ base }) => base),
    [5, 3, 1],
  );
  assert.deepEqual(
    weighted.map(({ weightedBase }) => weightedBase),
    [8, 4, 1],
  );
  assert.deepEqual(
    weighted.map(({ counts }) => [...counts]),
    [
      [6, 2],
      [3, 1],
      [0, 1],
    ],
  );
  assert.equal(weighted[0]?.percents[0], 75);
  assert.equal(weighted[0]?.effectiveBase, (8 * 8) / (4 + 1 + 1 + 1 + 9));
});

test('text answers are tabulated by their labels, blanks are no answer', async (context) => {
  const { data } = await survey(context, smallDictionary, smallCases);
  const [total] = table(data, 'CITY', cuts(data)).cuts;
  assert.equal(total?.base, 6);
  assert.deepEqual([...(total?.counts ?? [])], [3, 3]);
});

test('a respondent counts once in a category set, and its base is who answered any item', async (context) => {
  const { data } = await survey(context, smallDictionary, smallCases);
  const result = table(data, 'COLOURS', cuts(data));
  assert.deepEqual(
    result.plan.rows.map(({ label }) => label),
    ['Red', 'Blue', 'Green'],
  );
  assert.equal(result.cuts[0]?.base, 6);
  assert.deepEqual([...(result.cuts[0]?.counts ?? [])], [4, 3, 3]);
});

test('items of a dichotomy set have one table together and none alone; ids and weights have none', async (context) => {
  const { data } = await survey(context, cafeDictionary, cafeCases(100));
  assert.deepEqual(
    planTables(data, new Map()).map(({ id }) => id),
    ['GENDER', 'REGION', 'VISITS', 'DRINKS'],
  );
  assert.ok(!tableColumns(data).includes('WEIGHT'));
  const [total] = table(data, 'DRINKS', cuts(data)).cuts;
  assert.equal(total?.base, 80, 'every fifth was not asked');
});

test('a variable whose answers are mostly unlabelled has no table', async (context) => {
  const dictionary: SavDictionary = {
    variables: [nominal('SCORE', 'Score', ['Lowest', 'Low']), nominal('OK', 'Fine', ['Yes', 'No'])],
  };
  const { data } = await survey(
    context,
    dictionary,
    Array.from({ length: 50 }, (_, i): SavCase => [i, i === 7 ? 3 : 1 + (i % 2)]),
  );
  const tables = planTables(data, new Map());
  assert.deepEqual(
    tables.map(({ id }) => id),
    ['OK'],
  );
  assert.deepEqual(
    tables[0]?.rows.map(({ label }) => label),
    ['Yes', 'No', '3'],
    'a rare unlabelled answer has its own row',
  );
});

test('titles: the label, else the question of the survey document', async (context) => {
  const { valueLabels } = nominal('Q1', '', ['Yes', 'No']);
  const dictionary: SavDictionary = {
    variables: [
      { name: 'Q1', width: 0, ...(valueLabels ? { valueLabels } : {}) },
      nominal('Q2', 'Own label', ['Yes', 'No']),
    ],
  };
  const { data } = await survey(context, dictionary, [
    [1, 1],
    [2, 2],
  ]);
  const texts = new Map([
    ['Q1', 'Do you like it?'],
    ['Q2', 'Something else?'],
  ]);
  assert.deepEqual(
    planTables(data, texts).map(({ title }) => title),
    ['Do you like it?', 'Own label'],
  );
});

test('letters name the columns of the same group that are significantly lower', async (context) => {
  const dictionary: SavDictionary = {
    variables: [
      nominal('G', 'Group', ['a', 'b', 'c']),
      nominal('H', 'Half', ['x', 'y']),
      nominal('A', 'Answer', ['Yes', 'No']),
    ],
  };
  // Yes: 60 of 200 in a, 40 of 200 in b (z = 2.31), 3 of 4 in c.
  const cases: SavCase[] = [];
  const add = (group: number, yes: number, of: number): void => {
    for (let i = 0; i < of; i++) cases.push([group, 1 + (i % 2), i < yes ? 1 : 2]);
  };
  add(1, 60, 200);
  add(2, 40, 200);
  add(3, 3, 4);
  const { data } = await survey(context, dictionary, cases);
  const banner = cuts(data, ['G', 'G=1'], ['G', 'G=2'], ['G', 'G=3'], ['H', 'H=1'], ['H', 'H=2']);
  const letters = (options: { level?: number; minBase?: number }): string[][] =>
    table(data, 'A', banner, options).cuts.map((cut) => [...cut.letters]);
  assert.deepEqual(letters({}), [
    ['', ''],
    ['C', 'D'],
    ['', 'BD'],
    ['BC', ''],
    ['', ''],
    ['', ''],
  ]);
  assert.deepEqual(letters({ minBase: 5 }), [
    ['', ''],
    ['C', ''],
    ['', 'B'],
    ['', ''],
    ['', ''],
    ['', ''],
  ]);
  assert.deepEqual(
    letters({ minBase: 5, level: 98 }),
    Array.from({ length: 6 }, () => ['', '']),
    'z = 2.31 is below 2.33',
  );
});

const noPspp = spawnSync('pspp', ['--version']).error ? 'PSPP is not installed' : false;

test('agrees with PSPP, unweighted and weighted', { skip: noPspp }, async (context) => {
  const { data, path } = await survey(context, cafeDictionary, cafeCases(997));
  const folder = await temporaryFolder(context);
  const out = join(folder, 'out.csv');
  const syntax = join(folder, 'check.sps');
  await writeFile(
    syntax,
    [
      `GET FILE='${path}'.`,
      'SELECT IF NOT MISSING(VISITS) AND NOT MISSING(REGION).',
      `AGGREGATE OUTFILE='${join(folder, 'n.sav')}' /BREAK=VISITS REGION /n=N.`,
      'WEIGHT BY WEIGHT.',
      `AGGREGATE OUTFILE='${join(folder, 'w.sav')}' /BREAK=VISITS REGION /w=N.`,
      `MATCH FILES FILE='${join(folder, 'n.sav')}' /FILE='${join(folder, 'w.sav')}' /BY VISITS REGION.`,
      'FORMATS n (F12.0) w (F16.6).',
      `SAVE TRANSLATE /OUTFILE='${out}' /TYPE=CSV /REPLACE.`,
    ].join('\n'),
  );
  execFileSync('pspp', ['-o', join(folder, 'log.txt'), syntax], { timeout: 60_000 });
  const lines = (await readFile(out, 'utf8'))
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(',').map(Number));
  assert.equal(lines.length, 12);
  const banner = cuts(data, ['Region', 'REGION=1'], ['Region', 'REGION=2'], ['Region', 'REGION=3']);
  const plain = table(data, 'VISITS', banner);
  const weighted = table(data, 'VISITS', banner, { weight: 'WEIGHT' });
  for (const [visits = 0, region = 0, count = 0, sum = 0] of lines) {
    assert.equal(plain.cuts[region]?.counts[visits - 1], count, `VISITS=${visits}, REGION=${region}`);
    assert.ok(
      Math.abs((weighted.cuts[region]?.counts[visits - 1] ?? NaN) - sum) < 1e-6,
      `VISITS=${visits}, REGION=${region} weighted`,
    );
  }
});
