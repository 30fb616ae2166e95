import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AnalystAccount } from '../analysts.ts';
import { judge, type Evidence } from './verdict.ts';

const fine: AnalystAccount = { analyst: 'analyst-01', outcome: 'ok', lacks: [] };
const clean: Evidence = {
  breaches: [],
  findings: [],
  tests: { passed: 1, failed: [], notRun: [] },
  errors: [],
  analysts: [fine],
  telemetryProblems: [],
  generator: [],
  slo: [],
  projects: {
    launched: 1,
    completed: 1,
    failed: 0,
    cancelled: 0,
    pendingReview: 0,
    inProgress: 0,
    rateLimited: 0,
    meanDurationMs: 1,
  },
};
const missed = {
  metric: 'web.lcp',
  tags: { page: 'dashboard' },
  statistic: 'p75',
  limit: 2_500,
  actual: 3_000,
  pass: false,
};

test('all well', () => {
  assert.deepEqual(judge(clean), {
    verdict: 'PASS',
    reasons: ['1 of 1 journeys finished, 1 of 1 projects completed, none lost, none left behind.'],
  });
  assert.deepEqual(judge({ ...clean, analysts: [] }).reasons, ['1 of 1 tests passed; no analyst was asked to work.']);
});

test('held to its work alone, a run passes and says what its figures would have come to', () => {
  const held = { ...clean, heldToWork: 'HOLD_TO=work' };
  const work = '1 of 1 journeys finished, 1 of 1 projects completed, none lost, none left behind.';
  assert.deepEqual(judge(held).reasons, [work]);
  assert.deepEqual(judge({ ...held, slo: [missed] }), {
    verdict: 'PASS',
    reasons: [work, 'It was not held to its figures (HOLD_TO=work): one objective is missed.'],
  });
  assert.deepEqual(judge({ ...held, generator: ['The machine was busy.'], slo: [missed] }).reasons, [
    work,
    'It was not held to its figures (HOLD_TO=work), and they are not to be trusted. The machine was busy.',
  ]);
  assert.equal(judge({ ...held, generator: ['x'], breaches: ['One is lost.'] }).verdict, 'FAIL');
});

test('a finding is told once: the test that failed with it is not told again', () => {
  const finding = { id: 'twin', title: 'Two of one name', severity: 'major', evidence: {} };
  const failed = [
    { title: 'twin · a title', error: 'Finding twin: Two of one name. Three were accepted.' },
    { title: 'other · a title', error: 'Ada, signs in: no answer' },
  ];
  const { verdict, reasons } = judge({ ...clean, findings: [finding], tests: { passed: 0, failed, notRun: [] } });
  assert.equal(verdict, 'FAIL');
  assert.deepEqual(reasons, ['Finding twin: Two of one name.', 'other · a title failed: Ada, signs in: no answer']);
});

test('in order: failure, then invalidity, then objectives', () => {
  const bad = { generator: ['The machine was busy.'], slo: [missed] };
  assert.deepEqual(judge({ ...clean, ...bad, breaches: ['One is lost.'] }), {
    verdict: 'FAIL',
    reasons: ['One is lost.'],
  });
  assert.deepEqual(judge({ ...clean, slo: [missed], breaches: ['One is lost.'] }).reasons, [
    'One is lost.',
    'Besides, one objective is missed: see Objectives.',
  ]);
  assert.deepEqual(judge({ ...clean, ...bad }), { verdict: 'INVALID', reasons: ['The machine was busy.'] });
  assert.deepEqual(judge({ ...clean, slo: [missed] }), {
    verdict: 'FAIL',
    reasons: ['p75 of LCP, page load (page dashboard) should be at most 2.5 s and is 3.0 s.'],
  });
  assert.equal(judge({ ...clean, slo: [{ ...missed, advisory: true }] }).verdict, 'PASS');
  assert.deepEqual(judge({ ...clean, slo: [{ ...missed, actual: null }] }).reasons, [
    'Nothing bad was seen of the product, but too little was measured to pass: 1 of 1 objective has no sample.',
    'p75 of LCP, page load (page dashboard) should be at most 2.5 s and is unknown: there is no sample.',
  ]);
});

const failures: [string, Partial<Evidence>, string][] = [
  ['a breach', { breaches: ['One is lost.'] }, 'One is lost.'],
  [
    'a finding',
    { findings: [{ id: 'double-review', title: 'A review ran twice', severity: 'high', evidence: null }] },
    'Finding double-review: A review ran twice.',
  ],
  [
    'a failed test',
    { tests: { passed: 0, failed: [{ title: 'analyst-01 · coffee', error: 'upload: too large' }], notRun: [] } },
    'analyst-01 · coffee failed: upload: too large',
  ],
  ['an error in teardown', { errors: ['2 projects remain'] }, 'Outside of the tests: 2 projects remain'],
  [
    'an interruption',
    { stopped: 'The run was interrupted before its end.' },
    'The run was interrupted before its end.',
  ],
  [
    'a test that never ran',
    { tests: { passed: 0, failed: [], notRun: ['analyst-01 · coffee'] } },
    'analyst-01 · coffee never ran.',
  ],
  ['tests that never ran', { tests: { passed: 0, failed: [], notRun: ['a', 'b'] } }, '2 tests never ran: a, b.'],
  [
    'an analyst who never finished',
    { analysts: [{ ...fine, outcome: 'unfinished', lastStep: 'upload' }] },
    'analyst-01 never finished; the last step recorded is upload.',
  ],
  ['an analyst without records', { analysts: [{ ...fine, outcome: 'absent' }] }, 'analyst-01 left no record at all.'],
  [
    'an analyst who failed although the test passed',
    { analysts: [{ ...fine, outcome: 'failed', error: 'x' }] },
    'analyst-01 failed: x',
  ],
  [
    'a missing vital',
    { analysts: [fine, { ...fine, analyst: 'analyst-02', lacks: ['INP'] }] },
    'INP is missing from 1 of 2 analysts: analyst-02.',
  ],
  ['telemetry that failed', { telemetryProblems: ['a', 'b'] }, 'The capture itself failed: a (and 1 more)'],
];
for (const [what, evidence, reason] of failures) {
  test(`${what} fails the run, and the reason says so`, () => {
    assert.deepEqual(judge({ ...clean, ...evidence }), { verdict: 'FAIL', reasons: [reason] });
  });
}

test('one failure is told once: a failed test speaks for its analyst, and a failed analyst owes no vitals', () => {
  const evidence = {
    ...clean,
    tests: { passed: 0, failed: [{ title: 'analyst-01 · coffee', error: 'x' }], notRun: [] },
    analysts: [{ ...fine, outcome: 'failed' as const, lacks: ['LCP' as const] }],
  };
  assert.deepEqual(judge(evidence).reasons, ['analyst-01 · coffee failed: x']);
});
