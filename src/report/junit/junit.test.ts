import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fold } from '../fold.ts';
import { event, goodJournal, goodJourney, sampleRun, T0 } from '../sample-run.testing.ts';
import type { Summary } from '../summary.ts';
import { renderJUnit, type JUnitInput } from './junit.ts';
import { renderXml } from './xml.ts';

const A = 'analyst-01';
const B = 'analyst-02';

interface Given extends Partial<Omit<JUnitInput, 'written'>> {
  readonly changes?: Partial<Summary>;
  readonly expected?: readonly string[];
  readonly broken?: string[];
  readonly breaches?: string[];
}

/** A run of two analysts, of whom the second fails at the upload when `judgement` is not PASS. */
function junit({ changes = {}, expected = [A, B], broken = [], breaches = [], ...given }: Given = {}): string {
  const { judgement = { verdict: 'PASS', reasons: ['All is well.'] } } = given;
  const ofB = goodJourney(B).filter(({ type }) => judgement.verdict !== 'FAIL' || type !== 'analyst');
  const fails = event(B, 9_000, {
    type: 'analyst',
    phase: 'finished',
    outcome: 'failed',
    error: 'upload: too large\nof it',
  });
  const folded = fold({
    run: sampleRun,
    records: {
      events: [...goodJourney(A), ...ofB, ...(judgement.verdict === 'FAIL' ? [fails] : [])],
      journal: goodJournal([A, B]),
      problems: [],
      torn: [],
    },
    expected,
    objectives: [
      { metric: 'web.lcp', tags: {}, statistic: 'p75', bound: 'atMost', limit: 2500 },
      { metric: 'web.inp', tags: {}, statistic: 'p75', bound: 'atMost', limit: 10 },
    ],
    endedAt: new Date(T0 + 74_000),
  });
  const details = { ...folded, broken, breaches };
  const summary: Summary = { ...details.facts, ...judgement, ...changes };
  return renderJUnit({
    runId: 'abc12345',
    tests: { passed: 2, failed: [], notRun: [] },
    endedAt: new Date(T0 + 74_000),
    ...given,
    judgement,
    written: { summary, details },
  });
}

/** `suite/name` of the cases that hold such an element, and what it says. */
function those(xml: string, element: 'failure' | 'error' | 'skipped'): string[] {
  return [...xml.matchAll(/<testcase name="([^"]+)" classname="muster\.(\w+)"[^>]*>(.*?)<\/testcase>/gs)].flatMap(
    ([, name = '', suite = '', body = '']) =>
      new RegExp(`<${element} message="([^"]*)"`).test(body) ? [`${suite}/${name}: ${RegExp.$1}`] : [],
  );
}

/** Each suite's counts, and the whole's, are those of its cases. */
function assertCounts(xml: string): void {
  const many = (text: string, element: string): string =>
    String([...text.matchAll(new RegExp(`<${element}\\b`, 'g'))].length);
  for (const [, given = '', body = ''] of [
    ...xml.matchAll(/<testsuites ([^>]*)>(.*)<\/testsuites>/gs),
    ...xml.matchAll(/<testsuite ([^>]*)>(.*?)<\/testsuite>/gs),
  ])
    for (const [attribute, element] of [
      ['tests', 'testcase'],
      ['failures', 'failure'],
      ['errors', 'error'],
      ...(given.includes('skipped=') ? [['skipped', 'skipped']] : []),
    ] as const)
      assert.match(given, new RegExp(`\\b${attribute}="${many(body, element ?? '')}"`), xml);
}

test('a run that never began: one case, in error, whole', () => {
  assert.equal(
    renderJUnit({
      runId: 'abc12345',
      judgement: { verdict: 'INVALID', reasons: ['BASE_URL is "foo" & no address.', 'Set it.'] },
      tests: { passed: 0, failed: [], notRun: [] },
      endedAt: new Date(T0),
    }),
    `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="Muster abc12345" tests="1" failures="0" errors="1" time="0.000">
<testsuite name="verdict" tests="1" failures="0" errors="1" skipped="0" time="0.000" timestamp="2026-03-01T10:00:00.000Z">
<testcase name="run abc12345" classname="muster.verdict" time="0.000">
<error message="BASE_URL is &quot;foo&quot; &amp; no address." type="INVALID">BASE_URL is "foo" &amp; no address.
Set it.</error>
</testcase>
</testsuite>
</testsuites>
`,
  );
});

test('a run that failed: the verdict with every reason, the journey with its step, the objective with its figures', () => {
  const xml = junit({
    judgement: { verdict: 'FAIL', reasons: ['analyst-02 · coffee failed: upload: too large', 'And more.'] },
    tests: { passed: 1, failed: [{ title: 'analyst-02 · coffee', error: 'upload: too large' }], notRun: [] },
  });
  assert.deepEqual(those(xml, 'failure'), [
    'verdict/run abc12345: analyst-02 · coffee failed: upload: too large',
    'journeys/analyst-02 · coffee: upload: too large',
    'objectives/p75 of INP, page load at most 10 ms: p75 of INP, page load should be at most 10 ms and is 48 ms.',
  ]);
  assert.match(xml, /type="FAIL">analyst-02 · coffee failed: upload: too large\nAnd more\.<\/failure>/);
  assert.match(xml, />upload: too large\nupload: too large\nof it\nLast step: watch-to-end\.<\/failure>/);
  assert.match(xml, /<testcase name="analyst-01 · coffee" classname="muster.journeys" time="58.000"><\/testcase>/);
  assertCounts(xml);
});

