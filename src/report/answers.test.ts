import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersOf, type AnswerInput } from './answers.ts';
import type { Cause } from './causes.ts';
import { fold } from './fold.ts';
import { goodJournal, goodJourney, sampleRun, T0 } from './sample-run.testing.ts';
import type { Summary } from './summary.ts';

const A = 'analyst-01';

function input(changes: Partial<Summary> = {}): AnswerInput {
  const folded = fold({
    run: sampleRun,
    records: { events: goodJourney(A), journal: goodJournal([A]), problems: [], torn: [] },
    expected: [A],
    objectives: [{ metric: 'web.lcp', tags: {}, statistic: 'p75', bound: 'atMost', limit: 2500 }],
    endedAt: new Date(T0 + 74_000),
  });
  return { ...folded, summary: { ...folded.facts, verdict: 'PASS', reasons: ['All is well.'], ...changes } };
}

function answer(question: string, given: AnswerInput): string | undefined {
  return answersOf(given).find((each) => each.question === question)?.answer;
}

const healthy = { ...input().summary.generator, invalidSeconds: 3, judgedSeconds: 60 };

test('a run that went well', () => {
  const given = input({ generator: healthy });
  assert.match(
    answer('May I believe it?', given) ?? '',
    /^Yes: the machine that ran the browsers kept up in 57 of 60 seconds; .*\(5 %\) is kept out of the figures\. \d+ % of the expected/,
  );
  assert.match(
    answer('Was anything lost?', given) ?? '',
    /^No: of 1 project that the product accepted none .* all were deleted afterwards\./,
  );
  assert.equal(
    answer('Who waited longest, and for what?', given),
    'analyst-01 (bundle coffee): 1.8 s in step “upload”.',
  );
  assert.match(answer('Which page was slow, and why?', given) ?? '', /^None: every page is within what counts as good/);
  assert.equal(answer('What should be fixed first?', given), 'Nothing has to be: every objective that counts was met.');
});

test('what nobody recorded is not believed, and an invalid run neither, but what was lost stays true', () => {
  assert.match(answer('May I believe it?', input()) ?? '', /^Nobody can say/);
  const given = input({ verdict: 'INVALID', reasons: ['Too busy.', 'Try fewer.'], generator: healthy });
  assert.match(answer('May I believe it?', given) ?? '', /^Not the times: /);
  assert.match(answer('Who waited longest, and for what?', given) ?? '', /^By times that are not to be believed: /);
  assert.match(answer('Was anything lost?', given) ?? '', /^No: /);
  assert.equal(answer('What should be fixed first?', given), 'Try fewer.');
});

test('of a run that fails because nothing was left to judge by, only a part is believed, and that comes first', () => {
  const row = { metric: 'web.lcp', tags: {}, statistic: 'p75', bound: 'atMost' as const, limit: 100 };
  const given = input({ generator: healthy, verdict: 'FAIL', slo: [{ ...row, actual: null, pass: false }] });
  assert.match(answer('May I believe it?', given) ?? '', /^In part: .* For 1 of 1 objective nothing is left/);
  assert.match(answer('What should be fixed first?', given) ?? '', /no sample for p75 of LCP, page load/);
});

test('where most samples of a metric were taken while the machine was too busy, a run that passed is believed in part', () => {
  const given = input({ generator: healthy });
  const metrics = given.summary.metrics.map((row) =>
    row.name === 'card.paint' ? { ...row, count: 0, excluded: 1, all: { ...row, mean: row.mean ?? null } } : row,
  );
  assert.match(
    answer('May I believe it?', { ...given, summary: { ...given.summary, metrics } }) ?? '',
    /^In part: .* Of 1 of \d+ metrics most was measured in those/,
  );
});

test('a content that came with the analyst’s own next step is no slow page', () => {
  const wizard = (ownDoing: Cause['slowest']['ownDoing']): AnswerInput => {
    const given = input();
    const slowest = { samples: 2, parts: [{ what: 'loading its resource', ms: 8000 }], element: 'main > p', ownDoing };
    const cause = { metric: 'soft.lcp', page: 'wizard', samples: 8, parts: [], element: undefined, slowest };
    const metrics = given.summary.metrics.map((row) =>
      row.name === 'soft.lcp' && row.tags['page'] === 'wizard' ? { ...row, p75: 8400 } : row,
    );
    return { ...given, summary: { ...given.summary, metrics }, causes: [cause] };
  };
  assert.match(
    answer('Which page was slow, and why?', wizard(undefined)) ?? '',
    /^wizard: the largest content is there within 8\.4 s in three of four visits \(LCP, route change, p75\)\. Most of it.*: 8\.0 s loading its resource \(element main > p\)/,
  );
  assert.match(
    answer('Which page was slow, and why?', wizard({ samples: 2, step: 'name-project' })) ?? '',
    /^None: .* No wait, although the figure is high: wizard: .* 8\.4 s .*“name-project”\.$/,
  );
});

test('first comes what was lost, then what was proved, then who failed, then the objective missed by most', () => {
  const missed = (metric: string, actual: number, advisory?: true) => ({
    metric,
    tags: {},
    statistic: 'p75',
    bound: 'atMost' as const,
    limit: 100,
    actual,
    pass: false,
    ...(advisory ? { advisory } : {}),
  });
  const slo = [missed('web.lcp', 150), missed('web.inp', 300), missed('soft.inp', 900, true)];
  assert.match(
    answer('What should be fixed first?', input({ slo })) ?? '',
    /^p75 of INP, page load is 300 ms instead of at most 100 ms/,
  );
  const given = input({ slo });
  const failed = { ...given, analysts: [{ analyst: A, outcome: 'failed' as const, error: 'It broke.', lacks: [] }] };
  assert.equal(answer('What should be fixed first?', failed), 'The journey that failed: analyst-01: It broke.');
  const findings = [{ id: 'x', title: 'Two reviews won', severity: 'critical', evidence: {} }];
  assert.equal(
    answer('What should be fixed first?', { ...failed, summary: { ...given.summary, findings } }),
    'Two reviews won (critical). To see it again: see below.',
  );
  const breaches = [{ kind: 'lost' as const, project: 'P', what: 'is gone', evidence: [] }];
  const ledger = { ...given.summary.ledger, lost: 1, breaches };
  const lost = { ...failed, summary: { ...given.summary, findings, ledger } };
  assert.equal(answer('What should be fixed first?', lost), 'The lost project: “P” is gone.');
  assert.match(answer('Was anything lost?', lost) ?? '', /^Yes: of 1 project 1 lost; /);
});

test('a run without analysts has no figures', () => {
  assert.deepEqual(
    answersOf(input({ analysts: 0, metrics: [], slo: [] })).map(({ question }) => question),
    ['May I believe it?', 'Who waited longest, and for what?', 'What should be fixed first?'],
  );
});
