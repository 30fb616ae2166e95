import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldCells } from './matrix.ts';
import { complaints, detectionTable, falseAlarmsTable } from './tables.ts';
import { cellOf, runOf } from './testing.ts';

const about = {
  measuredAt: '2026-11-21',
  host: { cores: 2, memoryGiB: 24, node: '20.20.2', browser: 'Chromium 156' },
  command: 'npm run detection',
};

const cells = [
  cellOf(),
  cellOf({ probe: 'tabs', expected: 'clean' }),
  cellOf({ probe: 'leak', expected: 'clean' }),
  cellOf({ probe: 'slow', expected: 'clean' }),
  cellOf({ fault: 'leak', probe: 'leak' }),
  cellOf({ fault: null, probe: 'twice', expected: 'clean', needed: 20 }),
  cellOf({ fault: null, probe: 'leak', expected: 'clean', needed: 20 }),
];
const twenty = Array.from({ length: 20 }, (_, at) =>
  runOf({ fault: null, probe: 'twice', outcome: 'clean', seed: at + 1 }),
);
const runs = [
  runOf(),
  runOf({ probe: 'tabs', outcome: 'clean' }),
  runOf({ probe: 'leak', outcome: 'finding' }),
  runOf({ fault: 'leak', probe: 'leak', outcome: 'clean' }),
  ...twenty,
  runOf({ fault: null, probe: 'leak', outcome: 'finding' }),
  runOf({ fault: null, probe: 'leak', outcome: 'broken', why: 'gone' }),
];

test('a row of the matrix says what found the fault, what was silent, and what was neither', () => {
  assert.deepEqual(detectionTable(foldCells(cells, runs), about)?.rows, [
    {
      fault: '`twice`',
      finding: '`twice`',
      hits: '2 of 2',
      silent: '`tabs`',
      else: '`leak` **found something**, `slow` not tried yet',
    },
    { fault: '`leak`', finding: '**missed**', hits: '0 of 2', silent: '–', else: 'nothing' },
  ]);
});

test('the bound is that of clean runs, and there is none beside a false alarm', () => {
  const rows = falseAlarmsTable(foldCells(cells, runs), about)?.rows ?? [];
  assert.deepEqual(
    rows.map(({ probe, runs: done, tries, found, unanswered }) => [probe, done, tries, found, unanswered]),
    [
      ['`twice`', 20, 40, 0, 0],
      ['`leak`', 1, 2, 1, 1],
      ['all of them', 21, 42, 1, 1],
    ],
  );
  assert.ok(Math.abs(Number(rows[0]?.['bound']) - 13.9) < 0.1);
  assert.deepEqual([rows[1]?.['bound'], rows[2]?.['bound']], [null, null]);
});

test('a table of nothing is none', () => {
  const results = foldCells(cells, []);
  assert.equal(falseAlarmsTable(results.slice(0, 2), about), undefined);
  assert.equal(detectionTable(results.slice(-2), about), undefined);
});

test('whatever is not as it should be is a sentence; what is only missing is none', () => {
  assert.deepEqual(complaints(foldCells(cells, runs), ['slow']), [
    'slow: no probe proves this fault.',
    'leak with twice on found what is not there in 1 of 1 runs.',
    'leak with leak on found its fault in 0 of 1 runs.',
    'leak on the clean sandbox found what is not there in 1 of 1 runs.',
  ]);
  assert.deepEqual(complaints(foldCells([cellOf()], [runOf({ outcome: 'broken', why: 'gone' })]), []), [
    'twice with twice on came to no answer once: gone',
  ]);
  assert.deepEqual(complaints(foldCells(cells, []), []), []);
});
