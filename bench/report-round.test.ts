import assert from 'node:assert/strict';
import { test } from 'node:test';
import { publishedTable } from './published.ts';
import { growth, reportPublication, type KeptRound } from './report-round.ts';

test('growth is the exponent: in proportion 1, squared 2, bounded 0', () => {
  const sizes = [1e4, 1e5, 1e6];
  for (const exponent of [0, 0.5, 1, 2])
    assert.ok(Math.abs((growth(sizes.map((n) => [n, 3 * n ** exponent])) ?? NaN) - exponent) < 1e-9);
  assert.equal(growth([[1e4, 5]]), undefined);
});

test('a row a size with medians and ranges, and how each figure grows', () => {
  const round = (size: number, foldMs: number): KeptRound => ({
    at: '2026-03-01T10:00:00.000Z',
    size,
    events: size,
    hours: size / 1e6,
    foldMs,
    summaryMs: 1,
    consoleMs: 1,
    markdownMs: 1,
    pageMs: 100,
    cpuS: 1,
    foldPeakMiB: 100,
    peakMiB: 150,
    heldMiB: 20,
    pageKiB: 600,
  });
  const rounds = [round(1e4, 900), round(1e4, 1000), round(1e4, 1400), round(1e6, 100_000), round(1e6, 100_000)];
  const publication = reportPublication(rounds, 'npm run bench:report');
  assert.equal(publication.rows[0]?.['events'], '10,000 (36 s)');
  assert.deepEqual(publication.rows[0]?.['foldS'], { value: 1, low: 0.9, high: 1.4 });
  assert.equal(publication.rows.at(-1)?.['foldS'], '1.00');
  assert.equal(publication.rows.at(-1)?.['peakMiB'], '0.00');
  assert.match(publishedTable(publication), /2 times each in turns/);
});
