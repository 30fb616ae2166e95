import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Distribution } from '../statistics/distribution.ts';
import { metricRowSchema, type SloRow } from '../summary.ts';
import { drawDistributions, type DrawnDistribution } from './distribution-chart.ts';

/** The chart of LCPs of 100, 200, … 1,000 ms, of which so many were taken while the generator was past a guard. */
async function chartOf(
  objective?: Pick<SloRow, 'limit' | 'pass'>,
  excluded = 0,
): Promise<DrawnDistribution | undefined> {
  const [kept, apart] = [new Distribution(), new Distribution()];
  for (let value = 1; value <= 10; value += 1) (value > 10 - excluded ? apart : kept).add(value * 100);
  const figures = { min: 100, p50: 500, p75: 800, p90: 900, p95: 1000, p99: 1000, max: 1000, mean: 550 };
  const row = metricRowSchema.parse({
    name: 'web.lcp',
    tags: {},
    unit: 'ms',
    expected: 10,
    count: kept.count,
    censored: 0,
    excluded,
    ...figures,
    ...(excluded === 0 ? {} : { all: figures }),
  });
  const slo: SloRow[] = objective
    ? [{ metric: 'web.lcp', tags: {}, statistic: 'p75', bound: 'atMost', actual: 800, ...objective }]
    : [];
  const [drawn] = await drawDistributions(
    new Map([['web.lcp', { kept, excluded: apart, byAnalyst: new Map() }]]),
    [row],
    slo,
  );
  return drawn;
}

test('what was wanted is drawn in where it fits, and said where it lies beyond the axis', async () => {
  const fits = await chartOf({ limit: 600, pass: false });
  assert.equal(fits?.wanted, 'wanted: p75 at most 600 ms');
  assert.match(fits.svg, /stroke="var\(--bad\)"[^>]*stroke-dasharray|stroke-dasharray[^>]*stroke="var\(--bad\)"/);
  const beyond = await chartOf({ limit: 5000, pass: true });
  assert.equal(beyond?.wanted, 'wanted: p75 at most 5.0 s, beyond the axis');
  assert.ok(!beyond.svg.includes('stroke-dasharray'));
  assert.equal((await chartOf())?.wanted, '');
});

test('where the curve is of samples in doubt, no colour says that the objective was met by them', async () => {
  const doubtful = await chartOf({ limit: 900, pass: true }, 8);
  assert.ok(doubtful?.svg.includes('stroke-dasharray') && !doubtful.svg.includes('var(--good)'));
});

test('charts of one kind come out in one size, however long their labels', async () => {
  const size = ({ svg }: DrawnDistribution): string | undefined => /viewBox="([^"]+)"/.exec(svg)?.[1]?.split(' ')[2];
  const charts = [await chartOf(), await chartOf({ limit: 2900, pass: true })];
  assert.equal(new Set(charts.map((each) => each && size(each))).size, 1);
});
