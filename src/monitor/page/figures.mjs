/**
 * The figures, in groups: label, value, and whether it is a matter of concern.
 * @typedef {import('../run-watch.ts').Shown} Shown
 * @typedef {readonly [label: string, value: string, concern?: boolean]} Row
 */
import { bytes, duration, element, made, put, share } from './words.mjs';

/** @type {Map<string, { row: HTMLElement, label: HTMLElement, value: HTMLElement }>} */
const shown = new Map();
/** @type {Map<string, HTMLElement>} */
const groups = new Map();

/** @param {Shown} now */
export function showFigures(now) {
  for (const [title, rows] of [
    ['Analysts', people(now)],
    ['Projects', projects(now)],
    ['Pages', pages(now)],
    ['Connections', connections(now)],
    ['Generator', generator(now)],
  ])
    showGroup(String(title), /** @type {readonly Row[]} */ (rows));
}

/**
 * @param {string} title
 * @param {readonly Row[]} rows
 */
function showGroup(title, rows) {
  const list = groups.get(title) ?? addGroup(title);
  rows.forEach(([label, value, concern = false], place) => {
    const key = `${title} ${place}`;
    const found = shown.get(key) ?? addRow(list, key);
    put(found.label, label);
    // Not by colour alone.
    put(found.value, concern ? `! ${value}` : value);
    found.row.className = concern ? 'concern' : '';
  });
}

/** @param {string} title */
function addGroup(title) {
  const group = made('div', '', 'group');
  const list = made('dl');
  group.append(made('h2', title), list);
  element('figures').append(group);
  groups.set(title, list);
  return list;
}

/**
 * @param {HTMLElement} list
 * @param {string} key
 */
function addRow(list, key) {
  const [row, label, value] = [made('div'), made('dt'), made('dd')];
  row.append(label, value);
  list.append(row);
  const found = { row, label, value };
  shown.set(key, found);
  return found;
}

/**
 * @param {Shown} now
 * @returns {readonly Row[]}
 */
function people({ analysts, picture: { counts } }) {
  return [
    ['signed in', `${counts.signedIn} of ${analysts}`],
    ['at work', String(counts.atWork)],
    ['finished', String(counts.finished)],
    ['failed', String(counts.failed), counts.failed > 0],
  ];
}

/**
 * @param {Shown} now
 * @returns {readonly Row[]}
 */
function projects({ picture: { counts, projects: each, meanDurationMs } }) {
  return [
    ['launched', String(counts.launched)],
    ['completed', String(each.completed)],
    ['failed or cancelled', String(each.failed + each.cancelled), each.failed > 0],
    ['rate-limited', String(each['rate-limited']), each['rate-limited'] > 0],
    ['mean duration', duration(meanDurationMs)],
  ];
}

/**
 * @param {Shown} now
 * @returns {readonly Row[]}
 */
function pages({ picture: { figures } }) {
  const labels = /** @type {const} */ ([
    ['lcp', 'LCP'],
    ['inp', 'INP'],
    ['freshness', 'cards'],
    ['upload', 'upload'],
  ]);
  return labels.map(([name, label]) => {
    const { statistic, ms, count } = figures[name];
    return [`${label} ${statistic}, n ${count}`, duration(ms)];
  });
}

/**
 * @param {Shown} now
 * @returns {readonly Row[]}
 */
function connections({ picture: { sockets } }) {
  const { open, opened, reconnects, abnormalCloses, lastClose } = sockets;
  return [
    ['open now', String(open)],
    ['opened', String(opened)],
    ['reconnected', String(reconnects), reconnects > 0],
    ['closed abnormally', String(abnormalCloses), abnormalCloses > 0],
    ['last close code', lastClose === undefined ? '–' : `${lastClose.code}, ${lastClose.analyst}`],
  ];
}

/**
 * @param {Shown} now
 * @returns {readonly Row[]}
 */
function generator({ state, picture: { generator: health } }) {
  const { lateSeconds, seconds, lateInAll, secondsInAll } = health;
  const of = (/** @type {number} */ late, /** @type {number} */ all) => (all === 0 ? '–' : `${late} of ${all} s`);
  return [
    ...(state === 'over'
      ? []
      : [/** @type {Row} */ (['past a guard, 30 s', of(lateSeconds, seconds), lateSeconds > 0])]),
    ['past a guard, all', of(lateInAll, secondsInAll), lateInAll > 0],
    ['event loop lag p95', duration(health.loopLagP95Ms)],
    ['page timers late', share(health.driftShare)],
    ['CPU', share(health.cpuGenerator)],
    ['CPU of the product', share(health.cpuProduct)],
    ['memory', bytes(health.memoryBytes)],
    ['memory of the product', bytes(health.productMemoryBytes)],
  ];
}
