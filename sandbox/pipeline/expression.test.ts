import assert from 'node:assert/strict';
import { test } from 'node:test';
import { formatExpression, parseExpression, variablesOf } from './expression.ts';

const readings: [text: string, canonical: string][] = [
  ['GENDER=1', 'GENDER=1'],
  ['S4 = 1, 2', 'S4=1,2'],
  ['AGE=18-34', 'AGE=18-34'],
  ['AGE = 18 – 34', 'AGE=18-34'],
  ['AGE=18 to 34', 'AGE=18-34'],
  ['TEMP=-5--1', 'TEMP=-5--1'],
  ['GENDER=1 AND S4=2', 'GENDER=1 AND S4=2'],
  ['GENDER=1 and (S4=2 or S4=4)', 'GENDER=1 AND (S4=2 OR S4=4)'],
  ['NOT REGION=3', 'NOT (REGION=3)'],
  ['REGION<>3', 'REGION!=3'],
  ['Q3 >= 8', 'Q3>=8'],
  ['S4 IN (1,2)', 'S4=1,2'],
  ['GENDER=Female', 'GENDER="Female"'],
  ["CITY='New York'", 'CITY="New York"'],
];

for (const [text, canonical] of readings) {
  test(`reads ${text}`, () => {
    const expression = parseExpression(text);
    assert.ok(expression);
    assert.equal(formatExpression(expression), canonical);
    assert.deepEqual(parseExpression(canonical), expression);
  });
}

for (const text of [
  '',
  'Heavy users',
  'see screener',
  'GENDER=',
  'GENDER=1 AND',
  '(GENDER=1',
  'AGE>young',
  '=1',
  'Q5 1',
]) {
  test(`does not take “${text}” for an expression`, () => {
    assert.equal(parseExpression(text), undefined);
  });
}

test('names each variable once', () => {
  const expression = parseExpression('GENDER=1 AND (AGE=18-34 OR GENDER=2)');
  assert.ok(expression);
  assert.deepEqual(variablesOf(expression), ['GENDER', 'AGE']);
});
