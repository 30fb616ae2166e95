/** What all charts over a run's time share: width, axis, and the shading of the seconds in which the generator was too busy. */
import type { Span, Timeline } from '../timeline.ts';
import { ink } from './draw.ts';

/** For a laptop, and for a phone or a narrow column. */
export type Shape = 'wide' | 'narrow';

export interface Axes {
  readonly shape: Shape;
  /** Pixels. */
  readonly width: number;
  /** From milliseconds since 1970 to seconds from the start line. */
  readonly seconds: (at: number) => number;
  readonly suspects: (axis: object) => object;
  /** Less is not seen: a mark is at least so long, milliseconds. */
  readonly leastMs: number;
  /** Of a chart that stands above another. */
  readonly bare: object;
  /** Of the lanes, and of the last one. */
  readonly labelled: object;
}

const WIDTH: Readonly<Record<Shape, number>> = { wide: 760, narrow: 290 };
const LEAST_PX: Readonly<Record<Shape, number>> = { wide: 2, narrow: 3 };

/** Seconds are counted from the start line, or else from the first step. */
export function originOf({ startedAt, from }: Timeline): number {
  return startedAt ?? from;
}

export function widthOf(shape: Shape): number {
  return WIDTH[shape];
}

/** `suspect`: as it is to be drawn. */
export function axesOf(timeline: Timeline, suspect: readonly Span[], shape: Shape): Axes {
  const seconds = (at: number): number => Math.round((at - originOf(timeline)) / 10) / 100;
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: { domain: [seconds(timeline.from), seconds(timeline.to)], nice: false },
  } as const;
  const tickCount = shape === 'wide' ? 12 : 5;
  const clock = new Date(originOf(timeline)).toISOString().slice(11, 19);
  const title = `seconds from the ${timeline.startedAt === undefined ? 'first step' : 'start line'}, ${clock} UTC`;
  return {
    shape,
    width: WIDTH[shape],
    leastMs: ((timeline.to - timeline.from) / WIDTH[shape]) * LEAST_PX[shape],
    seconds,
    suspects: (axis) => ({
      data: { values: suspect.map(({ from, to }) => ({ from: seconds(from), to: seconds(to) })) },
      mark: { type: 'rect', color: ink.suspect, clip: true },
      encoding: { x: axis, x2: { field: 'to' } },
    }),
    bare: { ...x, axis: { grid: true, labels: false, title: null, tickCount } },
    labelled: { ...x, axis: { grid: true, title, tickCount } },
  };
}
