import assert from 'node:assert/strict';
import { test } from 'node:test';
import { wilson } from './wilson.ts';

const near = (actual: number, expected: number) =>
  assert.ok(Math.abs(actual - expected) < 0.0005, `${actual}, not ${expected}`);

test('the interval is the one of the tables', () => {
  // Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 15 of 148, 0 of 20, 1 of 29.
  for (const [count, of, low, high] of [
    [81, 263, 0.2553, 0.3662],
    [15, 148, 0.0624, 0.1605],
    [0, 20, 0, 0.1611],
    [1, 29, 0.0061, 0.1718],
  ] as const) {
    const share = wilson(count, of);
    near(share.low, low);
    near(share.high, high);
    near(share.value, count / of);
  }
});

test('what is no share is refused', () => {
  for (const [count, of] of [
    [0, 0],
    [3, 2],
    [-1, 2],
  ] as const)
    assert.throws(() => wilson(count, of), RangeError);
});
