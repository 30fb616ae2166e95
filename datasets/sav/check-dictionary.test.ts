import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { SavError, writeSav, type SavCase, type SavDictionary, type SavVariable } from './index.ts';
import { temporaryFolder } from './test-support/temporary.ts';

const path = join(temporaryFolder(), 'refused.sav');

async function refused(dictionary: SavDictionary, expected: RegExp, cases: readonly SavCase[] = []): Promise<void> {
  await assert.rejects(
    writeSav(path, dictionary, cases),
    (error) => error instanceof SavError && expected.test(error.message),
  );
}

const variable = (more: Partial<SavVariable>): SavDictionary => ({ variables: [{ name: 'x', width: 0, ...more }] });

describe('a dictionary that cannot be written', () => {
  it('has impossible variables', async () => {
    await refused({ variables: [] }, /at least one variable/);
    await refused(variable({ name: '1st' }), /"1st" has a name SPSS does not allow/);
    await refused(variable({ name: 'with' }), /name SPSS does not allow/);
    await refused(variable({ name: 'a b' }), /name SPSS does not allow/);
    await refused(variable({ name: 'ä'.repeat(33) }), /its name .* takes 66 bytes in UTF-8; 64 at most/);
    await refused(variable({ width: 32768 }), /a width of 32768/);
    await refused(variable({ label: 'x'.repeat(256) }), /its label .* takes 256 bytes/);
    await refused(variable({ print: { type: 'A', width: 8, decimals: 0 } }), /cannot have the format A8/);
    await refused(variable({ print: { type: 'NONSENSE', width: 8, decimals: 0 } }), /cannot have the format NONSENSE8/);
    await refused(
      {
        variables: [
          { name: 'Age', width: 0 },
          { name: 'AGE', width: 0 },
        ],
      },
      /Two variables are named AGE/,
    );
  });

  it('has impossible labels and missing values', async () => {
    await refused(
      variable({ valueLabels: [{ value: 'a', label: '' }] }),
      /the labelled value "a" is a string, its variable is numeric/,
    );
    await refused(
      variable({
        valueLabels: [
          { value: 1, label: 'a' },
          { value: 1, label: 'b' },
        ],
      }),
      /two labels for the value 1/,
    );
    await refused(variable({ width: 2, valueLabels: [{ value: 'abc', label: '' }] }), /takes 3 bytes/);
    await refused(variable({ missing: { values: [1, 2, 3, 4] } }), /4 missing values; 3 at most/);
    await refused(
      variable({ missing: { values: [1, 2], range: { low: 5, high: 6 } } }),
      /2 missing values beside a range; 1 at most/,
    );
    await refused(variable({ missing: { values: [], range: { low: 6, high: 5 } } }), /from 6 to 5/);
    await refused(variable({ width: 20, missing: { values: ['123456789'] } }), /longer than the 8 bytes/);
  });

  it('has impossible weights and sets', async () => {
    await refused({ ...variable({}), weight: 'w' }, /weight "w" is not among/);
    await refused({ ...variable({ width: 3 }), weight: 'x' }, /weight x is a string/);
    const set = { name: '$s', label: '', kind: 'categories', variables: ['x'] } as const;
    await refused(
      { ...variable({}), multipleResponseSets: [{ ...set, variables: ['y'] }] },
      /names y, which is not among/,
    );
    await refused({ ...variable({}), multipleResponseSets: [{ ...set, name: 's' }] }, /must begin with \$/);
    await refused(
      { ...variable({}), multipleResponseSets: [{ ...set, kind: 'dichotomies' }] },
      /dichotomies have a counted value/,
    );
    await refused(
      { ...variable({}), multipleResponseSets: [{ ...set, kind: 'dichotomies', countedValue: '1.5' }] },
      /count a whole number/,
    );
  });

  it('has text its encoding lacks', async () => {
    await refused(
      { ...variable({ label: 'Žluťoučký' }), encoding: 'ISO-8859-1' },
      /The character "Ž" .* cannot be written in ISO-8859-1; choose the encoding UTF-8/,
    );
    await refused({ ...variable({}), encoding: 'klingon-1' }, /encoding "klingon-1" is not known/);
  });
});

describe('a case that cannot be written', () => {
  const two: SavDictionary = {
    variables: [
      { name: 'n', width: 0 },
      { name: 's', width: 3 },
    ],
  };

  it('is named with its number and variable', async () => {
    await refused(two, /Case 2 has 1 values; the dictionary has 2 variables/, [[1, 'a'], [1]]);
    await refused(two, /Case 1, variable n: NaN is not a number SPSS can hold/, [[NaN, 'a']]);
    await refused(two, /Case 1, variable n: Infinity/, [[Infinity, 'a']]);
    await refused(two, /Case 1, variable s: 5 is not text/, [[1, 5]]);
    await refused(two, /Case 1, variable s: null is not text/, [[1, null]]);
    await refused(two, /Case 1, variable s: "éé" takes 4 bytes in UTF-8; the variable is 3 wide/, [[1, 'éé']]);
  });
});
