import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody } from '../src/telemetry/events.ts';
import { accuracyPublication, accuracyRows, errorsOf, type Errors, type Visit } from './accuracy.ts';
import { readArguments } from './accuracy-bench.ts';

const T = 1_800_000_000_000;

const card = (sentAt: number, arrivedAt: number, paintedAt: number): EventBody => ({
  type: 'card',
  project: 'Tracker 1',
  own: true,
  status: 'Processing',
  sentAt,
  arrivedAt,
  paintedAt,
});
const opened = (navigationId: string): EventBody => ({
  type: 'navigation',
  kind: 'hard',
  page: 'dashboard',
  navigationId,
  measured: true,
});
const inp = (navigationId: string, value: number): EventBody => ({
  type: 'vital',
  name: 'INP',
  kind: 'hard',
  page: 'dashboard',
  navigationId,
  metricId: 'm',
  value,
  rating: 'good',
  measured: true,
});
const visit = (witness: Partial<Visit['witness']>): Visit => ({
  busyMs: 100,
  witness: { paints: [], presses: [], ...witness },
});
const press = (inputAt: number, paintedAt: number) => ({
  inputAt,
  handledFrom: inputAt + 1,
  handledTo: paintedAt - 5,
  paintedAt,
});

test('errors are what was recorded less what was witnessed, and what was not recorded is missing', () => {
  const events = [opened('d1'), card(T, T + 1, T + 12), card(T + 500, T + 503, T + 510), inp('d1', 40), inp('d1', 120)];
  const witness = {
    paints: [
      { sentAt: T, paintedAt: T + 15 },
      { sentAt: T + 500, paintedAt: T + 506 },
      { sentAt: T + 900, paintedAt: T + 910 },
    ],
    presses: [press(T + 2000, T + 2115)],
  };
  assert.deepEqual(errorsOf([{ events, visits: [visit(witness)] }]), {
    paint: { errors: [-3, 4], expected: 3 },
    arrival: { errors: [1, 3], expected: 3 },
    inp: { errors: [5], expected: 1 },
  });
});

test('a frame that came while the page was busy with a press says nothing of arrival', () => {
  const witness = { paints: [{ sentAt: T + 2050, paintedAt: T + 2130 }], presses: [press(T + 2000, T + 2115)] };
  const { arrival, paint } = errorsOf([
    { events: [opened('d1'), card(T + 2050, T + 2110, T + 2130)], visits: [visit(witness)] },
  ]);
  assert.deepEqual(arrival, { errors: [], expected: 0 });
  assert.deepEqual(paint, { errors: [0], expected: 1 });
});

test('each visit has the INP of its own page, the last that was said', () => {
  const events = [opened('d1'), inp('d1', 50), opened('d2'), inp('d2', 90)];
  const visits = [visit({ presses: [press(T, T + 50)] }), visit({ presses: [press(T + 9000, T + 9100)] })];
  assert.deepEqual(errorsOf([{ events, visits }]).inp, { errors: [0, -10], expected: 2 });
  assert.throws(() => errorsOf([{ events: [opened('d1')], visits }]), /2 pages were visited and 1 recorded/);
});

test('rows: the rounds of a level together, bias with its sign, sizes without; an aim holds only when nothing is missing', () => {
  const none = { errors: [], expected: 0 };
  const round = (analysts: number, errors: number[], expected: number): { analysts: number; errors: Errors } => ({
    analysts,
    errors: { paint: { errors, expected }, inp: none, arrival: none },
  });
  const rows = accuracyRows([round(5, [-4, 2], 2), round(1, [1], 2), round(5, [-20], 1)]);
  assert.deepEqual(rows, [
    { analysts: 1, figure: 'paint', count: 1, expected: 2, median: 1, medianSize: 1, p95Size: 1, held: false },
    { analysts: 5, figure: 'paint', count: 3, expected: 3, median: -4, medianSize: 4, p95Size: 20, held: false },
  ]);
  assert.equal(accuracyRows([round(1, [-16], 1)])[0]?.held, true);
  const host = { cores: 2, memoryGiB: 24, node: '20', browser: 'Chromium' };
  const { rows: published } = accuracyPublication(rows, { measuredAt: '2026-11-21', host, command: 'npm run x' });
  assert.equal(published[0]?.['count'], '1 of 2');
});

test('arguments: what cannot be used is said in a sentence', () => {
  const { levels, rounds } = readArguments(['--quick']);
  assert.deepEqual([levels, rounds], [[1, 5], 1]);
  assert.deepEqual(readArguments(['--levels', '2,4']).levels, [2, 4]);
  assert.throws(() => readArguments(['--levels', '1,x']), { name: 'ConfigurationError', message: /--levels has "x"/ });
  assert.throws(() => readArguments(['--fast']), {
    name: 'ConfigurationError',
    message: /Usage: npm run bench:accuracy/,
  });
});
