import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ReviewDecision } from '../contract.ts';
import { decideBanner, resolveHint } from './decisions.ts';
import { Lexicon } from './lexicon.ts';
import { resolveBanner } from './resolve-banner.ts';
import { cafeDictionary } from './testing.ts';

const lexicon = new Lexicon(cafeDictionary);
const banner = resolveBanner(
  [
    {
      name: 'Usage',
      columns: [
        { name: 'Men', definition: 'GENDER=1' },
        { name: 'Espresso', definition: 'DRINK1=1' },
        { name: 'Buyers', definition: 'TBD' },
      ],
    },
  ],
  lexicon,
);
const decide = (
  columnName: string,
  decision: Partial<ReviewDecision> & Pick<ReviewDecision, 'action'>,
): string | undefined =>
  decideBanner(banner, [{ groupName: 'Usage', columnName, ...decision }], lexicon).columns.find(
    ({ name }) => name === columnName,
  )?.expression;

test('approve takes the proposal, and so does no decision', () => {
  assert.equal(decide('Espresso', { action: 'approve' }), 'DRINK_1=1');
  assert.deepEqual(
    decideBanner(banner, [], lexicon).columns.map(({ expression }) => expression),
    ['GENDER=1', 'DRINK_1=1'],
  );
});

test('select_alternative takes that alternative', () => {
  assert.equal(decide('Espresso', { action: 'select_alternative', selectedAlternative: 1 }), 'DRINK_3=1');
  assert.equal(decide('Espresso', { action: 'select_alternative', selectedAlternative: 99 }), 'DRINK_1=1');
});

test('skip leaves the column out, and so does approving nothing', () => {
  assert.equal(decide('Men', { action: 'skip' }), undefined);
  const { dropped } = decideBanner(banner, [{ groupName: 'Usage', columnName: 'Buyers', action: 'approve' }], lexicon);
  assert.deepEqual(dropped, [{ group: 'Usage', name: 'Buyers', reason: 'no definition' }]);
});

test('edit takes the expression, but not one that cannot be evaluated', () => {
  assert.equal(decide('Men', { action: 'edit', editedExpression: 'REGION=3' }), 'REGION=3');
  assert.equal(decide('Men', { action: 'edit', editedExpression: 'NOSUCH=3' }), undefined);
});

const hints: [hint: string, expression: string][] = [
  ['REGION=2', 'REGION=2'],
  ['use region = 2,3 please', 'REGION=2,3'],
  ['use variable DRINK_3, not DRINK_1', 'DRINK_3=1'],
  ['instead of DRINK_1 take DRINK_2', 'DRINK_2=1'],
  ['the heavy users', 'VISITS=1'],
];
for (const [hint, expression] of hints) {
  test(`the hint “${hint}” gives ${expression}`, () => {
    assert.equal(decide('Espresso', { action: 'provide_hint', hint }), expression);
  });
}

test('a hint that says nothing leaves the proposal', () => {
  assert.equal(decide('Espresso', { action: 'provide_hint', hint: '???' }), 'DRINK_1=1');
  const placeholder = banner[0]?.columns[2];
  assert.ok(placeholder);
  assert.equal(resolveHint({ ...placeholder, columnName: 'qqq' }, 'zzz', lexicon), undefined);
});
