import assert from 'node:assert/strict';
import test from 'node:test';
import { boundAfter, triesFor, waitsFor } from './tries.ts';

test('as many tries as make it likely enough that a hazard of that rate shows', () => {
  assert.equal(triesFor({ rate: 1, confidence: 0.95 }), 1);
  assert.equal(triesFor({ rate: 0.5, confidence: 0.95 }), 5); // 1 − 0.5⁵ = 0.969; four tries give 0.9375.
  assert.equal(triesFor({ rate: 0.1, confidence: 0.95 }), 29);
  for (const rate of [0, -0.1, 1.1, NaN])
    assert.throws(() => triesFor({ rate, confidence: 0.95 }), /^RangeError: The rate \S+ is no share above 0/);
  for (const confidence of [0, 1, NaN])
    assert.throws(() => triesFor({ rate: 0.5, confidence }), /^RangeError: The confidence \S+ is no share below 1/);
});

test('what a clean row proves is the rule of three', () => {
  assert.equal(boundAfter(0), 1);
  assert.equal(boundAfter(1), 0.95);
  assert.ok(Math.abs(boundAfter(20) - 0.139) < 0.001);
  assert.ok(Math.abs(boundAfter(300) - 3 / 300) < 0.0001);
});

test('in the first try nobody waits; later ones differ, keep to the spread, and can be repeated', () => {
  const waits = (attempt: number, label = 'twins', seed = 1) => waitsFor({ seed, label, attempt }, 3, 200);
  assert.deepEqual(waits(1), [0, 0, 0]);
  assert.deepEqual(waits(2), waits(2));
  assert.notDeepEqual(waits(2), waits(3));
  assert.notDeepEqual(waits(2), waits(2, 'reviewers'));
  assert.notDeepEqual(waits(2), waits(2, 'twins', 2));
  for (const attempt of [2, 3, 4, 5]) {
    assert.ok(waits(attempt).includes(0));
    assert.ok(waits(attempt).every((wait) => Number.isInteger(wait) && wait >= 0 && wait <= 200));
  }
});

test('over many tries each analyst is first at times, and waits use the whole spread', () => {
  const tries = Array.from({ length: 40 }, (_, place) =>
    waitsFor({ seed: 1, label: 'twins', attempt: place + 2 }, 3, 200),
  );
  for (const place of [0, 1, 2]) assert.ok(tries.some((waits) => waits[place] === 0));
  assert.ok(Math.max(...tries.flat()) > 180);
});
