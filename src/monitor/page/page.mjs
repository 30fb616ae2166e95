/**
 * The monitor's page. It shows what it is sent and computes nothing: every figure comes from the one live picture.
 * @typedef {import('../run-watch.ts').Shown} Shown
 */
import { showFigures } from './figures.mjs';
import { showLanes } from './lanes.mjs';
import { showPipeline } from './pipeline.mjs';
import { scaleOf, showAxis, showDepths } from './time.mjs';
import { counted, duration, element, made, put } from './words.mjs';

/** Reasons that are shown; the report has all. */
const REASONS = 6;

/** @type {Readonly<Record<string, string>>} */
const SIGNS = { PASS: '✓', FAIL: '✕', INVALID: '?' };

/** @type {Shown | undefined} */
let last;

/** @param {Shown} shown */
function showHead({ runId, target, at, startedAt, state, verdict, report, analysts, picture }) {
  const title = element('title');
  put(title, verdict ? `${SIGNS[verdict.verdict] ?? ''} ${verdict.verdict} · ${runId}` : `Run ${runId}`);
  title.className = verdict?.verdict ?? '';
  document.title = verdict
    ? `${verdict.verdict} · ${runId} · Muster`
    : `${picture.counts.finished} of ${analysts} · ${runId} · Muster`;
  const time = duration(at - startedAt);
  const where = `${counted(analysts, 'analyst')} on ${target}`;
  put(element('state'), state === 'under-way' ? `${where}, for ${time}` : `${where}, ${time}`);
  const reasons = verdict?.reasons ?? [];
  element('reasons').hidden = reasons.length === 0;
  element('reasons').replaceChildren(
    ...reasons.slice(0, REASONS).map((reason) => made('li', reason)),
    ...(reasons.length > REASONS ? [made('li', `and ${reasons.length - REASONS} more: see the report`)] : []),
  );
  element('report').hidden = report === undefined;
  put(element('report-path'), report ?? '');
}

/** @type {Readonly<Record<string, string>>} */
const NOTICES = {
  cleaning: 'The run was ended before it had a verdict. What it made is being deleted now.',
  gone: 'The run was ended before it had a verdict. This is the last that was heard of it. `npm run report` says what its records show; `npm run sweep` deletes what it may have left.',
  silent:
    'Nothing has been heard of this run for a minute: it may have been ended. This is the last that was heard of it.',
};

/** @param {string | undefined} text */
function notice(text) {
  const node = element('notice');
  node.hidden = text === undefined;
  put(node, text ?? '');
}

/** @param {Shown} shown */
function showFindings({ picture: { findings } }) {
  element('findings-section').hidden = findings.length === 0;
  element('findings').replaceChildren(
    ...findings.map(({ id, title, severity }) => {
      const item = made('li', `${title} `);
      item.append(made('span', `${id}, ${severity}`, 'note'));
      return item;
    }),
  );
}

/** Those that are there already stay as they are: only what is new is read out. @type {Map<string, HTMLElement>} */
const troubles = new Map();

/** @param {Shown} shown */
function showTrouble({ picture: { trouble } }) {
  const list = element('trouble');
  const keys = trouble.map(({ at, analyst, text }) => `${at} ${analyst} ${text}`);
  for (const [key, item] of troubles)
    if (!keys.includes(key)) {
      item.remove();
      troubles.delete(key);
    }
  trouble.forEach(({ at, analyst, text }, place) => {
    const key = keys[place] ?? '';
    const item = troubles.get(key) ?? made('li');
    if (!troubles.has(key)) item.append(made('time', new Date(at).toLocaleTimeString()), `${analyst}: ${text}`);
    troubles.set(key, item);
    if (list.children[place] !== item) list.insertBefore(item, list.children[place] ?? null);
  });
  element('no-trouble').hidden = trouble.length > 0;
}

/** @param {Shown} shown */
function show(shown) {
  last = shown;
  element('main').hidden = false;
  showHead(shown);
  notice(NOTICES[shown.state]);
  showFigures(shown);
  showPipeline(shown);
  const scale = scaleOf(shown);
  showAxis(scale, shown.startedAt);
  showDepths(shown, scale);
  showLanes(shown, scale);
  showFindings(shown);
  showTrouble(shown);
}

const source = new EventSource('/picture');
source.onmessage = (/** @type {MessageEvent<string>} */ { data }) => {
  /** @type {Shown | null} */
  const shown = JSON.parse(data);
  if (shown) show(shown);
  else put(element('state'), 'The run is being set up …');
};
source.addEventListener('trouble', (event) => notice(String(JSON.parse(String(event.data)))));
source.onerror = () => {
  if (last?.verdict) notice(`The monitor ended with the run. \`npm run monitor -- ${last.runId}\` shows it again.`);
  else notice('The monitor is gone: the run is over, or it was stopped. This is what it showed last.');
};
