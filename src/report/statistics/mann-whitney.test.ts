import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { hodgesLehmann } from './bootstrap.ts';
import { mannWhitney } from './mann-whitney.ts';

const near = (actual: number, expected: number, within: number) =>
  assert.ok(Math.abs(actual - expected) <= within, `${actual} is not ${expected}`);

test('permeability of the chorioamnion (Hollander and Wolfe, table 4.1; R: wilcox.test): U 35, exact p 0.2544, shift 0.305', () => {
  const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
  const early = [1.15, 0.88, 0.9, 0.74, 1.21];
  const { u, p, exact } = mannWhitney(early, term);
  assert.deepEqual([u, exact], [35, true]);
  near(p, 0.2544, 0.00005);
  near(hodgesLehmann(early, term), 0.305, 1e-9);
});

test('ozone in May and August (R: wilcox.test of airquality, with ties and continuity): W 127.5, p 0.0001208', () => {
  const may = [41, 36, 12, 18, 28, 23, 19, 8, 7, 16, 11, 14, 18, 14, 34, 6, 30, 11, 1, 11, 4, 32, 23, 45, 115, 37];
  const august = [
    39, 9, 16, 78, 35, 66, 122, 89, 110, 44, 28, 65, 22, 59, 23, 31, 44, 21, 9, 45, 168, 73, 76, 118, 84, 85,
  ];
  const { u, p, exact } = mannWhitney(august, may);
  assert.deepEqual([u, exact], [127.5, false]);
  near(p, 0.0001208, 0.00000005);
});

test('three against three, all larger: 2 of 20 arrangements are as far from the middle', () => {
  assert.deepEqual(mannWhitney([1, 2, 3], [4, 5, 6]), { u: 9, p: 0.1, exact: true });
});

test('two groups of one value are alike, in either way of counting', () => {
  assert.equal(mannWhitney([5, 5, 5], [5, 5]).p, 1);
  assert.equal(mannWhitney(Array<number>(40).fill(5), Array<number>(40).fill(5)).p, 1);
});

const group = (from: number, to: number) =>
  fc.array(fc.integer({ min: 0, max: 30 }), { minLength: from, maxLength: to });

test('groups change places: U turns over, p stays; order and scale of values are of no account', () => {
  fc.assert(
    fc.property(group(1, 35), group(1, 35), (a, b) => {
      const [there, back] = [mannWhitney(a, b), mannWhitney(b, a)];
      near(there.u + back.u, a.length * b.length, 1e-9);
      near(there.p, back.p, 1e-9);
      const stretched = (values: number[]) => values.map((value) => value ** 3 + 7).reverse();
      near(mannWhitney(stretched(a), stretched(b)).p, there.p, 1e-9);
    }),
  );
});

test('U counts the pairs', () => {
  fc.assert(
    fc.property(group(1, 12), group(1, 12), (a, b) => {
      const pairs = b.flatMap((y) => a.map((x) => (y > x ? 1 : y === x ? 0.5 : 0) as number));
      near(
        mannWhitney(a, b).u,
        pairs.reduce((sum, each) => sum + each, 0),
        1e-9,
      );
    }),
  );
});

test('where both can be counted, the approximation is near the exact distribution', () => {
  fc.assert(
    fc.property(fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 50, maxLength: 50 }), (values) => {
      const exact = mannWhitney(values.slice(0, 25), values.slice(25));
      // One value more on either side, as far out as can be, hardly changes p and makes it approximate.
      const approximate = mannWhitney([-1, ...values.slice(0, 25)], [-1, ...values.slice(25)]);
      assert.deepEqual([exact.exact, approximate.exact], [true, false]);
      near(exact.p, approximate.p, 0.06);
    }),
    { numRuns: 20 },
  );
});

test('an empty group is refused', () => {
  assert.throws(() => mannWhitney([], [1]), RangeError);
  assert.throws(() => hodgesLehmann([1], []), RangeError);
});
