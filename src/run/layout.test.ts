import assert from 'node:assert/strict';
import test from 'node:test';
import { analystsPerWorker } from './layout.ts';

test('as few workers as keep their event loops in time, and one for each core', () => {
  assert.equal(analystsPerWorker(15, 2), 8);
  assert.equal(analystsPerWorker(15, 1), 8);
  assert.equal(analystsPerWorker(15, 4), 4);
  assert.equal(analystsPerWorker(15, 15), 1);
  assert.equal(analystsPerWorker(15, 64), 1);
  assert.equal(analystsPerWorker(1, 2), 1);
  assert.equal(analystsPerWorker(100, 2), 8);
});
