/** How busy the machine was, and how late the workers' event loops: the lower charts of a run over time. */
import type { Timeline } from '../timeline.ts';
import { ink } from './draw.ts';

export interface Axes {
  /** Pixels. */
  readonly width: number;
  readonly suspects: (axis: object) => object;
  readonly bare: object;
  readonly labelled: object;
}

/** Where the machine told nothing, the axis stands under an empty chart. */
export function machineCharts(
  { machine }: Timeline,
  guardLagMs: number,
  seconds: (at: number) => number,
  { width, suspects, bare, labelled }: Axes,
): object[] {
  const parts = ['generator', 'product', 'rest'] as const;
  const colours = { generator: ink.series[0], product: ink.series[1], rest: ink.series[3] };
  const cpu = machine.flatMap((second) =>
    parts.map((what) => ({ from: seconds(second.at), what, share: second[what] ?? 0 })),
  );
  const lag = machine.flatMap(({ at, loopLagMs }) =>
    loopLagMs === undefined ? [] : [{ from: seconds(at), lag: loopLagMs }],
  );
  return [
    {
      width,
      height: 72,
      layer: [
        suspects(bare),
        {
          data: { values: cpu },
          // A process that ends is counted whole in its last second.
          mark: { type: 'area', interpolate: 'step-before', clip: true },
          encoding: {
            x: bare,
            y: {
              field: 'share',
              type: 'quantitative',
              stack: 'zero',
              scale: { domain: [0, 1] },
              axis: { title: 'CPU', format: '.0%', tickCount: 3 },
            },
            color: {
              field: 'what',
              type: 'nominal',
              scale: { domain: [...parts], range: parts.map((part) => colours[part]) },
              legend: { columns: 3 },
            },
          },
        },
      ],
    },
    {
      width,
      height: 72,
      layer: [
        suspects(labelled),
        {
          data: { values: lag },
          mark: { type: 'line', interpolate: 'step-before', color: ink.text, strokeWidth: 1 },
          encoding: {
            x: labelled,
            y: { field: 'lag', type: 'quantitative', axis: { title: 'loop lag, ms', tickCount: 3 } },
          },
        },
        {
          data: { values: [{ guard: guardLagMs, says: 'guard' }] },
          encoding: { y: { field: 'guard', type: 'quantitative' } },
          layer: [
            { mark: { type: 'rule', color: ink.bad, strokeDash: [4, 3] } },
            {
              mark: { type: 'text', align: 'right', baseline: 'bottom', dx: -2, dy: -2 },
              encoding: { text: { field: 'says' }, x: { value: width } },
            },
          ],
        },
      ],
    },
  ];
}
