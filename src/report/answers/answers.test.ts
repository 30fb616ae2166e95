import assert from 'node:assert/strict';
import { test } from 'node:test';
import { answersOf, type AnswerInput } from './index.ts';
import type { Cause } from '../causes.ts';
import { fold } from '../fold.ts';
import { goodJournal, goodJourney, sampleRun, T0 } from '../sample-run.testing.ts';
import type { Summary } from '../summary.ts';

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
    /^Yes: the machine that ran the browsers kept up in 57 of the 60 seconds from the start line to the last step\. No objective is judged by .*\(5 %\)\. \d+ % of the expected/,
  );
  assert.match(
    answer('Was anything lost?', given) ?? '',
    /^No: of 1 project that the product accepted none .* All were deleted afterwards\./,
  );
  assert.equal(
    answer('Who waited longest, and for what?', given),
    'The longest single step: “watch-to-end” of analyst-01, 50 s, in which the product computed.',
  );
  assert.match(
    answer('Which page was slow, and why?', given) ?? '',
    /^None by LCP and INP: on every page they are within what counts as good/,
  );
  assert.equal(answer('What should be fixed first?', given), 'Nothing has to be: every objective that counts was met.');
});

test('what nobody recorded is not believed, and an invalid run neither, but what was lost stays true', () => {
  assert.match(answer('May I believe it?', input()) ?? '', /^Nobody can say/);
  const given = input({ verdict: 'INVALID', reasons: ['Too busy.', 'Try fewer.'], generator: healthy });
  assert.match(answer('May I believe it?', given) ?? '', /^Not the times: /);
  assert.match(
    answer('Who waited longest, and for what?', given) ?? '',
    /^The times are not to be believed\. As measured: The longest single step/,
  );
  assert.match(answer('Which page was slow, and why?', given) ?? '', /^Nobody can say: .* was dashboard: /);
  assert.match(answer('Was anything lost?', given) ?? '', /^No: /);
  assert.equal(answer('What should be fixed first?', given), 'Try fewer.');
});

test('of a run that fails because nothing was left to judge by, only a part is believed, and that comes first', () => {
  const row = { metric: 'web.lcp', tags: {}, statistic: 'p75', bound: 'atMost' as const, limit: 100 };
  const given = input({ generator: healthy, verdict: 'FAIL', slo: [{ ...row, actual: null, pass: false }] });
  assert.match(answer('May I believe it?', given) ?? '', /^In part: .* For 1 of 1 objective nothing is left/);
  assert.match(
    answer('What should be fixed first?', given) ?? '',
    /Without a sample: p75 of LCP, page load\. Run it again on a quieter machine\.$/,
  );
});

test('where most samples of a metric were taken while the machine was too busy, a run that passed is believed in part', () => {
  const given = input({ generator: healthy });
  const metrics = given.summary.metrics.map((row) =>
    row.name === 'card.paint' ? { ...row, count: 0, excluded: 1, all: { ...row, mean: row.mean ?? null } } : row,
  );
  assert.match(
    answer('May I believe it?', { ...given, summary: { ...given.summary, metrics } }) ?? '',
    /^In part: .* 1 of \d+ metrics were measured mostly in those others, and are marked “in doubt”: card, frame arrived → painted\.$/,
  );
});

test('a content that came with the analyst’s own next step is no slow page', () => {
  const wizard = (ownDoing: Cause['slowest']['ownDoing'], count = 1): AnswerInput => {
    const given = input();
    const slowest = { samples: 2, parts: [{ what: 'loading its resource', ms: 8000 }], element: 'main > p', ownDoing };
    const cause = { metric: 'soft.lcp', page: 'wizard', samples: 8, parts: [], element: undefined, slowest };
    const metrics = given.summary.metrics.map((row) =>
      row.name === 'soft.lcp' && row.tags['page'] === 'wizard' ? { ...row, p75: 8400, max: 8400, count } : row,
    );
    return { ...given, summary: { ...given.summary, metrics }, causes: [cause] };
  };
  assert.match(
    answer('Which page was slow, and why?', wizard(undefined)) ?? '',
    /^wizard: the largest content is there within 8\.4 s, once \(LCP, route change\)\. Most of it: 8\.0 s loading its resource \(element main > p\)/,
  );
  assert.match(
    answer('Which page was slow, and why?', wizard({ samples: 2, step: 'name-project' })) ?? '',
    /^None by .* Not counted as slow: wizard: .* 8\.4 s, once .*own next step, “name-project”\.$/,
  );
  assert.match(
    answer('Which page was slow, and why?', wizard(undefined, 8)) ?? '',
    /^wizard: .* within 8\.4 s in three of four visits \(LCP, route change, p75\)\. Most of it, in the slowest quarter of visits: /,
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
  assert.match(
    answer('What should be fixed first?', lost) ?? '',
    /^The project “P” is gone\. Proved besides: Two reviews won \(critical\)\. To see it again/,
  );
  assert.match(answer('Was anything lost?', lost) ?? '', /^Yes: 1 of 1 project was lost\. All were deleted/);
  const leaked = { ...given.summary.ledger, leaked: 8, acknowledged: 8, breaches };
  const reasons = ['8 projects were shown to another organisation, such as “P”: see Breaches.'];
  const leak = { ...given, summary: { ...given.summary, ledger: leaked, reasons } };
  assert.equal(answer('What should be fixed first?', leak), reasons[0]);
  assert.match(
    answer('Was anything lost?', leak) ?? '',
    /^Nothing was lost or duplicated, but 8 of 8 projects were shown to another organisation\./,
  );
});

test('who waited longest is told in all, as the table has it, and content that jumps is told of', () => {
  const given = input();
  const lane = (analyst: string, ...queued: number[]) => ({
    analyst,
    bundle: undefined,
    outcome: 'ok' as const,
    steps: [{ name: 'open', from: T0, to: T0 + 900, outcome: 'ok' as const }],
    phases: queued.map((ms) => ({ phase: 'queued' as const, from: T0, to: T0 + ms })),
  });
  const timeline = given.timeline && {
    ...given.timeline,
    lanes: [lane('analyst-01', 5_000), lane('analyst-02', 4_000, 3_000)],
  };
  assert.equal(
    answer('Who waited longest, and for what?', { ...given, timeline }),
    'analyst-02: 7.0 s in all in the product’s queue. The longest single step: “open” of analyst-01, 900 ms.',
  );
  const metrics = given.summary.metrics.map((row) =>
    row.name === 'soft.cls' && row.tags['page'] === 'wizard' ? { ...row, p75: 0.28 } : row,
  );
  assert.match(
    answer('Which page was slow, and why?', { ...given, summary: { ...given.summary, metrics } }) ?? '',
    /^None by LCP and INP: .* But content jumps while it is read: most on wizard, CLS, route change 0\.280/,
  );
});

test('a run without analysts has no figures', () => {
  assert.deepEqual(
    answersOf(input({ analysts: 0, metrics: [], slo: [] })).map(({ question }) => question),
    ['May I believe it?', 'Who waited longest, and for what?', 'What should be fixed first?'],
  );
});
