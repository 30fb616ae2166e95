import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { mean, median, percentile, sorted } from './statistics.ts';

const samples = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), {
  minLength: 1,
  maxLength: 200,
});

test('a percentile is a measured value that at least p percent do not exceed, and the smallest such', () => {
  fc.assert(
    fc.property(samples, fc.integer({ min: 0, max: 100 }), (values, p) => {
      const value = percentile(sorted(values), p);
      const notAbove = (limit: number) => values.filter((each) => each <= limit).length;
      assert.ok(values.includes(value));
      assert.ok(notAbove(value) * 100 >= p * values.length);
      const smaller = values.filter((each) => each < value);
      if (smaller.length > 0) assert.ok(notAbove(Math.max(...smaller)) * 100 < p * values.length);
    }),
  );
});

test('percentiles rise with p, and lie between minimum and maximum', () => {
  fc.assert(
    fc.property(samples, (values) => {
      const ordered = sorted(values);
      const all = [0, 50, 75, 90, 95, 99, 100].map((p) => percentile(ordered, p));
      assert.deepEqual(
        all,
        [...all].sort((a, b) => a - b),
      );
      assert.equal(all[0], Math.min(...values));
      assert.equal(all.at(-1), Math.max(...values));
    }),
  );
});

test('known values', () => {
  const ten = sorted([10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  assert.deepEqual(
    [50, 75, 90, 95, 99].map((p) => percentile(ten, p)),
    [5, 8, 9, 10, 10],
  );
  assert.equal(percentile(sorted(Array.from({ length: 100 }, (_, at) => at + 1)), 7), 7);
  assert.equal(median([3, 1, 2]), 2);
  assert.equal(median([4, 1, 2, 3]), 2.5);
  assert.equal(mean([1, 2, 6]), 3);
});

test('the median does not depend on the order of samples, nor touch it', () => {
  fc.assert(
    fc.property(samples, (values) => {
      const before = [...values];
      assert.equal(median(values), median([...values].reverse()));
      assert.deepEqual(values, before);
    }),
  );
});

test('refuses what is no finite number, no samples, and percentiles that do not exist', () => {
  for (const value of [NaN, Infinity, -Infinity]) assert.throws(() => sorted([1, value]), /Sample 1 is/);
  assert.throws(() => mean([1, NaN]), RangeError);
  assert.throws(() => percentile([], 50), RangeError);
  assert.throws(() => median([]), RangeError);
  assert.throws(() => mean([]), RangeError);
  for (const p of [-1, 101, NaN]) assert.throws(() => percentile([1], p), RangeError);
});
