/**
 * The monitor's page. It shows what it is sent and computes nothing: every figure comes from the one live picture.
 * @typedef {import('../run-watch.ts').Shown} Shown
 * @typedef {import('../../report/live/picture.ts').LiveAnalyst} LiveAnalyst
 * @typedef {import('../../report/live/picture.ts').Depth} Depth
 */

/** @param {string} id */
function element(id) {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page has no "${id}".`);
  return found;
}

/**
 * @param {string} name
 * @param {string} [text]
 * @param {string} [className]
 */
function made(name, text = '', className = '') {
  const node = document.createElement(name);
  node.textContent = text;
  if (className !== '') node.className = className;
  return node;
}

/** @param {number | undefined} ms */
function duration(ms) {
  if (ms === undefined) return '–';
  if (ms < 999.5) return `${Math.round(ms)} ms`;
  const seconds = ms / 1000;
  if (seconds < 9.95) return `${seconds.toFixed(1)} s`;
  if (seconds < 99.5) return `${Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${String(Math.round(seconds % 60)).padStart(2, '0')} s`;
}

/** @type {Readonly<Record<string, string>>} */
const words = {
  queued: 'in the queue',
  running: 'computing',
  review: 'waiting for review',
  completed: '✓ completed',
  failed: '✕ failed',
  cancelled: 'cancelled',
  'rate-limited': 'rate-limited',
};

/** @param {Shown} shown */
function showHead({ runId, target, at, startedAt, verdict, analysts, picture }) {
  const title = element('title');
  title.textContent = verdict ? `${verdict.verdict} · ${runId}` : `Run ${runId}`;
  title.className = verdict?.verdict ?? '';
  document.title = verdict
    ? `${verdict.verdict} · ${runId} · Muster`
    : `${picture.counts.finished} of ${analysts} · Muster`;
  element('state').textContent = verdict
    ? `${verdict.reasons[0] ?? ''} · ${target}, ${duration(at - startedAt)}`
    : `${target}, for ${duration(at - startedAt)}`;
}

/** @param {Shown} shown */
function showFigures({ analysts, picture }) {
  const { counts, projects, generator, sockets } = picture;
  /** @type {readonly (readonly [string, string, boolean?])[]} */
  const figures = [
    ['signed in', `${counts.signedIn} of ${analysts}`],
    ['at work', String(counts.atWork)],
    ['launched', String(counts.launched)],
    ['completed', String(projects.completed)],
    ['failed', String(counts.failed), counts.failed > 0],
    ['rate-limited', String(projects['rate-limited']), projects['rate-limited'] > 0],
    ['mean duration', duration(picture.meanDurationMs)],
    ['LCP p75', duration(picture.lcpP75Ms)],
    ['INP p75', duration(picture.inpP75Ms)],
    ['cards p95', duration(picture.freshnessP95Ms)],
    ['reconnects', String(sockets.reconnects), sockets.reconnects > 0],
    [
      'generator late',
      generator.seconds === 0 ? '–' : `${generator.lateSeconds} of ${generator.seconds} s`,
      generator.lateSeconds > 0,
    ],
  ];
  element('figures').replaceChildren(
    ...figures.map(([label, value, doubtful]) => {
      const part = made('div', '', doubtful ? 'doubtful' : '');
      part.append(made('dt', label), made('dd', value));
      return part;
    }),
  );
}

/**
 * Areas on each other, as steps: from each change to the next.
 * @param {readonly Depth[]} depths
 * @param {number} from
 * @param {number} to
 */
function showDepths(depths, from, to) {
  const svg = element('depths');
  const most = Math.max(1, ...depths.map(({ queued, running, review }) => queued + running + review));
  const last = depths.at(-1);
  element('queue').textContent = last
    ? `${last.running} computing, ${last.queued} in the queue, ${last.review} waiting for review; ${most} at most.`
    : 'Nothing has been launched yet.';
  /** @param {number} at */
  const x = (at) => (900 * (Math.min(at, to) - from)) / Math.max(1, to - from);
  /** @param {number} count */
  const y = (count) => 120 - (116 * count) / most;
  const layers = /** @type {const} */ (['running', 'queued', 'review']);
  svg.replaceChildren(
    ...layers.map((layer, place) => {
      const below = layers.slice(0, place);
      /** @param {Depth} depth */
      const base = (depth) => below.reduce((sum, each) => sum + depth[each], 0);
      const path = document.createElementNS('http://www.w3.org/2000/svg', 'path');
      path.setAttribute(
        'd',
        depths
          .map((depth, at) => {
            const [left, right] = [x(depth.at), x(depths[at + 1]?.at ?? to)];
            const [low, high] = [y(base(depth)), y(base(depth) + depth[layer])];
            return `M${left.toFixed(1)},${low.toFixed(1)}H${right.toFixed(1)}V${high.toFixed(1)}H${left.toFixed(1)}Z`;
          })
          .join(''),
      );
      path.setAttribute('fill', `var(--${layer})`);
      return path;
    }),
  );
}

/**
 * @param {LiveAnalyst} analyst
 * @param {number} at
 */
function lane({ analyst, bundle = '', step = '', since, project, progress, outcome, reconnects, stage = '' }, at) {
  const row = made(
    'tr',
    '',
    [project ?? '', outcome === 'failed' ? 'failed' : outcome === 'ok' ? 'over' : ''].join(' ').trim(),
  );
  const name = made('th', analyst);
  name.setAttribute('scope', 'row');
  const track = made('div', '', 'track');
  const bar = made('div', '', 'bar');
  bar.style.width = `${project === 'completed' ? 100 : (progress ?? 0)}%`;
  track.append(bar);
  track.title = stage;
  const cell = made('td');
  if (project !== undefined) cell.append(track);
  const doing = outcome === 'ok' ? '✓ finished' : outcome === 'failed' ? `✕ failed at ${step}` : step;
  row.append(
    name,
    made('td', bundle),
    made('td', doing),
    made('td', outcome === undefined && since !== undefined ? duration(at - since) : '', 'figure'),
    made('td', project === undefined ? '' : (words[project] ?? project)),
    cell,
    made('td', reconnects === 0 ? '' : String(reconnects), 'figure'),
  );
  return row;
}

/** @param {Shown} shown */
function showTrouble({ picture: { trouble } }) {
  const items = trouble.map(({ at, analyst, text }) => {
    const item = made('li');
    item.append(made('time', new Date(at).toLocaleTimeString()), `${analyst}: ${text}`);
    return item;
  });
  element('trouble').replaceChildren(...(items.length === 0 ? [made('li', 'None so far.', 'note')] : items));
}

/** @param {Shown} shown */
function show(shown) {
  showHead(shown);
  showFigures(shown);
  showDepths(shown.picture.depths, shown.startedAt, shown.at);
  element('analysts').replaceChildren(...shown.picture.analysts.map((analyst) => lane(analyst, shown.at)));
  showTrouble(shown);
}

const source = new EventSource('/picture');
source.onmessage = (/** @type {MessageEvent<string>} */ { data }) => {
  /** @type {Shown | null} */
  const shown = JSON.parse(data);
  if (shown) show(shown);
  else element('state').textContent = 'The run is being set up …';
};
source.addEventListener('trouble', (event) => {
  element('state').textContent = `The run cannot be read: ${JSON.parse(String(event.data))}`;
});
source.onerror = () => {
  element('state').textContent =
    'The monitor is gone: the run is over, or it was stopped. This is what it showed last.';
};
