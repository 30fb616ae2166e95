import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { beginJourney, errorOf, readOutcome, readOutcomeSync, writeOutcome, type Outcome } from './outcome.ts';

test('a journey can be begun once', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-outcome-'));
  const begun = await Promise.all(Array.from({ length: 5 }, () => beginJourney(folder, 'analyst-01')));
  assert.equal(begun.filter(Boolean).length, 1);
});

test('an outcome is told as it was', async () => {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'muster-outcome-'));
  assert.equal(await readOutcome(folder, 'analyst-01'), undefined);
  const outcome: Outcome = {
    analyst: 'analyst-01',
    outcome: 'failed',
    startedAt: 1_790_000_000_000,
    endedAt: 1_790_000_000_020,
    steps: [{ name: 'sign-in', startedAt: 1_790_000_000_003, durationMs: 12.5, outcome: 'failed' }],
    error: { message: 'no', stack: 'Error: no\n    at somewhere' },
  };
  await writeOutcome(folder, outcome);
  const read = await readOutcome(folder, 'analyst-01');
  assert.deepEqual(read, outcome);
  assert.deepEqual(readOutcomeSync(folder, 'analyst-01'), outcome);
  assert.equal(readOutcomeSync(folder, 'analyst-02'), undefined);
  assert.equal(read && errorOf(read).stack, 'Error: no\n    at somewhere');
});
