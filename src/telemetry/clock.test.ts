import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ClockBounds } from './clock.ts';

test('the offset lies between what must have come before and what must have come after', () => {
  const bounds = new ClockBounds();
  assert.deepEqual(bounds.event('product'), { type: 'clock', other: 'product', samples: 0 });
  // The page is 100 ms ahead; ways there and back take 3 to 40 ms.
  for (const [there, back] of [
    [40, 5],
    [3, 20],
  ] as const) {
    bounds.pageBefore(1_100, 1_000 + there);
    bounds.pageAfter(1_100 + back, 1_000);
  }
  const { offsetMinMs, offsetMaxMs } = bounds.event('product');
  assert.deepEqual([offsetMinMs, offsetMaxMs], [97, 105]);
});
