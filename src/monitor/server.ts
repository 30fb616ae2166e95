/**
 * The live monitor's server: one page, and a stream of pictures for each browser that has it open. On loopback only. Without
 * a browser it does nothing at all: it neither reads the run's records nor wakes up.
 */
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { pagePath } from '../report/results.ts';
import { RunWatch } from './run-watch.ts';

/** How often those who look get a new picture. */
const EVERY_MS = 1000;
/** How long whoever takes nothing any more is waited for at the end. */
const FAREWELL_MS = 2000;

const HTML = 'text/html; charset=utf-8';
const CSS = 'text/css; charset=utf-8';
const SCRIPT = 'text/javascript; charset=utf-8';
const files: ReadonlyMap<string, string> = new Map([
  ['index.html', HTML],
  ['style.css', CSS],
  ...['page', 'figures', 'lanes', 'pipeline', 'time', 'words'].map((name) => [`${name}.mjs`, SCRIPT] as const),
]);

/** What no page of this server may do. */
const GUARD = {
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
};
const POLICY =
  "default-src 'none'; connect-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src data:";
/** The report runs no script and loads nothing. */
const REPORT_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:";
const NO_FRAMES = "; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

export interface MonitorOptions {
  /** The run's folder of results. */
  readonly folder: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** Hears when the first browser begins to look, and when the last one stops: it is load on this machine. */
  readonly watched?: (looking: boolean) => void;
}

export interface Monitor {
  readonly url: string;
  /** Shows those who look the last picture, and ends. */
  close(): Promise<void>;
}

/** Opens the monitor. @throws when the port is taken. */
export async function openMonitor({ folder, port, watched }: MonitorOptions): Promise<Monitor> {
  const lookers = new Set<ServerResponse>();
  const watch = new RunWatch(folder);
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> | undefined;

  const show = async (): Promise<void> => {
    try {
      const shown = await watch.look(Date.now());
      tell(`data: ${JSON.stringify(shown ?? null)}\n\n`);
      // A run that is over does not change any more.
      if (shown?.state === 'over') stop();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      tell(`event: trouble\ndata: ${JSON.stringify(why)}\n\n`);
    }
  };
  const look = (): Promise<void> => {
    looking ??= show().finally(() => {
      looking = undefined;
    });
    return looking;
  };
  /** Who does not keep up is told the next time. */
  const tell = (message: string): void => {
    for (const looker of lookers) if (!looker.writableNeedDrain) looker.write(message);
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const stream = (response: ServerResponse): void => {
    response.writeHead(200, { ...GUARD, 'content-type': 'text/event-stream' });
    if (lookers.size === 0) watched?.(true);
    lookers.add(response);
    response.on('close', () => {
      lookers.delete(response);
      if (lookers.size > 0) return;
      stop();
      watched?.(false);
    });
    timer ??= setInterval(() => void look(), EVERY_MS);
    void look();
  };
  const send = (response: ServerResponse, path: string, type: string, policy: string): void => {
    const content = createReadStream(path);
    content.on('error', () => refuse(response, 404));
    content.on('open', () => {
      response.writeHead(200, { ...GUARD, 'content-type': type, 'content-security-policy': policy + NO_FRAMES });
      content.pipe(response);
    });
  };

  const server = createServer((request, response) => {
    if (!isOwn(request)) return refuse(response, 403);
    if (request.method !== 'GET') return refuse(response, 405);
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    if (path === '/picture') return stream(response);
    if (path === '/report.html') return send(response, pagePath(folder), HTML, REPORT_POLICY);
    const name = path === '/' ? 'index.html' : path.slice(1);
    const type = files.get(name);
    if (type === undefined) return refuse(response, 404);
    send(response, fileURLToPath(new URL(`page/${name}`, import.meta.url)), type, POLICY);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async close() {
      // The one under way may have begun before the end.
      await looking;
      if (lookers.size > 0) await look();
      stop();
      const gone = Promise.all([...lookers].map((looker) => new Promise<void>((resolve) => looker.end(resolve))));
      await Promise.race([gone, sleep(FAREWELL_MS, undefined, { ref: false })]);
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
      watch.close();
    },
  };
}

/**
 * Whether the page was asked for by its own address, and by itself: another name that leads here would let a foreign page read
 * along, and a foreign page that only asks would count as somebody who watches.
 */
function isOwn({ headers, socket }: IncomingMessage): boolean {
  const { host = '' } = headers;
  const site = headers['sec-fetch-site'];
  const isNamed = host === `127.0.0.1:${socket.localPort}` || host === `localhost:${socket.localPort}`;
  const isLed = headers['sec-fetch-mode'] === 'navigate';
  return isNamed && (site === undefined || site === 'same-origin' || site === 'none' || isLed);
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { ...GUARD, 'content-type': 'text/plain' }).end();
}
