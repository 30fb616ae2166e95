/** The run over time: a lane for each analyst, the queue, and the machine, all above one axis. */
import type { TopLevelSpec } from 'vega-lite';
import { duration } from '../format.ts';
import { longestIn, totalIn, MOST_IN_LANE, type Phase, type Timeline } from '../timeline.ts';
import { axesOf, originOf, widthOf, type Axes, type Shape } from './axes.ts';
import { drawChart, ink } from './draw.ts';
import { machineCharts } from './machine-chart.ts';
import { bounded, inColumns, jointNote, MOST_MARKS, type Mark } from './marks.ts';
import { queueCharts } from './queue-chart.ts';

/** Pixels. */
const LANE_PX: Readonly<Record<Shape, number>> = { wide: 22, narrow: 24 };

const PHASES: Readonly<Record<Phase, { readonly word: string; readonly colour: string }>> = {
  queued: { word: 'in the queue', colour: ink.series[1] },
  running: { word: 'computing', colour: ink.series[0] },
  review: { word: 'waiting for review', colour: ink.series[2] },
  reconnecting: { word: 'connection lost', colour: ink.bad },
};
/** So many columns fit. */
const LEGEND: Readonly<Record<Shape, object>> = {
  wide: { columns: 4, labelLimit: 200 },
  narrow: { columns: 2, labelLimit: 200, labelFontSize: 11, columnPadding: 4 },
};
const STEP = 'the analyst’s steps';
const FAILED = 'step that failed';
const BUSY = 'machine too busy';

/** What the chart says, in a sentence or two: it stands above the chart, and for those who do not see it, for the chart. */
export function timeTitle(timeline: Timeline): string {
  const longest = longestIn(timeline.lanes, 'queued');
  const most = timeline.depths.reduce((deepest, { queued }) => Math.max(deepest, queued), 0);
  const slots = timeline.depths.reduce((highest, { running }) => Math.max(highest, running), 0);
  const computed = slots === 0 ? '' : `; at most ${slots} computed at once`;
  if (most === 0 || longest === undefined || longest.ms < 1000)
    return `Who did what when: nobody waited long in the queue${computed}.`;
  const last = timeline.depths.findLast(({ queued }) => queued > 0);
  const empty = last && timeline.depths.find(({ at }) => at > last.at);
  return `Who did what when: up to ${most} ${most === 1 ? 'project' : 'projects'} waited in the queue, ${longest.lane.analyst}’s the longest (${duration(longest.ms)} in all)${
    empty ? `; the last of them left it ${duration(empty.at - originOf(timeline))} after the start line` : ''
  }${computed}.`;
}

/** The run over time for a laptop and for a phone, and what was drawn coarsely because there was too much of it. */
export interface DrawnTimeline {
  readonly wide: string;
  readonly narrow: string;
  readonly note: string;
}

/** `guardLagMs`: from which delay of a worker's event loop on a second is suspect. */
export async function drawTimeline(timeline: Timeline, guardLagMs: number): Promise<DrawnTimeline> {
  const title = timeTitle(timeline);
  const wide = specOf(timeline, guardLagMs, 'wide');
  const narrow = specOf(timeline, guardLagMs, 'narrow');
  return {
    wide: await drawChart(wide.spec, title, widthOf('wide')),
    narrow: await drawChart(narrow.spec, title, widthOf('narrow')),
    note: wide.note,
  };
}

function specOf(timeline: Timeline, guardLagMs: number, shape: Shape): { spec: TopLevelSpec; note: string } {
  const columns = inColumns(timeline, widthOf(shape));
  const axes = axesOf(timeline, columns.suspect, shape);
  const { width, suspects, labelled } = axes;
  const pixelMs = (timeline.to - timeline.from) / width;
  const spans = spansOf(timeline);
  const ofRow = (row: LaneSpan['row'], most: number) =>
    bounded(
      spans.filter((span) => span.row === row),
      pixelMs,
      most,
    );
  const drawn = [ofRow('product', MOST_MARKS.phases), ofRow('analyst', MOST_MARKS.steps)];
  const lanes = {
    width,
    height: { step: LANE_PX[shape], for: 'position' },
    layer: [
      suspects(labelled),
      {
        data: { values: shortestLast(drawn.flatMap(({ marks }) => marks)).map((mark) => barOf(mark, axes)) },
        mark: { type: 'bar' },
        encoding: {
          x: labelled,
          x2: { field: 'to' },
          y: {
            field: 'lane',
            type: 'nominal',
            sort: null,
            scale: { domain: timeline.lanes.map(laneName) },
            axis: laneAxis(timeline, shape),
          },
          yOffset: { field: 'row', type: 'nominal', scale: { domain: ['product', 'analyst'], paddingInner: 0.2 } },
          color: {
            field: 'what',
            type: 'nominal',
            scale: laneColours(timeline),
            legend: LEGEND[shape],
          },
          description: { field: 'says', type: 'nominal' },
        },
      },
    ],
  };
  const spec = {
    spacing: 12,
    vconcat: [lanes, ...queueCharts(columns.depths, axes), ...machineCharts(columns, guardLagMs, axes)],
    resolve: { scale: { color: 'independent' } },
  } as unknown as TopLevelSpec;
  return { spec, note: [jointNote(drawn, pixelMs), leftOutNote(timeline)].filter((said) => said !== '').join(' ') };
}

