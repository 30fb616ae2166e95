import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { writeSav, type SavCase, type SavDictionary, type SavVariable } from '../../datasets/sav/index.ts';
import type { ValidationResult } from '../contract.ts';
import { detectLoops } from './loops.ts';
import { cafeCases, cafeDictionary, nominal, temporaryFolder } from './testing.ts';
import { validateSav } from './validate.ts';

async function validate(
  context: TestContext,
  dictionary: SavDictionary,
  cases: Iterable<SavCase>,
): Promise<ValidationResult> {
  const path = join(await temporaryFolder(context), 'upload.sav');
  await writeSav(path, dictionary, cases);
  return validateSav(path);
}

const number = (name: string, label = ''): SavVariable => ({ name, width: 0, label });

test('counts respondents and variables and finds the weight', async (context) => {
  const result = await validate(context, cafeDictionary, cafeCases(200));
  assert.deepEqual(result, {
    rowCount: 200,
    columnCount: 9,
    weightCandidates: [{ column: 'WEIGHT', label: 'Weighting factor', score: 0.95, mean: 1 }],
    isStacked: false,
    stackedWarning: null,
    loopSummary: { hasLoops: false, loopCount: 0 },
    errors: [],
    canProceed: true,
  });
});

test('weighs people, not bodies: only plausible weights, best first', async (context) => {
  const variables = [
    number('wt2', 'Trimmed'),
    number('weight', 'Rim weight'),
    number('BODYWEIGHT', 'Body weight in kg'),
    number('weight_kg', 'Weight'),
    number('Q1', 'Importance of weight loss'),
    number('wgt_neg', 'Design weight'),
  ];
  const cases = Array.from({ length: 40 }, (_, i): SavCase => [1.4, 0.8 + (i % 5) * 0.1, 70, 80, 1, i % 2 ? -1 : 3]);
  const result = await validate(context, { variables }, cases);
  assert.deepEqual(
    result.weightCandidates.map(({ column }) => column),
    ['weight'],
  );
});

test('stacked data is named and stops the wizard', async (context) => {
  const variables = [
    number('RESPID', 'Respondent ID'),
    nominal('WAVE', 'Wave', ['1', '2', '3']),
    number('Q1', 'Score'),
  ];
  const cases = Array.from({ length: 90 }, (_, i): SavCase => [1 + Math.floor(i / 3), 1 + (i % 3), i % 7]);
  const result = await validate(context, { variables }, cases);
  assert.equal(result.isStacked, true);
  assert.match(result.stackedWarning ?? '', /30 respondents fill 90 rows \(RESPID repeats, told apart by WAVE\)/);
  assert.equal(result.canProceed, false);
});

test('a brand question in an ordinary file is not stacking', async (context) => {
  const variables = [number('RESPID', 'Respondent ID'), nominal('BRAND', 'Brand rated', ['a', 'b'])];
  const result = await validate(
    context,
    { variables },
    Array.from({ length: 50 }, (_, i): SavCase => [i, 1 + (i % 2)]),
  );
  assert.equal(result.isStacked, false);
});

test('an empty file cannot proceed', async (context) => {
  const result = await validate(context, cafeDictionary, []);
  assert.equal(result.rowCount, 0);
  assert.equal(result.columnCount, 9);
  assert.equal(result.canProceed, false);
  assert.match(result.errors[0]?.message ?? '', /no respondents/);
});

test('damaged files are answers, with a reason and without the server’s paths', async (context) => {
  const folder = await temporaryFolder(context);
  const whole = join(folder, 'whole.sav');
  await writeSav(whole, cafeDictionary, cafeCases(500), { compression: 'none' });
  const bytes = await readFile(whole);
  const damaged: [string, Uint8Array][] = [
    ['truncated', bytes.subarray(0, bytes.length - 1000)],
    ['cut in the dictionary', bytes.subarray(0, 300)],
    ['renamed', Buffer.from('id,gender\n1,2\n3,1\n'.repeat(20))],
    ['empty', Buffer.alloc(0)],
  ];
  for (const [name, content] of damaged) {
    const path = join(folder, `${name}.sav`);
    await writeFile(path, content);
    const result = await validateSav(path);
    assert.equal(result.canProceed, false, name);
    assert.equal(result.errors.length, 1, name);
    assert.ok(!result.errors[0]?.message.includes(folder), result.errors[0]?.message);
  }
});

const loop = (...names: string[]): SavDictionary => ({
  variables: names.map((name) => nominal(name, `Label of ${name}`, ['Yes', 'No'])),
});

test('blocks asked again are a loop', () => {
  assert.deepEqual(detectLoops(loop('Q5_1', 'Q6_1', 'Q7_1', 'Q5_2', 'Q6_2', 'Q7_2')), { hasLoops: true, loopCount: 1 });
  const alike = ['Q5', 'Q6', 'Q7'].flatMap((stem) =>
    [1, 2].map((n) => nominal(`${stem}_${n}`, `${stem} for brand ${n}`, ['Yes', 'No'])),
  );
  assert.deepEqual(detectLoops({ variables: alike }), { hasLoops: true, loopCount: 1 });
});

test('two different loops count twice', () => {
  assert.equal(
    detectLoops(
      loop('A_1', 'B_1', 'C_1', 'A_2', 'B_2', 'C_2', 'D_1', 'E_1', 'F_1', 'D_2', 'E_2', 'F_2', 'D_3', 'E_3', 'F_3'),
    ).loopCount,
    2,
  );
});

const noLoops: [string, SavDictionary][] = [
  ['grids', loop(...['Q10', 'Q11', 'Q12'].flatMap((q) => [1, 2, 3, 4, 5, 6, 7, 8].map((r) => `${q}r${r}`)))],
  [
    'grids with underscores',
    {
      variables: ['Q10', 'Q11', 'Q12'].flatMap((q) =>
        ['Price', 'Service', 'Range'].map((item, r) =>
          nominal(`${q}_${r + 1}`, `${q} Satisfaction - ${item}`, ['Low', 'High']),
        ),
      ),
    },
  ],
  ['too few variables', loop('Q5_1', 'Q6_1', 'Q5_2', 'Q6_2')],
  ['one iteration', loop('Q5_1', 'Q6_1', 'Q7_1', 'Q8_1')],
];
for (const [name, dictionary] of noLoops) {
  test(`${name} are no loop`, () => {
    assert.deepEqual(detectLoops(dictionary), { hasLoops: false, loopCount: 0 });
  });
}

test('items of multiple-response sets are no loop', () => {
  const sets = ['A', 'B', 'C'].map((q) => ({
    name: `$${q}`,
    label: q,
    kind: 'dichotomies' as const,
    countedValue: '1',
    variables: [1, 2].map((i) => `${q}_${i}`),
  }));
  const variables = sets.flatMap((set) => set.variables.map((name) => nominal(name, 'Which of these?', ['Selected'])));
  assert.equal(detectLoops({ variables, multipleResponseSets: sets }).hasLoops, false);
});
