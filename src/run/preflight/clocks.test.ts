import assert from 'node:assert/strict';
import test from 'node:test';
import { ClockBounds } from '../../telemetry/clock.ts';
import { inWords, offsetOf, refuseOffset } from './clocks.ts';

for (const [minMs, maxMs, words] of [
  [-20, 40, 'within 40 ms of'],
  [-300, 700, 'within 700 ms of'],
  [3100, 3300, '3.2 s ahead of'],
  [-3300, -3100, '3.2 s behind'],
  [100, Infinity, '100 ms ahead of'],
  [-Infinity, -2000, '2.0 s behind'],
  [-Infinity, 500, 'not known to differ from'],
] as const) {
  test(`between ${minMs} and ${maxMs} ms is ${words}`, () => {
    assert.equal(inWords({ minMs, maxMs }), words);
  });
}

test('only a clock that is certainly more than a minute off is refused', () => {
  const whose = "the product's";
  assert.equal(refuseOffset(whose, { minMs: 59_000, maxMs: 61_000 }), undefined);
  assert.equal(refuseOffset(whose, { minMs: -61_000, maxMs: -59_000 }), undefined);
  assert.equal(refuseOffset(whose, { minMs: -Infinity, maxMs: Infinity }), undefined);
  assert.match(refuseOffset(whose, { minMs: 89_000, maxMs: 91_000 }) ?? '', /90\.0 s ahead of the product's/);
  assert.match(refuseOffset(whose, { minMs: -3_601_000, maxMs: -3_599_000 }) ?? '', /3600\.0 s behind the product's/);
});

test('bounds that nothing told of are infinite', () => {
  const bounds = new ClockBounds();
  assert.deepEqual(offsetOf(bounds), { minMs: -Infinity, maxMs: Infinity });
  bounds.between(1000, 400, 900);
  assert.deepEqual(offsetOf(bounds), { minMs: 100, maxMs: 600 });
});
