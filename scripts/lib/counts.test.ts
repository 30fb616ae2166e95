import assert from 'node:assert/strict';
import { test } from 'node:test';
import { lastCount, parseCounts } from './counts.mjs';

test("reads the closing lines of Node's runner", () => {
  assert.deepEqual(parseCounts('node', 'ℹ tests 5\nℹ pass 3\nℹ fail 1\nℹ cancelled 1\nℹ skipped 0\n'), {
    passed: 3,
    failed: 2,
  });
});

test("reads the closing lines of Playwright's runner", () => {
  assert.deepEqual(
    parseCounts('playwright', '  1 failed\n    [x] › a.spec.ts:1:1 › b\n  2 did not run\n  12 passed (1.2m)\n'),
    {
      passed: 12,
      failed: 3,
    },
  );
});

test('counts the journeys of a main job', () => {
  const output = 'PASS      …\n\nRun       3lfg\nJourneys  5 of 6 finished · 6 at once (6 planned)\n';
  assert.deepEqual(parseCounts('muster', output), { passed: 5, failed: 1 });
  assert.deepEqual(parseCounts('muster', 'INVALID   ANALYSTS is "x"'), { passed: 0, failed: 0 });
});

test('no closing line means no test', () => {
  assert.deepEqual(parseCounts('playwright', 'Error: no tests found'), { passed: 0, failed: 0 });
  assert.equal(lastCount({ passed: 2, failed: 0 }), '2 passed');
});
