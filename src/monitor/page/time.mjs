/**
 * What is shown over time: one axis, the depths of the queue, and a strip for each analyst, all on the same scale.
 * @typedef {import('../run-watch.ts').Shown} Shown
 * @typedef {import('../../report/live/picture.ts').LiveAnalyst} LiveAnalyst
 * @typedef {import('../../report/live/pipeline.ts').Depth} Depth
 */
import { counted, drawn, element, lasting, made, put } from './words.mjs';

/** Widths of every drawing, in its own units; it is stretched to its place. */
const WIDE = 1000;
/** While a run lasts the axis grows by leaps, so that not everything moves all the time. Seconds. */
const SPANS = [60, 120, 180, 300, 450, 600, 900];
const STEPS = [15, 30, 60, 120, 300];
const LAYERS = /** @type {const} */ (['running', 'queued', 'review']);
const NAMES = { running: 'computing', queued: 'in the queue', review: 'waiting for review' };

/**
 * From and to, milliseconds since 1970, and where a moment is on the axis.
 * @param {Shown} now
 */
export function scaleOf({ at, state, picture: { from } }) {
  const seconds = (at - from) / 1000;
  const span = state === 'under-way' ? (SPANS.find((each) => each >= seconds) ?? seconds) : Math.max(1, seconds);
  const to = from + span * 1000;
  const x = (/** @type {number} */ moment) =>
    (WIDE * (Math.min(Math.max(moment, from), to) - from)) / Math.max(1, to - from);
  return { from, to, now: at, x };
}
/** @typedef {ReturnType<typeof scaleOf>} Scale */

/**
 * @param {Scale} scale
 * @param {number} startedAt
 */
export function showAxis({ from, to, x }, startedAt) {
  const seconds = (to - from) / 1000;
  const step = STEPS.find((each) => seconds / each <= 6) ?? 600;
  const first = Math.ceil((from - startedAt) / 1000 / step) * step;
  const ticks = [];
  for (let second = first; startedAt + second * 1000 < to; second += step) {
    const tick = made('span', `${Math.floor(second / 60)}:${String(second % 60).padStart(2, '0')}`);
    tick.style.left = `${x(startedAt + second * 1000) / 10}%`;
    ticks.push(tick);
  }
  element('axis').replaceChildren(...ticks);
}

/**
 * Areas on each other, as steps: from each change to the next.
 * @param {Shown} now
 * @param {Scale} scale
 */
export function showDepths({ picture: { pipeline }, state }, scale) {
  const { depths, known } = pipeline;
  const most = Math.max(1, known ?? 0, ...depths.map(({ queued, running, review }) => queued + running + review));
  const last = depths.at(-1);
  const longest = Math.max(0, ...depths.map(({ queued }) => queued));
  const nowWords = LAYERS.map((layer) => `${last?.[layer] ?? 0} ${NAMES[layer]}`).join(', ');
  put(element('depth-now'), last === undefined ? 'none yet' : state === 'over' ? '' : `by the last word: ${nowWords}`);
  put(element('depth-most'), last === undefined ? '' : `up to ${most} at once, up to ${longest} in the queue`);
  const y = (/** @type {number} */ count) => 100 - (96 * count) / most;
  const svg = drawn(
    'svg',
    {
      viewBox: `0 0 ${WIDE} 100`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': `Runs over time. Now: ${last === undefined ? 'none' : nowWords}. At most ${counted(most, 'run')} at once, ${longest} in the queue.`,
    },
    LAYERS.map((layer, place) =>
      drawn('path', { class: layer, d: area(depths, layer, LAYERS.slice(0, place), scale, y) }),
    ),
  );
  if (known !== undefined) svg.append(drawn('line', { class: 'slots', x1: 0, x2: WIDE, y1: y(known), y2: y(known) }));
  element('depths').replaceChildren(svg);
}

/**
 * @param {readonly Depth[]} depths
 * @param {typeof LAYERS[number]} layer
 * @param {readonly (typeof LAYERS[number])[]} below
 * @param {Scale} scale
 * @param {(count: number) => number} y
 */
function area(depths, layer, below, scale, y) {
  return depths
    .map((depth, place) => {
      if (depth[layer] === 0) return '';
      const base = below.reduce((sum, each) => sum + depth[each], 0);
      const [left, right] = [scale.x(depth.at), scale.x(depths[place + 1]?.at ?? scale.now)];
      const [low, high] = [y(base).toFixed(1), y(base + depth[layer]).toFixed(1)];
      return `M${left.toFixed(1)},${low}H${right.toFixed(1)}V${high}H${left.toFixed(1)}Z`;
    })
    .join('');
}

/** Each phase has a shape of its own besides its colour: a full bar, a line in the middle, two lines at the edges. */
const SHAPES = {
  running: [[0, 12]],
  queued: [[4, 4]],
  review: [
    [0, 3],
    [9, 3],
  ],
};

/**
 * @param {LiveAnalyst} analyst
 * @param {Scale} scale
 */
export function strip({ startedAt, finishedAt, phases }, scale) {
  const bar = (
    /** @type {string} */ name,
    /** @type {number} */ from,
    /** @type {number} */ to,
    /** @type {readonly number[]} */ [top = 0, high = 0],
  ) =>
    drawn('rect', {
      class: name,
      x: scale.x(from).toFixed(1),
      width: Math.max(1, scale.x(to) - scale.x(from)).toFixed(1),
      y: top,
      height: high,
    });
  const work = startedAt === undefined ? [] : [bar('work', startedAt, finishedAt ?? scale.now, [5.5, 1])];
  const bars = phases.flatMap(({ phase, from, to = scale.now }) =>
    SHAPES[phase].map((shape) => bar(phase, from, to, shape)),
  );
  const words = phases.map(({ phase, from, to = scale.now }) => `${NAMES[phase]} ${lasting(to - from)}`);
  return drawn(
    'svg',
    {
      viewBox: `0 0 ${WIDE} 12`,
      preserveAspectRatio: 'none',
      role: 'img',
      'aria-label': words.length === 0 ? 'no run yet' : words.join(', then '),
    },
    [...work, ...bars],
  );
}
