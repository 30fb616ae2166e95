import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fold } from './fold.ts';
import { renderPage } from './html.ts';
import { event, goodJournal, goodJourney, sampleRun, T0 } from './sample-run.testing.ts';

const A = 'analyst-01';

function page(verdict: 'PASS' | 'FAIL', reasons: string[], message = 'x'): string {
  const events = [...goodJourney(A), event(A, 5, { type: 'error', source: 'console', message })];
  const { facts, analysts, complaints } = fold({
    run: sampleRun,
    records: { events, journal: goodJournal([A]), problems: [], torn: [] },
    expected: [A, 'analyst-02'],
    endedAt: new Date(T0 + 74_000),
  });
  return renderPage({ summary: { ...facts, verdict, reasons }, analysts, complaints });
}

test('loads nothing and runs nothing', () => {
  assert.doesNotMatch(page('PASS', ['All well.']), /<script|<link|<img|@import|url\(|src=/i);
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
  const { facts, analysts, complaints } = fold({
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
  const html = renderPage({ summary: { ...facts, verdict: 'FAIL', reasons: ['x'] }, analysts, complaints });
  assert.ok(html.indexOf('<h2>Objectives</h2>') < html.indexOf('<h2>Vitals</h2>'));
  assert.match(
    html,
    /<th scope="row">p95 of frame arrived → painted<\/th><td>below 17 ms<\/td><td title="no sample">no sample<\/td><td class="short">missed<\/td>/,
  );
  assert.match(html, /title="no sample; with those excluded: 20 ms">20 ms</);
  assert.match(html, /<td>1 of 1, 1 in doubt<\/td>/);
});
