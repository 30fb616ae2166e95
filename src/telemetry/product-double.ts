/** A tiny product for the browser tests of telemetry: pages that navigate both ways, and a dashboard fed by a sync socket. */
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocketServer, type WebSocket } from 'ws';

interface Card {
  readonly id: string;
  readonly name: string;
  status: string;
  stage: string;
}

interface SeenRequest {
  readonly method: string;
  readonly pathname: string;
  readonly traceparent: string | undefined;
}

const script = `
const badges = { in_progress: 'Processing', resuming: 'Processing', pending_review: 'Review Required', cancelled: 'Cancelled' };
let session = Math.random().toString(36), count = 0, reason = 'InitialConnect', projects = [], runs = [];
const paintStage = () => {
  const text = (runs[0] ?? {}).message;
  if (location.pathname !== '/soft/stages' || !text) return;
  let card = document.getElementById('stages');
  if (!card) {
    document.querySelector('#inner').insertAdjacentHTML('afterbegin', '<div data-slot="card" id="stages"><div>Pipeline Progress</div><p></p></div>');
    card = document.getElementById('stages');
  }
  card.lastChild.textContent = text;
};
const paint = () => {
  paintStage();
  if (location.pathname !== '/dashboard' || window.blind) return;
  for (const project of projects) {
    let card = document.getElementById(project._id);
    if (!card) {
      document.querySelector('#inner').insertAdjacentHTML('afterbegin', '<div data-slot="card" id="' + project._id + '"><div>Just now</div><div></div></div>');
      card = document.getElementById(project._id);
      card.lastChild.textContent = project.name;
    }
    const status = (runs.find((run) => run.projectId === project._id) ?? {}).status;
    card.querySelectorAll('[data-slot=badge]').forEach((badge) => badge.remove());
    if (badges[status]) card.insertAdjacentHTML('beforeend', '<span data-slot="badge">' + badges[status] + '</span>');
  }
};
const render = (path) => {
  document.querySelector('h1').textContent = 'Page ' + path;
  document.querySelector('#text').textContent = (path + ' a paragraph that is long enough to be the largest one here. ').repeat(12);
  document.querySelector('#inner').replaceChildren();
  paint();
};
const busy = (ms) => { const until = performance.now() + ms; while (performance.now() < until); };
document.querySelector('#stages-link').onclick = () => { history.pushState({}, '', '/soft/stages'); render('/soft/stages'); };
document.querySelector('#soft').onclick = () => { busy(60); const path = '/soft/' + Math.random().toString(36).slice(2, 6); history.pushState({}, '', path); render(path); };
// As the product's Save & Continue: the address changes only when the server has answered.
document.querySelector('#late').onclick = async () => { document.querySelector('#text').textContent = 'Saving'; await fetch('/slow'); history.pushState({}, '', '/late'); render('/late'); };
document.querySelector('#back').onclick = () => { history.pushState({}, '', '/dashboard'); render('/dashboard'); };
document.querySelector('#press').onclick = (event) => { busy(70); event.target.textContent = 'Pressed'; };
document.querySelector('#quick').onclick = () => { window.pressedAt = performance.now(); };
document.querySelector('#leave').onclick = () => { busy(50); location.assign('/left?token=secret'); };
document.querySelector('#toast').onclick = () => { document.body.insertAdjacentHTML('beforeend', '<li data-sonner-toast data-type="error"><div data-title>Launch failed</div></li>'); };
document.querySelector('#throw').onclick = () => { console.error('said so'); setTimeout(() => { throw new Error('uncaught here'); }); };
render(location.pathname);
const connect = () => {
  const socket = new WebSocket(location.origin.replace('http', 'ws') + '/api/1.48.0/sync');
  socket.onopen = () => {
    socket.send(JSON.stringify({ type: 'Connect', sessionId: session, connectionCount: count++, lastCloseReason: reason, clientTs: Date.now() }));
    socket.send(JSON.stringify({ type: 'ModifyQuerySet', baseVersion: 0, newVersion: 1, modifications: [
      { type: 'Add', queryId: 0, udfPath: 'projects:listByOrg', args: [{ orgId: 'o' }] }, { type: 'Add', queryId: 1, udfPath: 'runs:listByOrg', args: [{ orgId: 'o' }] } ] }));
  };
  socket.onmessage = ({ data }) => {
    const frame = JSON.parse(data);
    if (frame.type !== 'Transition') return;
    for (const { queryId, value } of frame.modifications) if (queryId === 0) projects = value; else runs = value;
    paint();
  };
  socket.onclose = ({ code }) => { reason = 'closed with code ' + code; setTimeout(connect, 20); };
};
if (location.pathname === '/dashboard') connect();
`;

