import assert from 'node:assert/strict';
import { test } from 'node:test';
import { columnLetter, criticalZ, effectiveBase, twoProportionZ } from './significance.ts';

test('letters run A to Z, then AA', () => {
  assert.deepEqual([0, 1, 25, 26, 27, 51, 52, 701, 702].map(columnLetter), [
    'A',
    'B',
    'Z',
    'AA',
    'AB',
    'AZ',
    'BA',
    'ZZ',
    'AAA',
  ]);
});

test('critical values are those of the tables', () => {
  for (const [level, z] of [
    [50, 0.67449],
    [80, 1.28155],
    [90, 1.64485],
    [95, 1.95996],
    [99, 2.57583],
  ] as const) {
    assert.ok(Math.abs(criticalZ(level) - z) < 1e-5, `${level} %: ${criticalZ(level)}`);
  }
});

test('two proportions, worked by hand', () => {
  // 60 of 200 against 40 of 200: pooled p = 0.25, standard error = sqrt(0.25 × 0.75 × 2/200) = 0.0433, z = 0.1 / 0.0433.
  assert.ok(Math.abs(twoProportionZ(0.3, 200, 0.2, 200) - 2.3094) < 1e-4);
  assert.ok(Math.abs(twoProportionZ(0.2, 200, 0.3, 200) + 2.3094) < 1e-4);
});

test('no test where there is no variance or no base', () => {
  assert.equal(twoProportionZ(1, 50, 1, 60), 0);
  assert.equal(twoProportionZ(0, 50, 0, 60), 0);
  assert.equal(twoProportionZ(0.5, 0, 0.2, 60), 0);
});

test('unequal weights shrink the base', () => {
  assert.equal(effectiveBase(100, 100), 100);
  // Weights 1 and 3, fifty of each: (50 + 150)² / (50 + 450) = 80.
  assert.equal(effectiveBase(200, 500), 80);
  assert.equal(effectiveBase(0, 0), 0);
});
