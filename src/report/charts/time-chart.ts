/** The run over time: a lane for each analyst, the queue, and the machine, all above one axis. */
import type { TopLevelSpec } from 'vega-lite';
import { duration } from '../format.ts';
import type { Phase, Timeline } from '../timeline.ts';
import { drawChart, ink } from './draw.ts';
import { machineCharts } from './machine-chart.ts';

/** Of every chart over the run's time, in pixels. */
const WIDTH = 760;
const LANE_PX = 20;

const PHASES: Readonly<Record<Phase, { readonly word: string; readonly colour: string }>> = {
  queued: { word: 'in the queue', colour: ink.series[1] },
  running: { word: 'computing', colour: ink.series[0] },
  review: { word: 'waiting for review', colour: ink.series[2] },
  reconnecting: { word: 'connection lost', colour: ink.bad },
};
const phaseColours = {
  domain: Object.values(PHASES).map(({ word }) => word),
  range: Object.values(PHASES).map(({ colour }) => colour),
};
const STEP = 'the analyst’s steps';
const FAILED = 'step that failed';

/** What the chart says, in a sentence or two: it stands above the chart, and for those who do not see it, for the chart. */
export function timeTitle(timeline: Timeline): string {
  const waits = timeline.lanes.flatMap(({ analyst, phases }) =>
    phases.filter(({ phase }) => phase === 'queued').map(({ from, to }) => ({ analyst, ms: to - from })),
  );
  const longest = waits.reduce((most, wait) => (wait.ms > most.ms ? wait : most), { analyst: '', ms: 0 });
  const most = timeline.depths.reduce((deepest, { queued }) => Math.max(deepest, queued), 0);
  if (most === 0 || longest.ms < 1000) return 'Who did what when: nobody waited in the queue.';
  const last = timeline.depths.findLast(({ queued }) => queued > 0);
  const empty = last && timeline.depths.find(({ at }) => at > last.at);
  return `Who did what when: up to ${most} ${most === 1 ? 'run' : 'runs'} waited in the queue, ${longest.analyst} the longest (${duration(longest.ms)})${
    empty ? `; it was empty after ${duration(empty.at - origin(timeline))}` : ''
  }.`;
}

/** Seconds are counted from the start line, or else from the first step. */
function origin({ startedAt, from }: Timeline): number {
  return startedAt ?? from;
}

/** `guardLagMs`: from which delay of a worker's event loop on a second is suspect. */
export async function drawTimeline(timeline: Timeline, guardLagMs: number): Promise<string> {
  return drawChart(specOf(timeline, guardLagMs), timeTitle(timeline));
}

function specOf(timeline: Timeline, guardLagMs: number): TopLevelSpec {
  const seconds = (at: number): number => Math.round((at - origin(timeline)) / 10) / 100;
  const x = {
    field: 'from',
    type: 'quantitative',
    scale: { domain: [seconds(timeline.from), seconds(timeline.to)], nice: false },
  } as const;
  const bare = { ...x, axis: { grid: true, labels: false, title: null } } as const;
  const labelled = { ...x, axis: { grid: true, title: 'seconds from the start line' } } as const;
  const suspects = (axis: object) => ({
    data: { values: timeline.suspect.map(({ from, to }) => ({ from: seconds(from), to: seconds(to) })) },
    mark: { type: 'rect', color: ink.suspect, clip: true },
    encoding: { x: axis, x2: { field: 'to' } },
  });
  return {
    spacing: 12,
    vconcat: [
      {
        width: WIDTH,
        height: { step: LANE_PX, for: 'position' },
        layer: [
          suspects(bare),
          {
            data: { values: bars(timeline, seconds) },
            mark: { type: 'bar' },
            encoding: {
              x: bare,
              x2: { field: 'to' },
              y: { field: 'lane', type: 'nominal', sort: null, axis: { title: null, grid: false, labelLimit: 180 } },
              yOffset: { field: 'row', type: 'nominal', scale: { domain: ['product', 'analyst'], paddingInner: 0.2 } },
              color: {
                field: 'what',
                type: 'nominal',
                scale: laneColours(timeline),
                legend: { columns: 6, labelLimit: 200 },
              },
              description: { field: 'says', type: 'nominal' },
            },
          },
        ],
      },
      {
        width: WIDTH,
        height: 72,
        layer: [
          suspects(bare),
          {
            data: { values: depthRows(timeline, seconds) },
            mark: { type: 'area', interpolate: 'step-after' },
            encoding: {
              x: bare,
              y: {
                field: 'count',
                type: 'quantitative',
                stack: 'zero',
                axis: { title: 'runs', tickMinStep: 1, tickCount: 3 },
              },
              color: { field: 'what', type: 'nominal', scale: phaseColours, legend: null },
              order: { field: 'order' },
            },
          },
        ],
      },
      ...machineCharts(timeline, guardLagMs, seconds, { width: WIDTH, suspects, bare, labelled }),
    ],
    resolve: { scale: { color: 'independent' } },
  } as unknown as TopLevelSpec;
}

