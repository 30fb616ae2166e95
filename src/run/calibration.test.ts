import assert from 'node:assert/strict';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import {
  carried,
  carriedHere,
  hostFingerprint,
  levels,
  nextLevel,
  readCalibration,
  warningFor,
  writeCalibration,
  type Calibration,
  type Trial,
} from './calibration.ts';

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

const calibration: Calibration = {
  schema: 2,
  host: 'h',
  at: '2026-01-02T03:04:05.000Z',
  rampS: 40,
  thinkS: 8,
  analysts: 8,
  trials: [{ analysts: 8, held: true }],
};
const warning = (analysts: number, rampS = 40, thinkS = 8, host = 'h') =>
  warningFor({ ANALYSTS: analysts, RAMP_S: rampS, THINK_S: thinkS }, calibration, host);

test('a run that asks for more than this machine carried is told so, and no other', () => {
  assert.equal(warning(8), undefined);
  assert.equal(warning(1, 60, 9), undefined);
  assert.equal(warning(9, 40, 8, 'another'), undefined);
  assert.equal(warningFor({ ANALYSTS: 9, RAMP_S: 0, THINK_S: 0 }, undefined, 'h'), undefined);
  assert.equal(
    warning(9),
    "This machine carried 8 analysts within the guards when it was calibrated (2026-01-02), of those who set out over 40 s and pause 8 s on average: figures of 9 may be its own rather than the product's.",
  );
  const none = warningFor({ ANALYSTS: 3, RAMP_S: 40, THINK_S: 8 }, { ...calibration, analysts: 0 }, 'h');
  assert.match(none ?? '', /carried not even 3 analysts within/);
});

test('a calibration says nothing of analysts who set out faster or pause less', () => {
  assert.equal(
    warning(8, 0, 8),
    'This machine was calibrated (2026-01-02) with analysts who set out over 40 s and pause 8 s on average. Those of this run set out in the same moment and pause 8 s on average: nobody knows how many of them it carries.',
  );
  assert.match(warning(3, 40, 0) ?? '', /Those of this run set out over 40 s and never pause: nobody knows/);
});

test('how many a machine carries is known for analysts who are no more of a load', () => {
  const of = (rampS: number, thinkS: number, host = calibration.host) =>
    carriedHere({ RAMP_S: rampS, THINK_S: thinkS }, calibration, host);
  assert.deepEqual(
    [of(40, 8), of(60, 9), of(0, 8), of(40, 0), of(40, 8, 'another')],
    [8, 8, undefined, undefined, undefined],
  );
  assert.equal(carriedHere({}, calibration, calibration.host), undefined, 'a run that says nothing of its pace');
});

test('a calibration holds for this machine alone', () => {
  const own = { ...calibration, host: hostFingerprint() };
  assert.match(warningFor({ ANALYSTS: 9, RAMP_S: 40, THINK_S: 8 }, own) ?? '', /carried 8 analysts/);
  assert.match(hostFingerprint(), new RegExp(`, ${os.availableParallelism()} × .+, \\d{1,5} GiB$`));
});

test('what was found is kept; what cannot be read, or is of an older version, was never found', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-calibration-'));
  const file = path.join(folder, 'cache', 'calibration.json');
  try {
    assert.equal(await readCalibration(file), undefined);
    await writeCalibration(calibration, file);
    assert.deepEqual(await readCalibration(file), calibration);
    await writeFile(file, JSON.stringify({ ...calibration, schema: 1 }));
    assert.equal(await readCalibration(file), undefined);
    await writeFile(file, '{"schema":2,"ho');
    assert.equal(await readCalibration(file), undefined);
    await assert.rejects(readCalibration(folder), /EISDIR/);
  } finally {
    await rm(folder, { recursive: true });
  }
});
