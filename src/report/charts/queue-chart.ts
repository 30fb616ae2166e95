/** How many projects computed, waited for their turn and waited for a person, over time: where a product's slots are the bottleneck, the middle one grows. */
import type { QueueDepth } from '../timeline.ts';
import type { Axes } from './axes.ts';
import { ink } from './draw.ts';

const ROWS = [
  { phase: 'running', title: 'in slots', colour: ink.series[0] },
  { phase: 'queued', title: 'queue', colour: ink.series[1] },
  { phase: 'review', title: 'review', colour: ink.series[2] },
] as const;

/** One small chart each. The slots that were in use at most are a line: more than that, nobody saw the product compute at once. */
export function queueCharts(depths: readonly QueueDepth[], { seconds, width, suspects, bare }: Axes): object[] {
  return ROWS.flatMap(({ phase, title, colour }) => {
    const most = depths.reduce((high, depth) => Math.max(high, depth[phase]), 0);
    if (most === 0) return [];
    const rows = depths.map((depth) => ({ from: seconds(depth.at), count: depth[phase] }));
    return [
      {
        width,
        height: 44,
        layer: [
          suspects(bare),
          {
            data: { values: rows },
            mark: { type: 'area', interpolate: 'step-after', color: colour },
            encoding: {
              x: bare,
              y: {
                field: 'count',
                type: 'quantitative',
                scale: { domain: [0, most] },
                axis: { title, values: [0, most], format: 'd' },
              },
            },
          },
          ...(phase === 'running' ? [slotLine(most)] : []),
        ],
      },
    ];
  });
}

function slotLine(most: number): object {
  return {
    data: { values: [{ most }] },
    mark: { type: 'rule', color: ink.quiet, strokeDash: [2, 2] },
    encoding: { y: { field: 'most', type: 'quantitative' } },
  };
}
