import assert from 'node:assert/strict';
import { appendFile, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { test } from 'node:test';
import { keepMeasurement, readMeasurements } from './measurement.ts';
import { measurementOf } from './test-support.ts';

test('measurements of several invocations come together, and a broken line is named', async () => {
  const parent = await mkdtemp(path.join(os.tmpdir(), 'muster-measurements-'));
  const folder = path.join(parent, 'new');
  try {
    assert.deepEqual(await readMeasurements(folder), []);
    await keepMeasurement(folder, measurementOf({}));
    await keepMeasurement(folder, measurementOf({ arm: 'bare', inp: null }));
    assert.deepEqual(await readMeasurements(folder), [measurementOf({}), measurementOf({ arm: 'bare', inp: null })]);
    await appendFile(path.join(folder, 'measurements.jsonl'), '{"arm":"mus\n');
    await assert.rejects(readMeasurements(folder), /Line 3 of .* is no measurement/);
  } finally {
    await rm(parent, { recursive: true });
  }
});
