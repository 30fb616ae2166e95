import assert from 'node:assert/strict';
import { test } from 'node:test';
import { stripVTControlCharacters } from 'node:util';
import { renderRefusal, renderSummary, renderVerdict, type ConsoleInput } from './console.ts';
import type { MusterEvent } from '../../telemetry/events.ts';
import { fold, type Folded } from '../fold.ts';
import { event, goodJournal, goodJourney, sampleRun, T0 } from '../sample-run.testing.ts';
import type { Summary } from '../summary.ts';

const A = 'analyst-01';
const B = 'analyst-02';

function folded(events: MusterEvent[]): { summary: Summary; details: Folded } {
  const details = fold({
    run: sampleRun,
    records: { events, journal: goodJournal([A, B]), problems: [], torn: [] },
    expected: [A, B],
    endedAt: new Date(T0 + 74_000),
  });
  const reasons = ['2 of 2 journeys finished, 2 of 2 projects completed, none lost, none left behind.'];
  return { summary: { ...details.facts, verdict: 'PASS', reasons }, details };
}

function input(changes: Partial<Summary> = {}, more: Partial<ConsoleInput['details']> = {}): ConsoleInput {
  const { summary, details } = folded([
    ...goodJourney(A),
    ...goodJourney(B, 1_700),
    event(B, 5, { type: 'error', source: 'console', message: 'Failed to load resource: 404' }),
  ]);
  return {
    summary: { ...summary, ...changes },
    details: { ...details, ...more },
    resultsPath: 'results/abc12345/',
    colour: false,
  };
}

const EXPECTED = `
PASS      2 of 2 journeys finished, 2 of 2 projects completed, none lost, none left behind.

Run       abc12345 · the embedded product · 74 s
Journeys  2 of 2 finished · all 2 at work at once for 100 % of the time
Projects  2 launched · 2 completed · 49 s from launch to end on average
Ledger    2 intended · 2 accepted · 2 listed · 2 ended · 0 lost · 2 deleted · 0 remaining
Sockets   2 opened · 0 reconnected · 0 closed abnormally · 2,400 frames · 691 kB

Figures                                p50     p75     p95  samples
LCP, page load                      240 ms   1.9 s   1.9 s   2 of 2
LCP, route change                   120 ms  120 ms  120 ms   2 of 2
INP, page load                       48 ms   48 ms   48 ms   2 of 2
INP, route change                    32 ms   32 ms   32 ms   2 of 2
card, committed → painted            30 ms   30 ms   30 ms   2 of 2

Slowest steps                         p50    p95    max  samples     slowest
watch-to-end, product computing      50 s   50 s   50 s   2 of 2  analyst-01
upload                              1.8 s  3.5 s  3.5 s   2 of 2  analyst-02
sign-in                             1.0 s  1.0 s  1.0 s   2 of 2  analyst-01

Noticed   1 × console, one analyst: Failed to load resource: 404

Report    results/abc12345/report.html   shows who did what when, and has all other figures
Next      npm run report                 makes the Allure report of this run
          BASELINE=abc12345 npm start    holds another run against this one`;

test('the whole summary, word for word', () => {
  assert.equal(`\n${renderSummary(input())}`, EXPECTED);
});

test('objectives, missed ones first, and what was not asked; the generator and the baseline', () => {
  const held = (limit: number, actual: number | null, pass: boolean) => ({
    metric: 'web.lcp',
    tags: {},
    statistic: 'p75',
    bound: 'atMost' as const,
    limit,
    actual,
    pass,
  });
  const { metric, tags, statistic, bound, limit } = held(0.95, null, false);
  const text = renderSummary(
    input({
      slo: [
        held(2_500, 240, true),
        { ...held(200, 200.4, false), metric: 'web.inp' },
        { ...held(0.01, 0.004, true), metric: 'rate.errors', statistic: 'mean', bound: 'below' },
        { ...held(17, null, false), metric: 'card.paint', tags: { card: 'own' }, advisory: true },
      ],
      sloNotAsked: [{ metric, tags, statistic, bound, limit, why: 'journeys stop early' }],
      generator: {
        cpuP95: 0.61,
        productCpuP95: null,
        psiP95: null,
        loopLagP95Ms: 3.4,
        driftOver50msShare: 0.0012,
        invalidSeconds: 2,
        judgedSeconds: 58,
      },
      baseline: { runId: 'xyz', compared: 20, unlike: [], regressions: ['x'] },
    }),
  );
  assert.ok(
    text.includes(`
Objectives                                               wanted     actual
p75 of INP, page load                            at most 200 ms      200.4            missed
p75 of card, frame arrived → painted (card own)   at most 17 ms  no sample  missed, advisory
p75 of LCP, page load                             at most 2.5 s     240 ms               met
errors                                                below 1 %      0.4 %               met
p75 of LCP, page load: not asked, journeys stop early
`),
    text,
  );
  for (const line of [
    'Generator too busy in 2 of 58 seconds · CPU 61 % of all cores · event loops 3 ms late\n          0.1 % of timers late',
    'Baseline  xyz · 1 of 20 metrics worse',
  ])
    assert.ok(text.includes(`\n${line}\n`), text);
});

