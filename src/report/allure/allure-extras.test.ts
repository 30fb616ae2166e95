import assert from 'node:assert/strict';
import { test } from 'node:test';
import { allureExtras } from './allure-extras.ts';
import { fold } from '../fold.ts';
import { goodJournal, goodJourney, RUN_ID, sampleRun, T0 } from '../sample-run.testing.ts';

const A = 'analyst-01';
const { facts } = fold({
  run: sampleRun,
  records: { events: goodJourney(A), journal: goodJournal([A]), problems: [], torn: [] },
  expected: [A],
  endedAt: new Date(T0 + 74_000),
});
const files = allureExtras({ ...facts, verdict: 'FAIL', reasons: ['One is lost.\nC:\\x'] });

test('figures are there with title, unit and direction, those without a sample are left out', () => {
  const metrics = JSON.parse(files[`${RUN_ID}-perf.json`] ?? '') as Record<string, unknown>[];
  assert.deepEqual(
    metrics.find(({ key }) => key === 'web.lcp.p75'),
    {
      id: 'web.lcp.p75',
      key: 'web.lcp.p75',
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
});

test('the environment says which run it was and what became of it, a line each', () => {
  assert.match(files['environment.properties'] ?? '', /^Verdict=FAIL\nReason=One is lost\. C: x\n/m);
});

test('failures have kinds, and every failure has one', () => {
  const kinds = JSON.parse(files['categories.json'] ?? '') as { name: string; messageRegex: string }[];
  const kindOf = (message: string): string | undefined =>
    kinds.find(({ messageRegex }) => new RegExp(`^${messageRegex.replace('(?s)', '')}$`, 's').test(message))?.name;
  assert.equal(kindOf('The product refused the launch with 429\n(Too many requests)'), 'Rate limit');
  assert.equal(kindOf('Signing in as a@b.c failed: x'), 'Set-up');
  assert.equal(kindOf('the worker process that carried it was killed or crashed'), 'Generator');
  assert.equal(kindOf('"P" ended and shows "Error" instead of "Success".'), 'Product');
});
