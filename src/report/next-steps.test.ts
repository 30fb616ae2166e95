import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from './fold.ts';
import { nextSteps, whyOpen } from './next-steps.ts';
import { goodJournal, goodJourney, sampleRun, T0 } from './sample-run.testing.ts';
import type { Summary } from './summary.ts';

const A = 'analyst-01';
const details = fold({
  run: sampleRun,
  records: { events: goodJourney(A), journal: goodJournal([A]), problems: [], torn: [] },
  expected: [A],
  endedAt: new Date(T0 + 74_000),
});
const passed: Summary = { ...details.facts, verdict: 'PASS', reasons: ['All is well.'] };
const missed = { metric: 'web.lcp', tags: {}, statistic: 'p75', limit: 1, pass: false };
const worse = { runId: 'older', compared: 9, unlike: [], regressions: ['upload'] };
const { target, projects, ledger } = passed;
const attached = { ...target, kind: 'attached' as const };

test('what to type next follows from the verdict and its cause', () => {
  const cases: readonly (readonly [Partial<Summary>, { broken?: string[]; carries?: number }, string[]])[] = [
    [{}, {}, ['npm run report', 'BASELINE=abc12345 npm start']],
    [{ analysts: 0 }, {}, ['npm run report']],
    [{}, { broken: ['Late.'] }, ['npm run report']],
    [{ verdict: 'FAIL' }, {}, ['npm run report']],
    [{ verdict: 'FAIL', baseline: worse }, {}, ['npm run compare -- older abc12345', 'npm run report']],
    [{ verdict: 'FAIL', slo: [{ ...missed, actual: null }] }, {}, ['HOLD_TO=work npm start', 'npm run report']],
    [{ verdict: 'FAIL', slo: [{ ...missed, actual: 2 }] }, {}, ['npm run report']],
    [
      { verdict: 'INVALID', analysts: 30 },
      { broken: ['Late.'] },
      ['npm run calibrate', 'ANALYSTS=15 npm start', 'HOLD_TO=work npm start'],
    ],
    [
      { verdict: 'INVALID', analysts: 30 },
      { broken: ['Late.'], carries: 12 },
      ['ANALYSTS=12 npm start', 'HOLD_TO=work npm start'],
    ],
    [{ verdict: 'INVALID', analysts: 1 }, { broken: ['Late.'] }, ['npm run calibrate', 'HOLD_TO=work npm start']],
    [
      { verdict: 'INVALID', baseline: { ...worse, unlike: ['Other bundles.'] } },
      {},
      ['npm run compare -- older abc12345 --anyway'],
    ],
    [{ verdict: 'INVALID' }, {}, ['npm run preflight']],
    [
      { verdict: 'FAIL', target: attached, shard: 2, ledger: { ...ledger, remaining: 3 } },
      {},
      ['npm run sweep -- --run abc12345-s2', 'npm run report'],
    ],
    // The embedded product is gone, with all that was left in it.
    [{ verdict: 'FAIL', ledger: { ...ledger, remaining: 3 } }, {}, ['npm run report']],
    [
      { projects: { ...projects, rateLimited: 2 } },
      {},
      ['npm run report', 'BASELINE=abc12345 npm start', 'SANDBOX_LIMITS=none npm start'],
    ],
    [
      { verdict: 'FAIL', target: attached, projects: { ...projects, rateLimited: 2 } },
      {},
      ['npm run report', 'RATE_LIMIT_WAIT_S=1300 npm start'],
    ],
  ];
  for (const [changes, { broken = [], ...more }, wanted] of cases)
    assert.deepEqual(
      nextSteps({ summary: { ...passed, ...changes }, details: { ...details, broken, ...more } }).map(
        ({ what }) => what,
      ),
      wanted,
    );
});

test('the report is opened for what one would look for first', () => {
  const breach = { kind: 'lost' as const, project: 'P', what: 'is gone', evidence: [] };
  const broken = { ...ledger, breaches: [breach] };
  const failed = details.analysts.map((each) => ({ ...each, outcome: 'failed' as const }));
  const findings = [{ id: 'x', title: 'X', severity: 'minor', evidence: {} }];
  const late = [{ ...missed, actual: 2 }];
  const empty = [{ ...missed, actual: null }];
  const advice = [{ ...missed, actual: 2, advisory: true as const }];
  for (const [changes, more, wanted] of [
    [{}, {}, /who did what when/],
    [{ analysts: 0 }, {}, /the rest/],
    [{ ledger: broken, findings }, {}, /breach/],
    [{ findings }, {}, /finding/],
    [{}, { analysts: failed }, /how far/],
    [{ slo: late }, {}, /slow/],
    [{ slo: empty }, {}, /missing/],
    [{ slo: advice }, {}, /who did what when/],
    [{}, { broken: ['Late.'] }, /late/],
  ] as const)
    assert.match(whyOpen({ summary: { ...passed, ...changes }, details: { ...details, ...more } }), wanted);
});
