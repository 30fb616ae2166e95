import assert from 'node:assert/strict';
import test from 'node:test';
import { carried, levels, nextLevel, warningFor, type Calibration, type Trial } from './calibration.ts';

/** Calibrates a machine that carries so many; every failure that `flukes` names happens once all the same. */
function calibrate(capacity: number, flukes: readonly number[] = []): Trial[] {
  const trials: Trial[] = [];
  for (let level = nextLevel(trials); level !== undefined; level = nextLevel(trials)) {
    const before = trials.filter(({ analysts }) => analysts === level).length;
    trials.push({ analysts: level, held: level <= capacity && !(before === 0 && flukes.includes(level)) });
  }
  return trials;
}

test('levels are raised until one fails twice', () => {
  const trials = calibrate(9);
  assert.deepEqual(
    trials.map(({ analysts }) => analysts),
    [3, 5, 8, 12, 12],
  );
  assert.equal(carried(trials), 8);
});

test('one bad moment of the machine does not end it', () => {
  assert.equal(carried(calibrate(12, [3, 8])), 12);
});

test('a machine may carry all, or none', () => {
  assert.equal(carried(calibrate(1000)), levels.at(-1));
  assert.deepEqual([calibrate(0).length, carried(calibrate(0))], [2, 0]);
});

test('a run that asks for more than this machine carried is told so, and no other', () => {
  const calibration: Calibration = { schema: 1, host: 'h', at: '2026-01-02T03:04:05.000Z', analysts: 8, trials: [] };
  assert.equal(warningFor(8, calibration, 'h'), undefined);
  assert.equal(warningFor(9, calibration, 'another'), undefined);
  assert.equal(warningFor(9, undefined, 'h'), undefined);
  assert.equal(
    warningFor(15, calibration, 'h'),
    "This machine carried 8 analysts within the guards when it was calibrated (2026-01-02): figures of 15 may be its own rather than the product's.",
  );
  assert.match(warningFor(3, { ...calibration, analysts: 0 }, 'h') ?? '', /not even 3 analysts/);
});
