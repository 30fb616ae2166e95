import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Lexicon } from './lexicon.ts';
import { needsReview, resolveColumn } from './resolve-banner.ts';
import { cafeDictionary } from './testing.ts';

const lexicon = new Lexicon(cafeDictionary);
const resolve = (name: string, definition: string): ReturnType<typeof resolveColumn> =>
  resolveColumn('Group', { name, definition }, lexicon);

for (const definition of ['GENDER=1', 'gender = 1', 'REGION=1,2', 'AGE=18-34', 'AGE>=35', 'GENDER=1 AND REGION=2']) {
  test(`${definition} is exact and needs nobody`, () => {
    const column = resolve('Column', definition);
    assert.ok(column.confidence >= 0.9);
    assert.deepEqual(column.alternatives, []);
    assert.equal(needsReview(column), false);
    assert.doesNotMatch(column.proposed, /gender/, 'variables are spelt as in the data file');
  });
}

test('a misspelt variable becomes the closest one, in doubt, with alternatives', () => {
  const column = resolve('Espresso buyers', 'DRINK1=1');
  assert.equal(column.proposed, 'DRINK_1=1');
  assert.equal(column.expressionType, 'comparison');
  assert.ok(column.confidence < 0.75);
  assert.deepEqual(column.alternatives.map(({ expression }) => expression).slice(0, 2), ['DRINK_2=1', 'DRINK_3=1']);
  assert.ok(needsReview(column));
});

test('a variable like no other leaves the proposal blank', () => {
  const column = resolve('Column', 'ZZZZZZZZZZ=1');
  assert.equal(column.proposed, '');
  assert.ok(needsReview(column));
});

test('free text finds the answer that says it', () => {
  const column = resolve('Heavy users', 'Heavy users');
  assert.equal(column.expressionType, 'conceptual_filter');
  assert.equal(column.proposed, 'VISITS=1');
  assert.ok(column.confidence < 0.75);
});

test('an item of a multiple-response set is found by its label', () => {
  assert.equal(resolve('Tea drinkers', 'people who bought tea').proposed, 'DRINK_3=1');
});

test('a list keeps its own type', () => {
  const column = resolve('Locals', 'from list: South residents');
  assert.equal(column.expressionType, 'from_list');
  assert.equal(column.proposed, 'REGION=2');
  assert.ok(needsReview(column));
});

for (const definition of ['', 'TBD', 'tbc by client', '-', 'To be confirmed', 'n/a']) {
  test(`“${definition}” is a placeholder`, () => {
    const column = resolve('Column', definition);
    assert.equal(column.expressionType, 'placeholder');
    assert.equal(column.proposed, '');
    assert.ok(needsReview(column));
  });
}

test('the same plan always resolves the same', () => {
  assert.deepEqual(resolve('Heavy users', 'heavy coffee drinkers'), resolve('Heavy users', 'heavy coffee drinkers'));
});
