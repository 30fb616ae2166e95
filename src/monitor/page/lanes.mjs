/**
 * A lane for each analyst. Only what has changed is touched: a row keeps its place, and what is selected stays selected.
 * @typedef {import('../run-watch.ts').Shown} Shown
 * @typedef {import('../../report/live/picture.ts').LiveAnalyst} LiveAnalyst
 * @typedef {import('./time.mjs').Scale} Scale
 */
import { strip } from './time.mjs';
import { element, lasting, made, put, stageName } from './words.mjs';

/** From here on rows are low. */
const MANY = 24;

/** @type {Readonly<Record<string, string>>} */
const PROJECTS = {
  queued: '… in the queue',
  running: '▸ computing',
  review: '? waiting for review',
  completed: '✓ completed',
  failed: '✕ failed',
  cancelled: '– cancelled',
  'rate-limited': '! rate-limited',
};

/** @type {Map<string, Record<'row' | 'bundle' | 'step' | 'since' | 'time' | 'project' | 'stage' | 'connection', HTMLElement>>} */
const lanes = new Map();

/**
 * @param {Shown} now
 * @param {Scale} scale
 */
export function showLanes({ at, state, analysts, picture }, scale) {
  const body = element('analysts');
  body.className = picture.analysts.length > MANY ? 'many' : '';
  picture.analysts.forEach((analyst, place) => {
    const lane = lanes.get(analyst.analyst) ?? added(analyst.analyst);
    if (body.children[place] !== lane.row) body.insertBefore(lane.row, body.children[place] ?? null);
    fill(lane, analyst, at, scale);
  });
  element('lanes').hidden = picture.analysts.length === 0;
  element('nobody').hidden = picture.analysts.length > 0;
  element('legend').hidden = picture.analysts.length === 0;
  const nobody = state === 'over' ? 'Nobody had begun.' : 'Nobody has begun yet.';
  put(element('nobody'), analysts === 0 ? 'No analysts take part in this run.' : nobody);
}

/** @param {string} name */
function added(name) {
  const row = made('tr');
  row.setAttribute('role', 'row');
  const title = made('th', name);
  title.setAttribute('scope', 'row');
  title.setAttribute('role', 'rowheader');
  const cell = (/** @type {string} */ className) => {
    const made_ = made('td', '', className);
    made_.setAttribute('role', 'cell');
    return made_;
  };
  const project = cell('project');
  const [state, stage] = [made('span'), made('span', '', 'note')];
  project.append(state, stage);
  const lane = {
    row,
    bundle: cell('bundle note'),
    step: cell('step'),
    since: cell('since figure'),
    time: cell('time'),
    project: state,
    stage,
    connection: cell('connection'),
  };
  row.append(title, lane.bundle, lane.step, lane.since, lane.time, project, lane.connection);
  lanes.set(name, lane);
  return lane;
}

/**
 * @param {ReturnType<typeof added>} lane
 * @param {LiveAnalyst} analyst
 * @param {number} at
 * @param {Scale} scale
 */
function fill(lane, analyst, at, scale) {
  const { bundle = '', step = '', since, project, progress, stage, outcome, reconnects, connected } = analyst;
  lane.row.className = outcome === 'failed' ? 'failed' : outcome === 'ok' ? 'over' : '';
  put(lane.bundle, bundle);
  put(lane.step, outcome === 'ok' ? '✓ finished' : outcome === 'failed' ? `✕ failed at ${step}` : step);
  put(lane.since, outcome === undefined && since !== undefined ? lasting(at - since) : '');
  put(lane.project, project === undefined ? '' : (PROJECTS[project] ?? project));
  lane.project.className = `key-word ${project ?? ''}`;
  const isAtWork = project === 'running' || project === 'review';
  put(
    lane.stage,
    isAtWork && stage !== undefined
      ? ` ${stageName(stage)} ${progress ?? ''}${progress === undefined ? '' : ' %'}`
      : '',
  );
  const lost = reconnects === 0 ? '' : `${reconnects} × reconnected`;
  put(lane.connection, outcome === undefined && !connected && step !== '' ? `not connected ${lost}` : lost);
  const marks = JSON.stringify([
    analyst.startedAt,
    analyst.finishedAt,
    analyst.phases,
    scale.from,
    scale.to,
    endless(analyst) ? at : 0,
  ]);
  if (lane.time.dataset['marks'] === marks) return;
  lane.time.dataset['marks'] = marks;
  lane.time.replaceChildren(strip(analyst, scale));
}

/**
 * Whether something of it still grows.
 * @param {LiveAnalyst} analyst
 */
function endless({ startedAt, finishedAt, phases }) {
  return (startedAt !== undefined && finishedAt === undefined) || phases.some(({ to }) => to === undefined);
}
