/**
 * The live monitor's server: one page, and a stream of pictures for each browser that has it open. On loopback only. Without
 * a browser it does nothing at all: it neither reads the run's records nor wakes up.
 */
import { createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { RunWatch } from './run-watch.ts';

/** How often those who look get a new picture. */
const EVERY_MS = 1000;

const files: Readonly<Record<string, readonly [file: string, type: string]>> = {
  '/': ['index.html', 'text/html; charset=utf-8'],
  '/page.mjs': ['page.mjs', 'text/javascript; charset=utf-8'],
  '/style.css': ['style.css', 'text/css; charset=utf-8'],
};

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
  close(): Promise<void>;
}

/** Opens the monitor. @throws when the port is taken. */
export async function openMonitor({ folder, port, watched }: MonitorOptions): Promise<Monitor> {
  const lookers = new Set<ServerResponse>();
  const watch = new RunWatch(folder);
  let timer: NodeJS.Timeout | undefined;
  let looking = false;

  const show = async (): Promise<void> => {
    if (looking) return;
    looking = true;
    try {
      const shown = await watch.look(Date.now());
      const message = `data: ${JSON.stringify(shown ?? null)}\n\n`;
      for (const looker of lookers) looker.write(message);
      // A run that is over does not change any more.
      if (shown?.verdict !== undefined) stop();
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      for (const looker of lookers) looker.write(`event: trouble\ndata: ${JSON.stringify(why)}\n\n`);
    } finally {
      looking = false;
    }
  };
  const stop = (): void => {
    clearInterval(timer);
    timer = undefined;
  };
  const stream = (response: ServerResponse): void => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
    if (lookers.size === 0) watched?.(true);
    lookers.add(response);
    response.on('close', () => {
      lookers.delete(response);
      if (lookers.size > 0) return;
      stop();
      watched?.(false);
    });
    timer ??= setInterval(() => void show(), EVERY_MS);
    void show();
  };

  const server = createServer((request, response) => {
    if (!isLocal(request)) return refuse(response, 403);
    const path = new URL(request.url ?? '/', 'http://monitor.invalid').pathname;
    if (request.method !== 'GET') return refuse(response, 405);
    if (path === '/picture') return stream(response);
    const file = files[path];
    if (file === undefined) return refuse(response, 404);
    response.writeHead(200, {
      'content-type': file[1],
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'self'; style-src 'self' 'unsafe-inline'",
    });
    createReadStream(fileURLToPath(new URL(`page/${file[0]}`, import.meta.url))).pipe(response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    close: () =>
      new Promise((resolve) => {
        stop();
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Whether the page was asked for by its own address: another name that leads here would let a foreign page read along. */
function isLocal({ headers }: IncomingMessage): boolean {
  return /^(127\.0\.0\.1|localhost):\d+$/.test(headers.host ?? '');
}

function refuse(response: ServerResponse, status: number): void {
  response.writeHead(status, { 'content-type': 'text/plain' }).end();
}
