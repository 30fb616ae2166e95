import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { StepResult, TestResult } from 'allure-js-commons';
import { writeOutcome } from '../../run/outcome.ts';
import { asItWas } from './as-it-was.ts';

/** When the journey was told, long after it was done. */
const TOLD_AT = 90_000;

function step(name: string): StepResult {
  return { name, start: TOLD_AT, stop: TOLD_AT } as StepResult;
}

function result(analyst?: string): TestResult {
  return {
    uuid: 'one',
    start: TOLD_AT,
    stop: TOLD_AT + 2,
    labels: [
      { name: 'thread', value: 'worker-0' },
      ...(analyst === undefined ? [] : [{ name: 'analyst', value: analyst }]),
    ],
    steps: [step('sign-in · 1.3 s'), step('something of its own'), step('launch · 0.3 s')],
  } as unknown as TestResult;
}

test('an analyst’s test has the times of the journey, and its steps theirs; other tests keep their own', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-as-it-was-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  await writeOutcome(folder, {
    analyst: 'analyst-02',
    outcome: 'ok',
    startedAt: 1000,
    endedAt: 9000,
    steps: [
      { name: 'sign-in', startedAt: 1500, durationMs: 1300, outcome: 'ok' },
      { name: 'launch', startedAt: 4000, durationMs: 250.4, outcome: 'ok' },
    ],
  });
  const listener = asItWas(folder);

  const mine = result('analyst-02');
  listener.beforeTestResultWrite(mine);
  assert.deepEqual([mine.start, mine.stop], [1000, 9000]);
  assert.deepEqual(
    mine.steps.map(({ name, start, stop }) => [name, start, stop]),
    [
      ['sign-in', 1500, 2800],
      ['something of its own', TOLD_AT, TOLD_AT],
      ['launch', 4000, 4250],
    ],
  );
  assert.deepEqual(
    mine.labels.filter(({ name }) => name === 'thread').map(({ value }) => value),
    ['analyst-02'],
  );

  for (const other of [result(), result('analyst-03')]) {
    const before = structuredClone(other);
    listener.beforeTestResultWrite(other);
    assert.deepEqual(other, before);
  }
});
