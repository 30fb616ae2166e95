import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { isMissing, isUserMissing, type SavMissing } from './index.ts';

const of = (missing?: SavMissing) => ({ ...(missing && { missing }) });

describe('missing values', () => {
  it('are the discrete ones', () => {
    const variable = of({ values: [8, 9, 99] });
    assert.deepEqual(
      [8, 9, 99, 98.999, 1].map((value) => isUserMissing(variable, value)),
      [true, true, true, false, false],
    );
  });

  it('are a range with both its ends, and the value beside it', () => {
    const variable = of({ values: [0], range: { low: 90, high: 99 } });
    assert.deepEqual(
      [90, 95.5, 99, 0, 89.999, 99.001].map((value) => isUserMissing(variable, value)),
      [true, true, true, true, false, false],
    );
  });

  it('are all beyond an open end', () => {
    assert.ok(isUserMissing(of({ values: [], range: { low: -Infinity, high: -1 } }), -1e300));
    assert.ok(isUserMissing(of({ values: [], range: { low: 90, high: Infinity } }), 1e300));
  });

  it('are strings, trailing spaces aside', () => {
    const variable = of({ values: ['NA', ''] });
    assert.deepEqual(
      ['NA', 'NA  ', '', '  ', 'na', ' NA'].map((value) => isUserMissing(variable, value)),
      [true, true, true, true, false, false],
    );
  });

  it('system-missing is missing, but not by the user', () => {
    const variable = of({ values: [], range: { low: -Infinity, high: Infinity } });
    for (const value of [null, NaN]) {
      assert.equal(isUserMissing(variable, value), false);
      assert.equal(isMissing(variable, value), true);
    }
    assert.equal(isMissing(variable, 5), true);
    assert.equal(isMissing(of(), 5), false);
    assert.equal(isMissing(of(), ''), false);
  });
});