test('a failed run: every reason under the verdict, nothing wider than the screen, deleting first among what to do', () => {
  const reasons = [
    'The project “x” was left behind in the product. '.repeat(3).trim(),
    ...Array.from({ length: 15 }, (_, at) => `analyst-${at} failed: upload: too large`),
  ];
  const { ledger, overlap } = input().summary;
  const text = renderSummary(
    input(
      {
        verdict: 'FAIL',
        reasons,
        ledger: { ...ledger, remaining: null },
        overlap: { ...overlap, achieved: 0, shareAtMax: null },
        shard: 2,
        target: { kind: 'attached', baseURL: 'https://staging.example.test' },
      },
      { torn: ['events/worker-1.jsonl line 7'] },
    ),
  );
  const lines = text.split('\n');
  assert.ok(lines.every((line) => line.length <= 100));
  assert.equal(
    lines[0],
    'FAIL      The project “x” was left behind in the product. The project “x” was left behind in the',
  );
  assert.equal(lines[1], '          product. The project “x” was left behind in the product.');
  assert.equal(lines[13], '          … and 4 more in report.html.');
  assert.match(text, /^Run {7}abc12345 · shard 2 · https:\/\/staging\.example\.test · 74 s$/m);
  assert.match(text, /unknown remaining/);
  assert.match(text, /A killed worker left a record cut short: events\/worker-1\.jsonl line 7\./);
  assert.deepEqual(lines.slice(-3), [
    'Report    results/abc12345/report.html         shows who did what when, and has all other figures',
    'Next      npm run sweep -- --run abc12345-s2   deletes what this run may have left in the product',
    '          npm run report                       makes the Allure report of this run',
  ]);
});

test('a run without analysts says only what it can', () => {
  const empty = fold({
    run: sampleRun,
    records: { events: [], journal: [], problems: [], torn: [] },
    expected: [],
    endedAt: new Date(T0 + 4_000),
  });
  const summary: Summary = {
    ...empty.facts,
    verdict: 'PASS',
    reasons: ['3 of 3 tests passed; no analyst was asked to work.'],
  };
  assert.equal(
    renderSummary({ summary, details: empty, resultsPath: 'r/', colour: false }),
    `PASS      3 of 3 tests passed; no analyst was asked to work.

Run       abc12345 · the embedded product · 4.0 s

Report    r/report.html    has the rest
Next      npm run report   makes the Allure report of this run`,
  );
});

test('figures that are not to be trusted: their objectives are neither green nor red, and what to do is about the machine', () => {
  const slo = [{ metric: 'web.lcp', tags: {}, statistic: 'p75', limit: 2_500, actual: 240, pass: true }];
  const busy = input(
    { verdict: 'INVALID', reasons: ['The generator was the bottleneck.'], slo },
    { broken: ['Busy.'] },
  );
  const text = renderSummary(busy);
  assert.match(text, /^Objectives +wanted +actual +not to be trusted$/m);
  assert.match(text, /^Next +npm run calibrate +finds how many/m);
  assert.ok(renderSummary({ ...busy, colour: true }).includes('\u001b[33mnot judged\u001b[39m'));
});

test('a reason that quotes a whole page leaves room for the others; of a run without a report it is told whole', () => {
  const judged = { verdict: 'FAIL' as const, reasons: ['long '.repeat(200).trim(), 'Another.'] };
  const lines = renderSummary(input(judged)).split('\n');
  assert.deepEqual([lines[4]?.trim(), lines[5]?.trim(), lines[6]], ['…', 'Another.', '']);
  assert.ok(renderRefusal(judged, { colour: false }).split('\n').length > 10);
});

test('whose step was slowest, and that it was cut short', () => {
  const failed = event(B, 9_000, {
    type: 'step',
    name: 'launch',
    startedAt: T0 + 1_000,
    endedAt: T0 + 9_000,
    outcome: 'timeout',
  });
  const { summary, details } = folded([...goodJourney(A), ...goodJourney(B), failed]);
  assert.match(
    renderSummary({ ...input(), summary: { ...input().summary, metrics: summary.metrics }, details }),
    /^launch +8\.0 s +8\.0 s +8\.0 s +1 of 1, 1 censored +analyst-02, cut short$/m,
  );
});

