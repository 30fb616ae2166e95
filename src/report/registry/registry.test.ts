import assert from 'node:assert/strict';
import { test } from 'node:test';
import { labelOf, METRICS, metricOf, statisticsOf } from './index.ts';

test('every metric is found by its name, and a family by each of its members', () => {
  for (const metric of METRICS) assert.equal(metricOf(metric.name), metric);
  assert.equal(metricOf('step.upload').name, 'step.<name>');
  assert.equal(labelOf('step.upload'), 'upload');
  assert.equal(labelOf('web.lcp'), 'LCP, page load');
  assert.equal(new Set(METRICS.map(({ name }) => name)).size, METRICS.length);
});

test('an unknown metric is an error that names those there are', () => {
  for (const name of ['web.lpc', 'step.', 'step', 'WEB.LCP', ''])
    assert.throws(() => metricOf(name), /There is no metric ".*"\. There are: web\.lcp, /);
});

test('a share has no percentiles', () => {
  assert.deepEqual(statisticsOf(metricOf('rate.errors')), ['mean']);
  assert.ok(statisticsOf(metricOf('web.lcp')).includes('p95'));
});
