/** Distributions, whole: which share of the samples was at most how long. An average would hide who waited. */
import type { TopLevelSpec } from 'vega-lite';
import type { Folded } from '../fold.ts';
import { isInDoubt, objectiveLine, samplesOf, shownFigures, showIn, titleOf } from '../sections.ts';
import type { Distribution } from '../statistics/distribution.ts';
import { metricOf } from '../registry/index.ts';
import type { MetricRow, SloRow } from '../summary.ts';
import { drawChart, ink } from './draw.ts';

/** Those that answer what people ask first, as far as there are samples. */
const METRICS = [
  'upload.whole',
  'stage.seen',
  'card.freshness',
  'card.arrival',
  'card.paint',
  'web.lcp',
  'soft.lcp',
  'web.inp',
  'soft.inp',
] as const;
/** Fewer samples make no distribution. */
const LEAST = 5;
/** A bound is drawn up to so many times the largest sample. */
const FURTHEST = 3;
const WIDTH = 224;
const HEIGHT = 120;
/** So many points draw any curve at this size. */
const POINTS = 160;

export interface DrawnDistribution {
  readonly metric: string;
  /** What is to be seen, without the metric's name. */
  readonly says: string;
  /** What was wanted of it; empty where nothing was. */
  readonly wanted: string;
  readonly svg: string;
}

/** One small chart a metric. `slo` are the objectives that the run was held to: their bound on a percentile is drawn in. */
export async function drawDistributions(
  samples: Folded['samples'],
  metrics: readonly MetricRow[],
  slo: readonly SloRow[],
): Promise<DrawnDistribution[]> {
  const drawn: DrawnDistribution[] = [];
  for (const name of METRICS) {
    const row = metrics.find((each) => each.name === name && Object.keys(each.tags).length === 0);
    if (row === undefined) continue;
    const own = samples.get(name);
    if (own === undefined) continue;
    // The samples of which the row shows the figures.
    const shown = isInDoubt(row) ? own.kept.merge(own.excluded) : own.kept;
    if (shown.count < LEAST) continue;
    const says = saysOf(row);
    const bound = slo.find((each) => each.metric === name && Object.keys(each.tags).length === 0);
    // A bound far beyond all samples would press them against the edge.
    const beyond = bound !== undefined && bound.limit > FURTHEST * (shown.percentiles([100])[0] ?? 0);
    const wanted = bound === undefined ? '' : `${wantedOf(bound)}${beyond ? ', beyond the axis' : ''}`;
    const spec = specOf(shown, row, beyond ? undefined : bound);
    drawn.push({ metric: name, says, wanted, svg: await drawChart(spec, `${titleOf(name)}: ${says}`, WIDTH) });
  }
  return drawn;
}

function saysOf(row: MetricRow): string {
  const show = showIn(row.unit);
  const { p50, p95 } = shownFigures(row);
  return `half within ${show(p50)}, 95 % within ${show(p95)} (${samplesOf(row)})`;
}

/** `wanted: p95 below 5.0 s`. */
function wantedOf(bound: SloRow): string {
  return `wanted: ${bound.statistic} ${objectiveLine(bound).wanted}`;
}

/** `bound` is drawn in. */
function specOf(samples: Distribution, row: MetricRow, bound: SloRow | undefined): TopLevelSpec {
  const show = showIn(row.unit);
  const marks = (['p50', 'p95'] as const).flatMap((name) => {
    const value = shownFigures(row)[name];
    return value === null ? [] : [{ value, share: Number(name.slice(1)) / 100, says: `${name} ${show(value)}` }];
  });
  const largest = samples.percentiles([100])[0] ?? 0;
  const most = Math.max(largest, bound?.limit ?? 0);
  /** Below the curve on its right there is room, above it on its left; above the top there is on both sides. */
  const beside = (value: number, share: number) =>
    share > 0.9
      ? ({ align: value > most / 2 ? 'right' : 'left', dx: value > most / 2 ? 4 : -4, dy: -13 } as const)
      : value > 0.6 * most
        ? ({ align: 'right', dx: -7, dy: -6 } as const)
        : ({ align: 'left', dx: 7, dy: 9 } as const);
  const x = {
    field: 'value',
    type: 'quantitative',
    scale: { domain: [0, most], nice: true },
    axis: {
      title: null,
      tickCount: 4,
      grid: false,
      labelFlush: false,
      labelExpr: "datum.value >= 1000 ? datum.value / 1000 + ' s' : datum.value + ' ms'",
    },
  } as const;
  const y = {
    field: 'share',
    type: 'quantitative',
    scale: { domain: [0, 1.2] },
    axis: { title: null, format: '.0%', values: [0, 0.5, 1] },
  } as const;
  return {
    width: WIDTH,
    height: HEIGHT,
    layer: [
      ...(bound === undefined ? [] : [boundLayer(bound, x, most, isInDoubt(row))]),
      {
        data: { values: curve(samples) },
        mark: { type: 'line', interpolate: 'step-after', color: ink.series[0], strokeWidth: 2 },
        encoding: { x, y },
      },
      {
        data: { values: marks },
        mark: { type: 'point', filled: true, color: ink.series[0], size: 40, opacity: 1 },
        encoding: { x, y },
      },
      ...marks.map((mark) => ({
        data: { values: [mark] },
        mark: { type: 'text', ...beside(mark.value, mark.share), color: ink.text },
        encoding: { x, y, text: { field: 'says', type: 'nominal' } },
      })),
    ],
  } as unknown as TopLevelSpec;
}

/** In doubt, the samples of the curve are others than those that the objective was judged by: no colour says how it ended. */
function boundLayer(bound: SloRow, x: object, most: number, inDoubt: boolean): object {
  const color = inDoubt ? ink.quiet : bound.pass ? ink.good : ink.bad;
  const right = bound.limit > most / 2;
  const says = `wanted: ${bound.statistic} ${showIn(metricOf(bound.metric).unit)(bound.limit)}`;
  return {
    data: { values: [{ value: bound.limit, says }] },
    encoding: { x },
    layer: [
      { mark: { type: 'rule', color, strokeDash: [4, 3] } },
      {
        mark: { type: 'text', align: right ? 'right' : 'left', dx: right ? -5 : 5, color },
        encoding: { y: { value: HEIGHT - 8 }, text: { field: 'says', type: 'nominal' } },
      },
    ],
  };
}

/** The curve at its quantiles: every sample where they are few. */
function curve(samples: Distribution): { value: number; share: number }[] {
  const points = samples.curve(POINTS);
  return [{ value: points[0]?.value ?? 0, share: 0 }, ...points];
}
