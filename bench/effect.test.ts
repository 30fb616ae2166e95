import assert from 'node:assert/strict';
import { test } from 'node:test';
import { effects, telemetryPublication } from './effect.ts';
import { measurementOf } from './test-support.ts';

const silent = [100, 102, 98, 101, 99].map((cpu) => measurementOf({ arm: 'silent', cpu }));
const watched = [110, 112, 108, 111, 109].map((cpu) => measurementOf({ cpu }));

test('a change is that of the medians, and its interval lies where the repetitions say', () => {
  const [chromium] = effects([...silent, ...watched]);
  assert.equal(chromium?.with, 11);
  assert.equal(chromium.without, 10);
  assert.ok(chromium.change);
  assert.ok(Math.abs(chromium.change.value - 0.1) < 1e-9);
  assert.ok(chromium.change.low > 0.05 && chromium.change.low < 0.1);
  assert.ok(chromium.change.high > 0.1 && chromium.change.high < 0.15);
});

test('a figure that one side never had is left out, and one that is nothing without telemetry has no ratio', () => {
  const found = effects([...silent, ...watched]);
  assert.ok(!found.some(({ name }) => name.startsWith('its runs')));
  assert.equal(found.find(({ name }) => name.startsWith("Node's"))?.change, null);
});

test('one measurement of a side is no series', () => {
  assert.throws(() => effects([...silent, measurementOf({})]), /1 measurements with and 5 without/);
});

test('published, changes are percentages', () => {
  const plan = { arms: ['muster', 'silent'], levels: [10], journey: 'whole', repetitions: 5 } as const;
  const { bench, rows } = telemetryPublication([...silent, ...watched], plan, 'npm run bench:telemetry');
  assert.equal(bench, 'telemetry-whole');
  const change = rows[0]?.['change'];
  assert.ok(typeof change === 'object' && change !== null && Math.abs(change.value - 10) < 1e-9);
});
