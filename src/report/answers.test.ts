import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersOf, type AnswerInput } from './answers.ts';
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
    /^Yes: the generator was past a guard in 3 of 60 seconds \(5 %\), and what was taken then is kept apart; \d+ % of the expected samples are there\.$/,
  );
  assert.match(
    answer('Was anything lost?', given) ?? '',
    /^No: 1 projects were accepted, .* all were deleted afterwards\./,
  );
  assert.equal(answer('Who waited longest?', given), 'analyst-01, 1.8 s for “upload”.');
  assert.match(answer('Which page was slow?', given) ?? '', /^None beyond what counts as good; the slowest is /);
  assert.equal(answer('What first?', given), 'Nothing: every objective was met.');
});

test('what nobody recorded is not believed, and an invalid run neither, but what was lost stays true', () => {
  assert.match(answer('May I believe it?', input()) ?? '', /nobody can say/);
  const given = input({ verdict: 'INVALID', reasons: ['Too busy.', 'Try fewer.'], generator: healthy });
  assert.match(answer('May I believe it?', given) ?? '', /^No: /);
  assert.match(answer('Who waited longest?', given) ?? '', /^Not to be believed, but: /);
  assert.match(answer('Was anything lost?', given) ?? '', /^No: /);
  assert.equal(answer('What first?', given), 'Try fewer.');
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
  assert.match(answer('What first?', input({ slo })) ?? '', /^p75 of INP, page load: 300 ms instead of at most 100 ms/);
  const given = input({ slo });
  const failed = { ...given, analysts: [{ analyst: A, outcome: 'failed' as const, error: 'It broke.', lacks: [] }] };
  assert.equal(answer('What first?', failed), 'The journey that failed: analyst-01: It broke.');
  const findings = [{ id: 'x', title: 'Two reviews won', severity: 'critical', evidence: {} }];
  assert.equal(
    answer('What first?', { ...failed, summary: { ...given.summary, findings } }),
    'Two reviews won (critical).',
  );
  const breaches = [{ kind: 'lost' as const, project: 'P', what: 'is gone', evidence: [] }];
  const ledger = { ...given.summary.ledger, lost: 1, breaches };
  const lost = { ...failed, summary: { ...given.summary, findings, ledger } };
  assert.equal(answer('What first?', lost), 'The lost project: “P” is gone.');
  assert.match(answer('Was anything lost?', lost) ?? '', /^Yes: of 1 projects 1 lost; /);
});

test('a run without analysts has no figures', () => {
  assert.deepEqual(
    answersOf(input({ analysts: 0, metrics: [], slo: [] })).map(({ question }) => question),
    ['May I believe it?', 'Who waited longest?', 'What first?'],
  );
});
