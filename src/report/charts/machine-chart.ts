/** How busy the machine was, and how late the workers' event loops: the lower charts of a run over time. */
import { duration } from '../format.ts';
import type { Timeline } from '../timeline.ts';
import type { Axes } from './axes.ts';
import { ink } from './draw.ts';

const PARTS = [
  { part: 'product', what: 'the product', colour: ink.busy[0] },
  { part: 'generator', what: 'the browsers and Muster', colour: ink.busy[1] },
  { part: 'rest', what: 'everything else', colour: ink.busy[2] },
] as const;

/** Where the machine told nothing, the axis stands under an empty chart. */
export function machineCharts(
  { machine }: Pick<Timeline, 'machine'>,
  guardLagMs: number,
  { shape, seconds, width, suspects, bare, labelled }: Axes,
): object[] {
  const cpu = machine.flatMap((second) =>
    PARTS.map(({ part, what }, order) => ({ from: seconds(second.at), what, order, share: second[part] ?? 0 })),
  );
  const lag = machine.flatMap(({ at, loopLagMs }) =>
    loopLagMs === undefined ? [] : [{ from: seconds(at), lag: loopLagMs }],
  );
  return [
    {
      width,
      height: 72,
      title: 'Who used the machine’s processor',
      layer: [
        suspects(bare),
        {
          data: { values: cpu },
          // A process that ends is counted whole in its last second.
          mark: { type: 'area', interpolate: 'step-after', clip: true },
          encoding: {
            x: bare,
            y: {
              field: 'share',
              type: 'quantitative',
              stack: 'zero',
              scale: { domain: [0, 1] },
              axis: { title: null, format: '.0%', tickCount: 3 },
            },
            color: {
              field: 'what',
              type: 'nominal',
              scale: { domain: PARTS.map(({ what }) => what), range: PARTS.map(({ colour }) => colour) },
              legend: { columns: shape === 'wide' ? 3 : 1, labelLimit: 340 },
            },
            order: { field: 'order' },
          },
        },
      ],
    },
    {
      width,
      height: 72,
      title:
        shape === 'wide'
          ? 'How late the event loops of the browsers’ workers were'
          : 'How late the workers’ event loops were',
      layer: [
        suspects(labelled),
        {
          data: { values: lag },
          mark: { type: 'line', interpolate: 'step-after', color: ink.text, strokeWidth: 1 },
          encoding: {
            x: labelled,
            y: { field: 'lag', type: 'quantitative', axis: { title: 'ms', tickCount: 3 } },
          },
        },
        {
          data: { values: [{ guard: guardLagMs, says: `limit ${duration(guardLagMs)}` }] },
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