/** What does not occur is not explained. */
function laneColours({ lanes }: Timeline): { domain: string[]; range: string[] } {
  const seen = new Set<string>(lanes.flatMap(({ phases }) => phases.map(({ phase }) => PHASES[phase].word)));
  const failed = lanes.some(({ steps }) => steps.some(({ outcome }) => outcome !== 'ok'));
  const shown = Object.values(PHASES).filter(({ word }) => seen.has(word));
  return {
    domain: [...shown.map(({ word }) => word), STEP, ...(failed ? [FAILED] : [])],
    range: [...shown.map(({ colour }) => colour), ink.step, ...(failed ? [ink.bad] : [])],
  };
}

function bars(timeline: Timeline, seconds: (at: number) => number): object[] {
  return timeline.lanes.flatMap(({ analyst, bundle, outcome, steps, phases }) => {
    const lane = `${analyst}${outcome === 'ok' ? '' : ' ✕'}`;
    const about = `${analyst}${bundle === undefined ? '' : `, ${bundle}`}`;
    return [
      ...phases.map(({ phase, from, to }) => ({
        lane,
        row: 'product',
        what: PHASES[phase].word,
        from: seconds(from),
        to: seconds(to),
        says: `${about}: ${PHASES[phase].word}, ${duration(to - from)}`,
      })),
      ...steps.map(({ name, from, to, outcome: end }) => ({
        lane,
        row: 'analyst',
        what: end === 'ok' ? STEP : FAILED,
        from: seconds(from),
        to: seconds(to),
        says: `${about}: ${name}, ${duration(to - from)}${end === 'ok' ? '' : `, ${end}`}`,
      })),
    ];
  });
}

function depthRows(timeline: Timeline, seconds: (at: number) => number): object[] {
  return timeline.depths.flatMap((depth) =>
    (['running', 'queued', 'review'] as const).map((phase, order) => ({
      from: seconds(depth.at),
      count: depth[phase],
      what: PHASES[phase].word,
      order,
    })),
  );
}

/** The same as a table, for whoever cannot see the chart or wants figures. */
export function timeTable(timeline: Timeline): {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const total = (spans: readonly { readonly from: number; readonly to: number }[]): string =>
    spans.length === 0 ? '–' : duration(spans.reduce((sum, { from, to }) => sum + to - from, 0));
  return {
    heads: [
      'Analyst',
      'Bundle',
      'At work',
      'In the queue',
      'Computing',
      'Waiting for review',
      'Connection lost',
      'Longest step',
    ],
    rows: timeline.lanes.map(({ analyst, bundle = '', steps, phases }) => {
      const of = (wanted: Phase) => phases.filter(({ phase }) => phase === wanted);
      const longest = steps.reduce<(typeof steps)[number] | undefined>(
        (most, step) => (most === undefined || step.to - step.from > most.to - most.from ? step : most),
        undefined,
      );
      return [
        analyst,
        bundle,
        total(steps),
        total(of('queued')),
        total(of('running')),
        total(of('review')),
        total(of('reconnecting')),
        longest === undefined ? '–' : `${longest.name}, ${duration(longest.to - longest.from)}`,
      ];
    }),
  };
}
