import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allureExtras, reportName } from './allure-extras.ts';
import { metricsOf } from './allure-metrics.ts';
import { CATEGORIES } from './categories.ts';
import { kindOf } from '../compare/likeness.ts';
import { fold } from '../fold.ts';
import { goodJournal, goodJourney, RUN_ID, sampleRun, T0 } from '../sample-run.testing.ts';

const A = 'analyst-01';
const { facts } = fold({
  run: sampleRun,
  records: { events: goodJourney(A), journal: goodJournal([A]), problems: [], torn: [] },
  expected: [A],
  endedAt: new Date(T0 + 74_000),
});
const failed = { ...facts, verdict: 'FAIL' as const, reasons: ['One is lost.\nC:\\x', 'And more.'] };
const files = allureExtras({
  summary: failed,
  run: sampleRun,
  page: '<p>report</p>',
  pictures: { taken: 20, leftOut: 3 },
});

test('figures are there with title, unit and direction, those without a sample are left out', () => {
  const metrics = JSON.parse(files[`${RUN_ID}-perf.json`] ?? '') as Record<string, unknown>[];
  const key = `C web.lcp.p75 ${kindOf(sampleRun)}`;
  assert.deepEqual(
    metrics.find((metric) => metric['key'] === key),
    {
      id: key,
      key,
      title: 'LCP, page load, p75',
      value: 240,
      unit: 'ms',
      group: 'Vitals',
      better: 'lower',
      start: T0,
      stop: T0 + 74_000,
    },
  );
  assert.ok(metrics.every(({ value }) => typeof value === 'number'));
  assert.deepEqual([...new Set(metrics.map(({ group }) => group))].slice(0, 3), ['Run', 'Vitals', 'Cards']);
});

test('only runs of one kind share a trend', () => {
  assert.equal(kindOf(sampleRun), kindOf({ ...sampleRun, runId: 'other' }));
  assert.notEqual(kindOf(sampleRun), kindOf({ ...sampleRun, analysts: sampleRun.analysts + 1 }));
  assert.notEqual(kindOf(sampleRun), kindOf({ ...sampleRun, settings: { ...sampleRun.settings, JOURNEY: 'browse' } }));
});

test('figures that say nothing of the product make no trend: those of an INVALID run, and those in doubt', () => {
  const titles = (summary: typeof facts & { verdict: 'PASS' | 'INVALID'; reasons: string[] }): string[] =>
    metricsOf(summary, 'kind').map(({ title }) => title);
  const passed = { ...facts, verdict: 'PASS' as const, reasons: ['x'] };
  assert.ok(titles(passed).includes('LCP, page load, p75'));
  const invalid = titles({ ...passed, verdict: 'INVALID' });
  assert.ok(!invalid.includes('LCP, page load, p75'));
  assert.ok(invalid.includes('projects completed'));
  const doubtful = passed.metrics.map((metric) =>
    metric.name === 'web.lcp' ? { ...metric, excluded: metric.count + 1, all: { ...metric, mean: null } } : metric,
  );
  const rest = titles({ ...passed, metrics: doubtful });
  assert.ok(!rest.includes('LCP, page load, p75'));
  assert.ok(rest.includes('FCP, page load, p75'));
});

test('the environment says which run it was, what became of it, and how many failures have no picture', () => {
  const environment = files['environment.properties'] ?? '';
  assert.match(environment, /^Verdict=FAIL\nReason=One is lost\. C: x\n/m);
  assert.match(environment, /^Pictures=of the first 20 failed journeys; 3 more have none$/m);
});

test('why the run did not pass is said of the whole, beside its own report', () => {
  const globals = JSON.parse(files[`${RUN_ID}-globals.json`] ?? '') as {
    attachments: { source: string }[];
    errors: { message: string }[];
  };
  assert.deepEqual(
    globals.errors.map(({ message }) => message),
    ['FAIL: One is lost.\nC:\\x', 'FAIL: And more.'],
  );
  assert.equal(files[globals.attachments[0]?.source ?? ''], '<p>report</p>');
  assert.equal(reportName(failed), `Muster ${RUN_ID} · FAIL · 1 analyst`);
});

test('failures have kinds, and every failure has one', () => {
  const kindOfFailure = (message: string): string | undefined =>
    CATEGORIES.find(({ matchers }) => new RegExp(matchers.message ?? '').test(message))?.name;
  assert.equal(kindOfFailure('The product refused the launch with 429\n(Too many requests)'), 'Rate limit');
  assert.equal(kindOfFailure('Signing in as a@b.c failed: x'), 'Set-up');
  assert.equal(kindOfFailure('the worker process that carried it was killed or crashed'), 'Generator');
  assert.equal(kindOfFailure('"P" ended and shows "Error" instead of "Success".'), 'Product defect');
});
