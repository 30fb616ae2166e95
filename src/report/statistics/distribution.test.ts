import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { ABSOLUTE_ERROR, Distribution, RAW_LIMIT, RELATIVE_ERROR } from './distribution.ts';
import { median, percentile, sorted } from './statistics.ts';

const WANTED = [0, 1, 50, 75, 90, 95, 99, 99.9, 100];

const sample = fc.oneof(
  fc.double({ noNaN: true, min: -5, max: 5 }),
  fc.double({ noNaN: true, min: -2_000, max: 60_000 }),
  fc.double({ noNaN: true, min: 0, max: 6e8 }),
);
const samples = fc.array(sample, { minLength: 1, maxLength: 300 });

function filled(values: readonly number[], rawLimit?: number): Distribution {
  const made = new Distribution(rawLimit);
  for (const value of values) made.add(value);
  return made;
}

test('a histogram agrees with the raw samples within its stated error', () => {
  fc.assert(
    fc.property(samples, (values) => {
      const ordered = sorted(values);
      filled(values, 0)
        .percentiles(WANTED)
        .forEach((coarse, at) => {
          const exact = percentile(ordered, WANTED[at] ?? NaN);
          const allowed = Math.abs(exact) * RELATIVE_ERROR + ABSOLUTE_ERROR + 1e-9;
          assert.ok(coarse !== null && Math.abs(coarse - exact) <= allowed, `${coarse} for ${exact}`);
        });
    }),
    { numRuns: 300 },
  );
});

test('few samples are exact', () => {
  fc.assert(
    fc.property(samples, (values) => {
      const ordered = sorted(values);
      assert.deepEqual(
        filled(values).percentiles(WANTED),
        WANTED.map((p) => percentile(ordered, p)),
      );
    }),
  );
});

test('merging does not depend on order or grouping, and gives what one distribution of all would', () => {
  fc.assert(
    fc.property(samples, samples, samples, fc.constantFrom(0, 100, 400, 1_000), (a, b, c, rawLimit) => {
      const [x, y, z] = [filled(a, rawLimit), filled(b, rawLimit), filled(c, rawLimit)];
      const whole = filled([...a, ...b, ...c], rawLimit);
      for (const merged of [x.merge(y).merge(z), x.merge(y.merge(z)), z.merge(x).merge(y)]) {
        assert.equal(merged.count, whole.count);
        assert.deepEqual(merged.percentiles(WANTED), whole.percentiles(WANTED));
        const [mean, expected] = [merged.mean() ?? NaN, whole.mean() ?? NaN];
        assert.ok(Math.abs(mean - expected) <= 1e-9 * Math.max(1, ...[...a, ...b, ...c].map(Math.abs)));
      }
      assert.equal(x.count, a.length, 'the parts stay as they were');
    }),
    { numRuns: 40 },
  );
});

test('beyond the limit the whole week is still within the stated error', () => {
  const values = Array.from({ length: RAW_LIMIT + 5_000 }, (_, at) => (at * 7_919) % 604_800_000);
  const [p50, p99, max] = filled(values).percentiles([50, 99, 100]);
  const ordered = sorted(values);
  assert.ok(p50 !== null && p50 !== undefined && p99 !== null && p99 !== undefined);
  assert.notEqual(p50, percentile(ordered, 50));
  assert.ok(Math.abs(p50 / percentile(ordered, 50) - 1) <= RELATIVE_ERROR);
  assert.ok(Math.abs(p99 / percentile(ordered, 99) - 1) <= RELATIVE_ERROR);
  assert.equal(max, ordered.at(-1));
});

test('nothing can be said without samples, and no sample is other than finite', () => {
  assert.deepEqual(new Distribution().percentiles([0, 50]), [null, null]);
  assert.equal(new Distribution().mean(), null);
  for (const bad of [NaN, Infinity, -Infinity, 7e8]) assert.throws(() => new Distribution().add(bad), RangeError);
});

test('values, median and curve are those of the samples while they are few, and within the stated error beyond', () => {
  fc.assert(
    fc.property(samples, fc.constantFrom(0, 1_000), (values, rawLimit) => {
      const ordered = sorted(values);
      const made = filled(values, rawLimit);
      const spread = made.values().flatMap(({ value, count }) => Array.from({ length: count }, () => value));
      assert.equal(spread.length, ordered.length);
      const near = (actual: number, exact: number) =>
        Math.abs(actual - exact) <= (rawLimit === 0 ? Math.abs(exact) * RELATIVE_ERROR + ABSOLUTE_ERROR + 1e-9 : 0);
      spread.forEach((value, at) => assert.ok(near(value, ordered[at] ?? NaN), `${value} for ${ordered[at]}`));
      if (rawLimit > 0) assert.equal(made.median(), median(values));
      else assert.ok(near(made.median() ?? NaN, percentile(ordered, 50)));
      const curve = made.curve(40);
      assert.ok(curve.length <= 41);
      assert.equal(curve.at(-1)?.share, 1);
      for (const { value, share } of curve) {
        const rank = Math.round(share * ordered.length);
        assert.ok(near(value, ordered[rank - 1] ?? NaN), `${value} at ${share}`);
      }
    }),
    { numRuns: 150 },
  );
});
