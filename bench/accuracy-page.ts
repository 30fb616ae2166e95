/**
 * The page of the accuracy bench: cards fed by a sync socket, a button whose handler takes a known time, and a witness of its
 * own, Element Timing of what it draws, which knows nothing of the harness.
 */

/** What the page saw itself. Times are milliseconds since 1970 by the page's clock. */
export interface Witness {
  /** Changes of cards that were painted, each told by the server's send time. */
  readonly paints: readonly { readonly sentAt: number; readonly paintedAt: number }[];
  /** The press of the button: the input, the handler, and the paint of its answer. */
  readonly presses: readonly {
    readonly inputAt: number;
    readonly handledFrom: number;
    readonly handledTo: number;
    readonly paintedAt: number;
  }[];
}

const script = `
const now = () => performance.timeOrigin + performance.now();
const busyMs = Number(new URL(location.href).searchParams.get('busy'));
const badges = { in_progress: 'Processing', pending_review: 'Review Required' };
const changes = new Map(), shown = new Map(), presses = [];
window.witness = { paints: [], presses };
new PerformanceObserver((list) => {
  for (const { identifier, renderTime } of list.getEntries()) {
    const paintedAt = performance.timeOrigin + renderTime;
    if (identifier === 'answer') presses.at(-1).paintedAt = paintedAt;
    const sentAt = changes.get(identifier);
    if (sentAt !== undefined) window.witness.paints.push({ sentAt, paintedAt });
  }
}).observe({ type: 'element' });
document.querySelector('#press').onclick = ({ timeStamp }) => {
  const handledFrom = now();
  while (now() - handledFrom < busyMs);
  document.querySelector('#answer').innerHTML = '<b elementtiming="answer">Answered</b>';
  presses.push({ inputAt: performance.timeOrigin + timeStamp, handledFrom, handledTo: now() });
};
const draw = (projects, runs, sentAt) => {
  for (const { _id, name } of projects) {
    const { status } = runs.find((run) => run.projectId === _id);
    if (shown.get(_id) === status) continue;
    let card = document.getElementById(_id);
    if (!card) {
      document.querySelector('#cards').insertAdjacentHTML('beforeend',
        '<div data-slot="card" id="' + _id + '"><div>Just now</div><div></div><div class="foot"></div></div>');
      card = document.getElementById(_id);
      card.children[1].textContent = name;
    } else changes.set(_id + ' ' + sentAt, sentAt);
    shown.set(_id, status);
    const badge = document.createElement('span');
    badge.dataset.slot = 'badge';
    badge.textContent = badges[status];
    badge.setAttribute('elementtiming', _id + ' ' + sentAt);
    card.lastChild.replaceChildren(badge);
  }
};
const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/1.48.0/sync');
let projects = [], runs = [];
socket.onopen = () => {
  socket.send(JSON.stringify({ type: 'Connect', sessionId: Math.random().toString(36), connectionCount: 0, lastCloseReason: 'InitialConnect', clientTs: Date.now() }));
  socket.send(JSON.stringify({ type: 'ModifyQuerySet', baseVersion: 0, newVersion: 1, modifications: [
    { type: 'Add', queryId: 0, udfPath: 'projects:listByOrg', args: [{ orgId: 'o' }] },
    { type: 'Add', queryId: 1, udfPath: 'runs:listByOrg', args: [{ orgId: 'o' }] } ] }));
};
socket.onmessage = ({ data }) => {
  const frame = JSON.parse(data);
  for (const { queryId, value } of frame.modifications) if (queryId === 0) projects = value; else runs = value;
  draw(projects, runs, frame.serverTs / 1e6);
};
`;

/** Cards are a grid, as on the product's dashboard; a badge is a block, because of inline elements Element Timing says nothing. */
export const accuracyPage = `<!doctype html><html lang="en"><title>Accuracy</title>
<style>#cards{display:grid;grid-template-columns:repeat(3,1fr);gap:8px}[data-slot=card]{border:1px solid #ccc;border-radius:8px;padding:12px}[data-slot=badge],b{display:inline-block;padding:2px 8px;background:#eee;border-radius:4px}</style>
<main><main><h1>Projects</h1><button id="press">Press</button><p id="answer"></p><div id="cards"></div></main></main>
<script>${script}</script></html>`;