/** Empty where nothing was left out. */
function leftOutNote({ lanes }: Timeline): string {
  const count = lanes.reduce((sum, { leftOut }) => sum + (leftOut?.count ?? 0), 0);
  return count === 0
    ? ''
    : `Of so long a run the ${MOST_IN_LANE.toLocaleString('en-GB')} longest of each kind are kept for an analyst: ${count.toLocaleString('en-GB')} shorter bars are not drawn, and are in the table’s sums.`;
}

/** What does not occur is not explained. */
function laneColours({ lanes, suspect }: Timeline): { domain: string[]; range: string[] } {
  const seen = new Set<string>(lanes.flatMap(({ phases }) => phases.map(({ phase }) => PHASES[phase].word)));
  const failed = lanes.some(({ steps }) => steps.some(({ outcome }) => outcome !== 'ok'));
  const shown = Object.values(PHASES).filter(({ word }) => seen.has(word));
  const all = [
    ...shown,
    { word: STEP, colour: ink.step },
    ...(failed ? [{ word: FAILED, colour: ink.bad }] : []),
    ...(suspect.length > 0 ? [{ word: BUSY, colour: ink.suspect }] : []),
  ];
  return { domain: all.map(({ word }) => word), range: all.map(({ colour }) => colour) };
}

/** Where it is narrow, what all names begin with is said once, and the lanes have the room. */
function laneAxis({ lanes }: Timeline, shape: Shape): object {
  const [first = '', ...others] = lanes.map(({ analyst }) => analyst);
  const common = /^.*\D(?=\d+$)/.exec(first)?.[0] ?? '';
  const told = common !== '' && others.length > 0 && others.every((analyst) => analyst.startsWith(common));
  return shape === 'wide' || !told
    ? { title: null, grid: false, labelLimit: shape === 'wide' ? 180 : 92 }
    : { title: common.replace(/\W+$/, ''), grid: false, labelExpr: `slice(datum.label, ${common.length})` };
}

function laneName({ analyst, outcome }: Timeline['lanes'][number]): string {
  return `${analyst}${outcome === 'ok' ? '' : ' ✕'}`;
}

interface LaneSpan {
  readonly key: string;
  readonly from: number;
  readonly to: number;
  readonly lane: string;
  readonly row: 'product' | 'analyst';
  readonly what: string;
  /** Whose and which, without its duration. */
  readonly about: string;
}

function spansOf(timeline: Timeline): LaneSpan[] {
  return timeline.lanes.flatMap((each) => {
    const { analyst, bundle, steps, phases } = each;
    const lane = laneName(each);
    const about = `${analyst}${bundle === undefined ? '' : `, ${bundle}`}`;
    const span = (row: LaneSpan['row'], what: string, from: number, to: number, name: string): LaneSpan => ({
      key: `${lane} ${row} ${what}`,
      from,
      to,
      lane,
      row,
      what,
      about: `${about}: ${name}`,
    });
    return [
      ...phases.map(({ phase, from, to }) => span('product', PHASES[phase].word, from, to, PHASES[phase].word)),
      ...steps.map(({ name, from, to, outcome }) =>
        span('analyst', outcome === 'ok' ? STEP : FAILED, from, to, outcome === 'ok' ? name : `${name} (${outcome})`),
      ),
    ];
  });
}

/** A short one is drawn longer than it was, so that it is seen: it lies above what follows it. */
function shortestLast<T extends Mark>(marks: readonly T[]): readonly T[] {
  return [...marks].sort((one, other) => other.to - other.from - (one.to - one.from));
}

function barOf({ lane, row, what, from, to, about, count }: LaneSpan & Mark, { seconds, leastMs }: Axes): object {
  const more = count === 1 ? '' : ` and ${count - 1} more`;
  return {
    lane,
    row,
    what,
    from: seconds(from),
    to: seconds(Math.max(to, from + leastMs)),
    says: `${about}${more}, ${duration(to - from)}`,
  };
}

/** The same as a table, for whoever cannot see the chart or wants figures. */
export function timeTable(timeline: Timeline): {
  readonly heads: readonly string[];
  readonly rows: readonly (readonly string[])[];
} {
  const total = (ms: number): string => (ms === 0 ? '–' : duration(ms));
  return {
    heads: ['Analyst', 'Bundle', 'At work', 'In the queue', 'Computing', 'Review', 'Connection lost', 'Longest step'],
    rows: timeline.lanes.map((lane) => {
      const { analyst, bundle = '', steps, leftOut } = lane;
      const during = (wanted: Phase) => total(totalIn(lane, wanted));
      const longest = steps.reduce<(typeof steps)[number] | undefined>(
        (most, step) => (most === undefined || step.to - step.from > most.to - most.from ? step : most),
        undefined,
      );
      return [
        analyst,
        bundle,
        total(steps.reduce((sum, { from, to }) => sum + to - from, leftOut?.steps ?? 0)),
        during('queued'),
        during('running'),
        during('review'),
        during('reconnecting'),
        longest === undefined ? '–' : `${longest.name}, ${duration(longest.to - longest.from)}`,
      ];
    }),
  };
}
