import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from '../fold.ts';
import type { Charts } from './charts.ts';
import { renderPage } from './page.ts';
import { event, goodJournal, goodJourney, sampleRun, T0 } from '../sample-run.testing.ts';
import type { Summary } from '../summary.ts';

const A = 'analyst-01';

const NONE = { timeline: undefined, distributions: [] };

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
  assert.doesNotMatch(page('PASS', ['All well.']), /<script|<link|<img|@import|url\(|src=/i);
});

test('charts stand with a title that says what is to be seen, and as a table', () => {
  const html = page('PASS', ['All well.'], 'x', {
    timeline: '<svg id="lanes"></svg>',
    distributions: [{ metric: 'web.lcp', title: 'LCP: half within 1 s', svg: '<svg id="lcp"></svg>' }],
  });
  assert.match(
    html,
    /<h2>Who did what when: nobody waited in the queue\.<\/h2>.*<svg id="lanes">.*The same as a table/s,
  );
  assert.match(html, /<svg id="lcp"><\/svg><figcaption>LCP: half within 1 s<\/figcaption>/);
});

test('questions are answered above the figures; settings and words are explained below', () => {
  const html = page('PASS', ['All well.']);
  assert.ok(html.indexOf('<dt>Was anything lost?</dt>') < html.indexOf('<dt>Ledger</dt>'));
  assert.match(html, /<summary>Settings, versions, machine<\/summary>.*<td>product<\/td><td>embedded, http/s);
  assert.match(html, /<dt>LCP, page load \(web\.lcp\)<\/dt>/);
});

test('what came from a run cannot become markup', () => {
  const evil = '<img src=x onerror="alert(1)">&\'';
  const html = page('FAIL', [evil, evil], evil);
  assert.ok(!html.includes('<img'));
  assert.equal(html.split('&#60;img src=x onerror=&#34;alert(1)&#34;&#62;&#38;&#39;').length - 1, 3);
});

test('verdict first, every reason, every figure with its exact value, what is missing, and who', () => {
  const html = page('FAIL', ['One is lost.', 'Another too.']);
  assert.match(
    html,
    /<h1 class="FAIL"><svg[^>]*>.*<\/svg>FAIL<\/h1>\n<p class="lead">One is lost\.<\/p>\n<ul><li>Another too\.<\/li><\/ul>/,
  );
  assert.match(html, /<th scope="row">LCP, page load<\/th><td title="240 ms">240 ms<\/td>/);
  assert.match(html, /<td class="short">1 of 2<\/td>/);
  assert.match(html, /<th scope="row">upload: coffee<\/th>/);
  assert.match(html, /<td>analyst-02<\/td><td><\/td><td><\/td><td>left no record<\/td>/);
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
  assert.ok(html.indexOf('<h2>Objectives</h2>') < html.indexOf('<h2>Vitals</h2>'));
  assert.match(
    html,
    /<th scope="row">p95 of frame arrived → painted<\/th><td>below 17 ms<\/td><td title="no sample">no sample<\/td><td class="short">missed<\/td>/,
  );
  assert.match(html, /title="no sample; with those excluded: 20 ms">20 ms</);
  assert.match(html, /<td>1 of 1, 1 in doubt<\/td>/);
});