const html = `<!doctype html><html lang="en"><title>Double</title><main><main>
<h1></h1><p id="text"></p>
<button id="soft">Soft</button><button id="stages-link">Stages</button><button id="late">Late</button><button id="back">Back</button><button id="press">Press</button><button id="quick">Quick</button><button id="leave">Leave</button><button id="toast">Toast</button><button id="throw">Throw</button>
<div id="inner"></div></main></main><script>${script}</script></html>`;

/** How long `/slow` takes to answer, at least. */
export const slowAnswerMs = 800;

/** The double, listening on loopback. */
export class ProductDouble {
  readonly url: string;
  /** Requests below `/api/`, which answers with `?status=`, `?after=` (ms), `?retry=` (Retry-After) and `?timing=` (Server-Timing). */
  readonly requests: readonly SeenRequest[];
  private readonly cards: Card[] = [];
  private readonly peers = new Map<
    WebSocket,
    { version: { querySet: number; identity: number; ts: string }; ns: bigint }
  >();
  private readonly stop: () => Promise<void>;

  private constructor(
    url: string,
    requests: readonly SeenRequest[],
    sockets: WebSocketServer,
    stop: () => Promise<void>,
  ) {
    this.url = url;
    this.requests = requests;
    this.stop = stop;
    sockets.on('connection', (peer) => {
      this.peers.set(peer, { version: { querySet: 0, identity: 0, ts: encode(0n) }, ns: 0n });
      peer.on('message', (data) => {
        if ((data as Buffer).toString().includes('"ModifyQuerySet"')) this.push(peer, 1);
      });
      peer.on('close', () => this.peers.delete(peer));
    });
  }

  static async start(): Promise<ProductDouble> {
    const requests: SeenRequest[] = [];
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://double');
      if (pathname.startsWith('/api/')) {
        const { method = '', headers } = request;
        requests.push({ method, pathname, traceparent: headers.traceparent as string | undefined });
        response.statusCode = Number(searchParams.get('status') ?? 200);
        if (searchParams.has('retry')) response.setHeader('retry-after', searchParams.get('retry') ?? '');
        if (searchParams.has('timing')) response.setHeader('server-timing', searchParams.get('timing') ?? '');
        request.resume().on('end', () => setTimeout(() => response.end('{}'), Number(searchParams.get('after') ?? 0)));
      } else if (pathname === '/missing.js') response.destroy();
      else if (request.url === '/slow') setTimeout(() => response.end(), slowAnswerMs);
      else response.setHeader('content-type', 'text/html').end(html);
    });
    const sockets = new WebSocketServer({ server });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    return new ProductDouble(url, requests, sockets, async () => {
      for (const peer of sockets.clients) peer.terminate();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    });
  }

  /** Commits a card's status and its run's stage, and pushes them to every page. Returns the commit time in milliseconds since 1970. */
  commit(name: string, status: string, stage = 'parsing'): number {
    const card = this.cards.find((one) => one.name === name);
    if (card) Object.assign(card, { status, stage });
    else this.cards.unshift({ id: `p${this.cards.length}`, name, status, stage });
    const at = Date.now();
    for (const peer of this.peers.keys()) this.push(peer, 0, at);
    return at;
  }

  /** Sends a text to every page, as it is. */
  say(text: string): void {
    for (const peer of this.peers.keys()) peer.send(text);
  }

  /** Closes every socket with a code. */
  drop(code: number): void {
    for (const peer of this.peers.keys()) peer.close(code);
  }

  close(): Promise<void> {
    return this.stop();
  }

  private push(peer: WebSocket, queries: number, at = Date.now()): void {
    const state = this.peers.get(peer);
    if (!state) return;
    const startVersion = state.version;
    // Versions follow each other, also within a millisecond.
    const ns = BigInt(at) * 1_000_000n;
    state.ns = ns > state.ns ? ns : state.ns + 1n;
    state.version = { querySet: startVersion.querySet + queries, identity: 0, ts: encode(state.ns) };
    peer.send(
      JSON.stringify({
        type: 'Transition',
        startVersion,
        endVersion: state.version,
        modifications: [
          {
            type: 'QueryUpdated',
            queryId: 0,
            value: this.cards.map(({ id, name }) => ({ _id: id, _creationTime: 1, orgId: 'o', name })),
          },
          {
            type: 'QueryUpdated',
            queryId: 1,
            value: this.cards.map(({ id, status, stage }) => ({
              _id: `r${id}`,
              _creationTime: 1,
              orgId: 'o',
              projectId: id,
              status,
              stage,
              message: `At ${stage}...`,
            })),
          },
        ],
        clientClockSkew: 0,
        serverTs: Date.now() * 1e6,
      }),
    );
  }
}

function encode(ns: bigint): string {
  const bytes = Buffer.alloc(8);
  bytes.writeBigUInt64LE(ns);
  return bytes.toString('base64');
}
