import assert from 'node:assert/strict';
import { test } from 'node:test';
import { foldCells } from './matrix.ts';
import type { Cell } from './plan.ts';
import type { RunRecord } from './record.ts';
import { cellOf, runOf } from './testing.ts';

function stateOf(cell: Partial<Cell>, ...outcomes: RunRecord['outcome'][]): string | undefined {
  const whole = cellOf(cell);
  const runs = outcomes.map((outcome) => runOf({ fault: whole.fault, probe: whole.probe, outcome }));
  return foldCells([whole], runs)[0]?.state;
}

test('runs and tries are counted in their own cell', () => {
  const [own, near] = foldCells(
    [cellOf(), cellOf({ probe: 'tabs', expected: 'clean' })],
    [
      runOf({ tries: 4, hits: 3 }),
      runOf({ outcome: 'clean', tries: 1 }),
      runOf({ outcome: 'broken', why: 'the page was gone', tries: 7 }),
      runOf({ outcome: 'not-run', why: 'it may not' }),
      runOf({ probe: 'tabs', outcome: 'clean', tries: 1 }),
      runOf({ fault: null }),
      runOf({ probe: 'elsewhere' }),
    ],
  );
  assert.deepEqual(
    [own?.runs, own?.found, own?.tries, own?.hits, own?.unanswered],
    [2, 1, 5, 3, ['the page was gone', 'not run: it may not']],
  );
  assert.deepEqual([near?.runs, near?.found, near?.tries, near?.hits], [1, 0, 1, 0]);
});

test('a fault must be found each time, unless its probe leaves it to luck; then at least once', () => {
  assert.equal(stateOf({}, 'finding'), 'right');
  assert.equal(stateOf({}, 'clean'), 'wrong');
  assert.equal(stateOf({ needed: 2 }, 'finding', 'clean'), 'wrong');
  assert.equal(stateOf({ luck: true, needed: 2 }, 'finding', 'clean'), 'right');
  assert.equal(stateOf({ luck: true, needed: 2 }, 'clean', 'clean'), 'wrong');
});

test('what is not there must never be found', () => {
  const clean = { expected: 'clean', needed: 3 } as const;
  assert.equal(stateOf(clean, 'clean', 'clean', 'clean'), 'right');
  assert.equal(stateOf(clean, 'clean', 'finding', 'clean', 'clean'), 'wrong');
  assert.equal(stateOf({ ...clean, luck: true }, 'finding'), 'wrong');
});

test('a run without an answer is no clean one', () => {
  const clean = { fault: null, expected: 'clean', needed: 2 } as const;
  assert.equal(stateOf(clean), 'missing');
  assert.equal(stateOf(clean, 'clean'), 'missing');
  assert.equal(stateOf(clean, 'clean', 'broken'), 'broken');
  assert.equal(stateOf(clean, 'clean', 'not-run'), 'broken');
  assert.equal(stateOf(clean, 'clean', 'broken', 'clean'), 'right');
});
