import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metricRowSchema, type MetricRow } from '../summary.ts';
import { metricTableOf } from './figure-table.ts';

/** A row of samples; `excluded` were taken while the generator was past a guard. */
function rowOf(kept: readonly number[], excluded: readonly number[] = [], more: Partial<MetricRow> = {}): MetricRow {
  const figures = (values: readonly number[]) => {
    const sorted = [...values].sort((one, other) => one - other);
    const at = (share: number) => sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? null;
    return {
      min: at(0),
      p50: at(0.5),
      p75: at(0.75),
      p90: at(0.9),
      p95: at(0.95),
      p99: at(0.99),
      max: at(1),
      mean: null,
    };
  };
  return metricRowSchema.parse({
    name: 'step.launch',
    tags: {},
    unit: 'ms',
    expected: kept.length + excluded.length,
    count: kept.length,
    censored: 0,
    excluded: excluded.length,
    ...figures(kept),
    ...(excluded.length === 0 ? {} : { all: figures([...kept, ...excluded]) }),
    ...more,
  });
}

const cells = (row: MetricRow): string =>
  metricTableOf([row], 'Steps')
    .replaceAll('\u00a0', ' ')
    .replace(/^.*<tbody>.*?<\/th>/, '')
    .replace(/ title="[^"]*"/g, '')
    .replace(/<\/tr>.*/, '');

test('so few samples that they have no percentiles are told as they are, once', () => {
  const few = (text: string, samples: string) => `<td class="few" colspan="6">${text}</td><td>${samples}</td>`;
  assert.equal(cells(rowOf([1300])), few('1.3 s, once', '1 of 1'));
  assert.equal(cells(rowOf([20, 10])), few('10 ms and 20 ms', '2 of 2'));
  assert.equal(cells(rowOf([30, 10, 20])), few('10 ms, 20 ms and 30 ms', '3 of 3'));
  assert.equal(cells(rowOf([8, 8, 8])), few('8 ms each time', '3 of 3'));
  assert.match(cells(rowOf([1, 2, 3, 4])), /^<td>2 ms<\/td><td>3 ms<\/td>.*<td>4 ms<\/td><td>4 of 4<\/td>$/);
});

test('figures with the excluded samples stand below those without, where they are others: nobody has to point at them', () => {
  const slower = cells(rowOf([10, 20, 30, 40], [900]));
  assert.match(slower, /^<td>20 ms<small>30 ms<\/small><\/td>.*<td>40 ms<small>900 ms<\/small><\/td>/);
  assert.match(slower, /1 excluded<small>with those<\/small><\/td>$/);
  assert.ok(!cells(rowOf([10, 10, 10, 10], [10])).includes('<small>'));
  assert.match(cells(rowOf([10], [30])), /10 ms, once<small>with those excluded: 10 ms and 30 ms<\/small>/);
});

test('samples that should be there and are not are marked, with the reason', () => {
  const row = rowOf([10, 20, 30, 40], [], { expected: 6, missingBecause: ['two <never> came'] });
  assert.match(cells(row), /<td class="short">4 of 6<\/td>$/);
  assert.ok(metricTableOf([row], 'Steps').includes('<small>two &#60;never&#62; came</small></th>'));
});