test('what a product says moves no cursor and colours nothing', () => {
  const evil = '\u001b[2J\u001b[31mred\r\nover\u0007';
  const text = renderSummary(
    input(
      { verdict: 'FAIL', reasons: [evil], findings: [{ id: 'x', title: evil, severity: 'minor', evidence: {} }] },
      { complaints: [{ source: 'toast', message: evil, count: 1, analysts: 1 }] },
    ),
  );
  // eslint-disable-next-line no-control-regex -- these are what must not be there.
  assert.doesNotMatch(text, /[\u0000-\u0009\u000b-\u001f]/);
  assert.match(text, /^FAIL {6}red\n {10}over/);
});

test('a run that could not begin: the reasons, and how to check again', () => {
  assert.equal(
    renderRefusal({ verdict: 'INVALID', reasons: ['BASE_URL is no address.'] }, { colour: false }),
    'INVALID   BASE_URL is no address.\n\nNext      npm run preflight   checks all of it again, and makes nothing',
  );
});

test('many breaches are ten lines, the first with who saw it; reasons that repeat are one', () => {
  const at = Date.UTC(2026, 2, 1, 10);
  const seen = Array.from({ length: 8 }, (_, place) => ({
    at: at + place,
    analyst: `analyst-1${place}`,
    witness: 'subscription' as const,
    saw: 'no-run, in Meridian Research',
  }));
  const breaches = Array.from({ length: 8 }, (_, place) => ({
    kind: 'leaked' as const,
    project: `Muster 2026-03-01 abc12345 — analyst-0${place} coffee`,
    what: 'was shown to another organisation',
    evidence: seen,
  }));
  const reasons = ['The run could not start: x', 'And then: x', 'And then: x'];
  const { ledger } = input().summary;
  const text = renderSummary(input({ verdict: 'FAIL', reasons, ledger: { ...ledger, leaked: 8, breaches } }));
  assert.match(text, /^FAIL {6}The run could not start: x \(3 times\)\n\n/);
  const lines = /^Breaches[^]*?\n\n/m.exec(text)?.[0].trimEnd().split('\n') ?? [];
  assert.ok(lines.length > 3 && lines.length <= 11, lines.join('\n'));
  assert.equal(lines[0], 'Breaches  leaked: “analyst-00 coffee” was shown to another organisation');
  assert.equal(
    lines[1],
    '            10:00:00.000 analyst-10: was sent the project (not started) in Meridian Research',
  );
  assert.equal(lines.at(-1), '          … and 6 more in report.html.');
});

test('how workbooks compare is said in whole words', () => {
  const { ledger } = input().summary;
  const golden = { equal: 18, different: 1, none: 18 };
  assert.match(
    renderSummary(input({ ledger: { ...ledger, golden } })).replace(/\s+/g, ' '),
    /18 workbooks equal to those made alone(?: ·)? 1 workbook unlike those made alone(?: ·)? 18 workbooks with nothing to compare them with/,
  );
});

test('colour adds to the words and replaces none', () => {
  const coloured = renderSummary({ ...input(), colour: true });
  assert.ok(coloured.startsWith('\u001b[1m\u001b[32mPASS\u001b[39m\u001b[22m      2 of 2'));
  assert.equal(stripVTControlCharacters(coloured), renderSummary(input()));
  const row = {
    metric: 'web.lcp',
    tags: {},
    statistic: 'p75',
    bound: 'atMost',
    limit: 1,
    actual: 2,
    pass: false,
  } as const;
  const { summary, ...rest } = input();
  const missed = renderSummary({
    ...rest,
    summary: { ...summary, slo: [row, { ...row, metric: 'web.inp', advisory: true }] },
    colour: true,
  });
  assert.ok(missed.includes('\u001b[31mmissed\u001b[39m') && missed.includes('\u001b[33mmissed, advisory\u001b[39m'));
});

test('misconfiguration keeps the lines of its advice', () => {
  assert.equal(
    renderVerdict(
      { verdict: 'INVALID', reasons: ['No browser. Type one of these:\n  npx playwright install chromium'] },
      { colour: false },
    ),
    'INVALID   No browser. Type one of these:\n            npx playwright install chromium',
  );
});

test('what a run cannot prove because everybody was the same user is in the summary and said', () => {
  const run = { ...sampleRun, settings: { ...sampleRun.settings, AUTH_MODE: 'bypass' } };
  const records = { events: goodJourney(A), journal: goodJournal([A]), problems: [], torn: [] };
  const { unproved } = fold({ run, records, expected: [A], endedAt: new Date(T0 + 74_000) }).facts;
  assert.ok(unproved !== undefined);
  const text = renderSummary(input({ unproved })).replace(/\s+/g, ' ');
  assert.match(text, /Unproved everybody is the same user \(AUTH_MODE=bypass\) · no leak between organizations/);
  assert.doesNotMatch(renderSummary(input()), /Unproved/);
});
