import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../fold.ts';
import type { Charts } from './charts.ts';
import { renderPage } from './page.ts';
import { event, goodJournal, goodJourney, sampleRun, T0 } from '../sample-run.testing.ts';
import type { Summary } from '../summary.ts';

const A = 'analyst-01';

const NONE: Charts = { timeline: undefined, distributions: [], cards: undefined };

function page(verdict: 'PASS' | 'FAIL', reasons: string[], message = 'x', charts: Charts = NONE): string {
  const events = [...goodJourney(A), event(A, 5, { type: 'error', source: 'console', message })];
  const folded = fold({
    run: sampleRun,
    records: { events, journal: goodJournal([A]), problems: [], torn: [] },
    expected: [A, 'analyst-02'],
    endedAt: new Date(T0 + 74_000),
  });
  return renderPage({ summary: { ...folded.facts, verdict, reasons }, run: sampleRun, ...folded, charts });
}

test('loads nothing and runs nothing', () => {
  assert.doesNotMatch(page('PASS', ['All well.']), /<script|<link|<img|<iframe|@import|url\(|src=|href="(?!#)/i);
});

test('charts stand with a title that says what is to be seen, and as a table', () => {
  const html = page('PASS', ['All well.'], 'x', {
    timeline: { wide: '<svg id="lanes"></svg>', narrow: '<svg id="small"></svg>', note: 'Coarse.' },
    distributions: [{ metric: 'web.lcp', says: 'half within 1 s', wanted: 'wanted: p75', svg: '<svg id="lcp"></svg>' }],
    cards: undefined,
  });
  assert.match(
    html,
    /<h2 id="time-title">Who did what when: nobody waited long in the queue\.<\/h2>.*<svg id="lanes">.*<svg id="small">.*Coarse\..*The same as a table/s,
  );
  assert.match(
    html,
    /LCP, page load<\/a><span>half within 1\u00a0s<\/span><span>wanted: p75<\/span>.*<\/figcaption><svg id="lcp">/,
  );
});

test('questions are answered above the figures; settings and words are explained below', () => {
  const html = page('PASS', ['All well.']);
  assert.ok(html.indexOf('<dt>Was anything lost?</dt>') < html.indexOf('<dt>Ledger</dt>'));
  assert.match(html, /<th scope="row">product<\/th><td data-head="Value">embedded, http/);
  assert.match(html, /<dt id="word-web-lcp">LCP, page load <small>web\.lcp<\/small><\/dt>/);
});

test('the heading of the objectives counts what is red, says what is for information, and judges nothing by a busy machine', () => {
  const folded = fold({
    run: sampleRun,
    records: { events: goodJourney(A), journal: goodJournal([A]), problems: [], torn: [] },
    expected: [A],
    objectives: [
      { metric: 'web.lcp', tags: {}, statistic: 'p75', bound: 'below', limit: 1 },
      { metric: 'web.inp', tags: {}, statistic: 'p75', bound: 'below', limit: 1000 },
      { metric: 'card.paint', tags: {}, statistic: 'p95', bound: 'below', limit: 1, advisory: true },
    ],
    endedAt: new Date(T0 + 74_000),
  });
  const of = (broken: string[]): string => {
    const summary: Summary = { ...folded.facts, verdict: 'FAIL', reasons: ['x'] };
    return renderPage({ summary, run: sampleRun, ...folded, broken, charts: NONE });
  };
  assert.match(of([]), />Objectives: 1 of 2 missed, and an advisory one missed besides</);
  assert.equal(of([]).split('class="short">missed').length - 1, 1);
  assert.match(of(['Late.']), />Objectives: not judged, for the machine was too busy</);
  assert.doesNotMatch(of(['Late.']), /class="(short|met)">(missed|met)/);
});

test('what came from a run cannot become markup', () => {
  const evil = '<img src=x onerror="alert(1)">&\'';
  const html = page('FAIL', [evil, evil], evil);
  assert.ok(!html.includes('<img'));
  assert.equal(html.split('&#60;img src=x onerror=&#34;alert(1)&#34;&#62;&#38;&#39;').length - 1, 2);
});

test('verdict first, every reason, every figure with its exact value, what is missing, and who', () => {
  const html = page('FAIL', ['One is lost.', 'Another too.']);
  assert.match(
    html,
    /<h1 class="FAIL"><svg[^>]*>.*<\/svg>FAIL<\/h1>\n<p class="lead">One is lost\.<\/p>\n<ul><li>Another too\.<\/li><\/ul>/,
  );
  assert.match(html, /LCP, page load<\/a><\/th><td class="few" colspan="6" title="240 ms">240\u00a0ms, once<\/td>/);
  assert.match(html, /<td class="short">1 of 2<\/td>/);
  assert.match(html, />upload: coffee<\/a><\/th>/);
  assert.match(html, /<th scope="row">analyst-02<\/th><td data-head="Journey">left no record<\/td>/);
});

test('objectives stand above the figures, and a figure with excluded samples shows both on hover, and all where most are in doubt', () => {
  const folded = fold({
    run: sampleRun,
    records: {
      events: [
        ...goodJourney(A),
        event('worker-0', 20_100, {
          type: 'health',
          source: 'worker',
          from: T0 + 19_000,
          to: T0 + 20_000,
          loopLagP95Ms: 80,
        }),
      ],
      journal: goodJournal([A]),
      problems: [],
      torn: [],
    },
    expected: [A],
    objectives: [{ metric: 'card.paint', tags: {}, statistic: 'p95', bound: 'below', limit: 17 }],
    endedAt: new Date(T0 + 74_000),
  });
  const summary: Summary = { ...folded.facts, verdict: 'FAIL', reasons: ['x'] };
  const html = renderPage({ summary, run: sampleRun, ...folded, charts: NONE });
  assert.ok(html.indexOf('>Objectives: ') < html.indexOf('<h3>Vitals</h3>'));
  assert.match(
    html,
    /p95 of card, frame arrived → painted<\/a><small>.*?<\/small><\/th><td data-head="wanted">below 17\u00a0ms<\/td><td data-head="actual" title="no sample">no sample<small>the only sample was taken while the machine was too busy: 20\u00a0ms<\/small><\/td><td data-head="outcome" class="short">missed<\/td>/,
  );
  assert.match(html, /title="20 ms">20\u00a0ms, once</);
  assert.match(html, /<td>1 of 1, 1 in doubt<\/td>/);
});
