import assert from 'node:assert/strict';
import { test } from 'node:test';
import { timeline } from './timeline.ts';

const states = (run: Parameters<typeof timeline>[0]): string[] =>
  timeline(run).map(({ label, state }) => `${label}: ${state}`);

test('the active step carries the live message', () => {
  const rows = timeline({ status: 'in_progress', stage: 'executing_r', message: 'Executing R script...' });
  assert.deepEqual(
    rows.map(({ label, state }) => [label, state]),
    [
      ['Parsing Data', 'done'],
      ['Analyzing & Building Tables', 'done'],
      ['Validating & Refining', 'done'],
      ['Running Analysis', 'active'],
      ['Generating Excel', 'waiting'],
    ],
  );
  assert.equal(rows[3]?.text, 'Executing R script...');
});

test('a stage that is not known counts as the beginning', () => {
  assert.equal(states({ status: 'in_progress', stage: 'dreaming', message: '' })[0], 'Parsing Data: active');
});

test('the review step shows only around a review, and stays done while tables are waited for', () => {
  assert.ok(
    states({ status: 'pending_review', stage: 'crosstab_review_required', message: '' }).includes('Review: active'),
  );
  assert.ok(states({ status: 'resuming', stage: 'waiting_for_tables', message: '' }).includes('Review: done'));
  assert.ok(states({ status: 'resuming', stage: 'filtering', message: '' }).includes('Review: done'));
  assert.ok(
    !states({ status: 'in_progress', stage: 'filtering', message: '' }).some((row) => row.startsWith('Review')),
  );
});
