/** The few words of HTTP that the double's servers share. */
import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Ask {
  readonly request: IncomingMessage;
  readonly method: string;
  readonly url: URL;
  readonly cookies: ReadonlyMap<string, string>;
}

/** An answer that is thrown, from wherever it becomes clear that there is no other. */
export class Refusal extends Error {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;

  constructor(status: number, message: string, headers: Readonly<Record<string, string>> = {}) {
    super(message);
    this.status = status;
    this.headers = headers;
  }
}

export type Handle = (ask: Ask, response: ServerResponse) => Promise<void> | void;

export interface Listening {
  readonly server: Server;
  readonly origin: string;
  close(): Promise<void>;
}

/** A server on loopback. What its handler throws is answered as the product does: with a JSON error. */
export async function listen(handle: Handle, port = 0): Promise<Listening> {
  const server = createServer((request, response) => {
    const url = new URL(request.url ?? '/', `http://${request.headers.host ?? '127.0.0.1'}`);
    const cookies = new Map(
      (request.headers.cookie ?? '').split(/;\s*/).flatMap((pair) => {
        const at = pair.indexOf('=');
        return at < 0 ? [] : [[pair.slice(0, at), decodeURIComponent(pair.slice(at + 1))] as const];
      }),
    );
    const answer = async (): Promise<void> => {
      try {
        await handle({ request, method: request.method ?? 'GET', url, cookies }, response);
      } catch (error) {
        if (error instanceof Refusal) json(response, error.status, { error: error.message }, error.headers);
        else json(response, 500, { error: 'Internal server error' });
      }
    };
    void answer();
  });
  server.listen(port, '127.0.0.1');
  await once(server, 'listening');
  return {
    server,
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The body, whole. @throws Refusal when it is longer than the product takes. */
export async function bodyOf(request: IncomingMessage, mostBytes = 100_000_000): Promise<Buffer> {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    length += (part as Buffer).length;
    if (length > mostBytes)
      throw new Refusal(413, `Upload too large (${Math.round(length / 1e6)}MB). Maximum is ${mostBytes / 1e6}MB.`);
    parts.push(part as Buffer);
  }
  return Buffer.concat(parts);
}

/** A form, with its files or without. */
export async function formOf(request: IncomingMessage): Promise<FormData> {
  const type = request.headers['content-type'] ?? '';
  return new Response(new Uint8Array(await bodyOf(request)), { headers: { 'content-type': type } }).formData();
}

/** A JSON body. @throws Refusal when it is none. */
export async function jsonOf(request: IncomingMessage): Promise<unknown> {
  try {
    return JSON.parse((await bodyOf(request)).toString()) as unknown;
  } catch {
    throw new Refusal(400, 'Invalid JSON body');
  }
}

export function json(
  response: ServerResponse,
  status: number,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): void {
  if (response.headersSent || response.destroyed) return;
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
}

export function html(response: ServerResponse, text: string, status = 200): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store' }).end(text);
}

export function redirect(response: ServerResponse, status: number, location: string, cookie?: string): void {
  response.writeHead(status, { location, ...(cookie === undefined ? {} : { 'set-cookie': cookie }) }).end();
}

const entities: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };

/** Text for markup. */
export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
