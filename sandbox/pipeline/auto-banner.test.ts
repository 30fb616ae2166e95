import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { SavVariable } from '../../datasets/sav/index.ts';
import { autoBanner } from './auto-banner.ts';
import { Lexicon } from './lexicon.ts';
import { needsReview } from './resolve-banner.ts';
import { cafeDictionary, nominal } from './testing.ts';

const generate = (variables: readonly SavVariable[], hints = '', segments = false) =>
  autoBanner(new Lexicon({ variables }), hints, segments);

test('demographics become groups, answers become columns, nothing is in doubt', () => {
  const groups = generate(cafeDictionary.variables);
  assert.deepEqual(
    groups.map(({ name, columns }) => [name, columns.map(({ proposed }) => proposed)]),
    [
      ['Gender', ['GENDER=1', 'GENDER=2']],
      ['Region', ['REGION=1', 'REGION=2', 'REGION=3']],
    ],
  );
  assert.ok(!groups.flatMap(({ columns }) => columns).some(needsReview));
});

test('hints come first, segments before them when the data has them', () => {
  const variables = [...cafeDictionary.variables, nominal('SEG', 'Needs segment', ['a', 'b'])];
  assert.deepEqual(
    generate(variables, 'Please show VISITS').map(({ name }) => name),
    ['How often do you visit a café?', 'Gender', 'Region'],
  );
  assert.deepEqual(
    generate(variables, '', true).map(({ name }) => name),
    ['Segment', 'Gender', 'Region'],
  );
});

test('without demographics it fails, in the product’s words', () => {
  assert.throws(() => generate([nominal('Q1', 'Do you like tea?', ['Yes', 'No'])]), {
    title: 'Auto-generate banner failed',
  });
});