test('what does not decide is skipped and says why: figures of a busy generator or of a run held to its work, advice, what was not asked', () => {
  const sloNotAsked = [
    {
      metric: 'rate.completion',
      tags: {},
      statistic: 'mean',
      bound: 'above' as const,
      limit: 0.95,
      why: 'journeys stop early',
    },
  ];
  const invalid = junit({
    judgement: { verdict: 'INVALID', reasons: ['Too busy.'] },
    broken: ['Too busy.'],
    changes: { sloNotAsked },
  });
  assert.deepEqual(those(invalid, 'error'), ['verdict/run abc12345: Too busy.']);
  assert.deepEqual(those(invalid, 'failure'), []);
  assert.deepEqual(those(invalid, 'skipped'), [
    'objectives/p75 of LCP, page load at most 2.5 s: Not judged: 240 ms. Too busy.',
    'objectives/p75 of INP, page load at most 10 ms: Not judged: 48 ms. Too busy.',
    'objectives/projects completed above 95 %: journeys stop early',
  ]);
  const worked = junit({ heldToWork: 'HOLD_TO=work' });
  assert.deepEqual([...those(worked, 'failure'), ...those(worked, 'error')], []);
  assert.equal(those(worked, 'skipped').length, 2);
  const { slo } = {
    slo: [
      { metric: 'web.inp', tags: {}, statistic: 'p75', limit: 10, actual: 48, pass: false, advisory: true as const },
    ],
  };
  assert.match(those(junit({ changes: { slo } }), 'skipped').join(), /Advisory\. p75 of INP/);
  for (const xml of [invalid, worked]) assertCounts(xml);
});

test('probes, findings, breaches, regressions, tests of no analyst, and who never ran', () => {
  const probe = { title: 'Two review', tries: 3, hits: 1, durationMs: 2_000 };
  const xml = junit({
    judgement: { verdict: 'FAIL', reasons: ['Much.'] },
    expected: [A, B, 'analyst-03'],
    breaches: ['The project “x” was lost.'],
    tests: {
      passed: 0,
      failed: [
        { title: 'double-review · Two review', error: 'Finding double-review: Both win' },
        { title: 'something else', error: 'broke' },
      ],
      notRun: ['analyst-03 · banking'],
    },
    changes: {
      probes: [
        { ...probe, id: 'double-review', outcome: 'finding' },
        { ...probe, id: 'quiet', outcome: 'clean' },
        { ...probe, id: 'stuck', outcome: 'broken', why: 'no answer' },
        { ...probe, id: 'theirs', outcome: 'not-run', why: 'needs a product of its own' },
      ],
      findings: [{ id: 'double-review', title: 'Both win', severity: 'critical', evidence: {} }],
      baseline: { runId: 'older', compared: 9, unlike: [], regressions: ['p95 of upload is 40 % worse'] },
    },
  });
  assert.deepEqual(those(xml, 'failure'), [
    'verdict/run abc12345: Much.',
    'journeys/analyst-02: failed: upload: too large',
    'ledger/every project is accounted for and deleted: The project “x” was lost.',
    'objectives/p75 of INP, page load at most 10 ms: p75 of INP, page load should be at most 10 ms and is 48 ms.',
    'baseline/no metric is worse than in older: p95 of upload is 40 % worse',
    'probes/double-review · Two review: Both win (double-review, critical)',
    'tests/something else: broke',
  ]);
  assert.deepEqual(those(xml, 'error'), ['probes/stuck · Two review: no answer']);
  assert.deepEqual(those(xml, 'skipped'), [
    'journeys/analyst-03 · banking: It never ran.',
    'probes/theirs · Two review: needs a product of its own',
  ]);
  assertCounts(xml);
});

test('whatever a text holds, the document stays whole and the text is read as it was', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (text) => {
      const xml = renderXml({ name: 'a', attributes: { b: text }, children: [text] });
      const found = /<a b="([^"<\n\r\t]*)">([^<]*)<\/a>\n$/.exec(xml);
      assert.ok(found, xml);
      const kept = (escaped = ''): string =>
        escaped
          .replaceAll(/&#(\d+);/g, (_, code: string) => String.fromCharCode(Number(code)))
          .replaceAll('&quot;', '"')
          .replaceAll('&lt;', '<')
          .replaceAll('&gt;', '>')
          .replaceAll('&amp;', '&');
      assert.equal(kept(found[1]), kept(found[2]));
      if (/^[\w \n&<>"'é漢🙂]*$/u.test(text)) assert.equal(kept(found[2]), text);
      // eslint-disable-next-line no-control-regex -- these are what must not be there.
      assert.doesNotMatch(xml, /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
    }),
  );
  assert.match(
    renderXml({ name: 'a', children: ['\u001b[31m1 < 2\u001b[39m\u0000 & "é漢🙂"\ud800'] }),
    />1 &lt; 2 &amp; "é漢🙂"</,
  );
});
