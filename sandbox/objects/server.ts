import { randomBytes } from 'node:crypto';
import { close, createReadStream } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import type { Logger } from 'pino';
import { readHeaders, type Answer, type Call } from './operations/call.ts';
import { findOperation } from './operations/index.ts';
import { S3Error } from './s3-error.ts';
import type { ObjectStore } from './store/index.ts';
import { authenticate, type Credentials } from './wire/authenticate.ts';
import { openPayload } from './wire/payload.ts';
import { parseTarget } from './wire/target.ts';
import { document, element } from './wire/xml.ts';

export interface ObjectServerOptions {
  readonly store: ObjectStore;
  readonly credentials: Credentials;
  readonly logger: Logger;
  /** Milliseconds since 1970, for what expires. */
  readonly now?: () => number;
}

export interface ObjectServer {
  readonly server: Server;
  listen(options: { host: string; port: number }): Promise<unknown>;
  /** Ends every connection; resolves when what was cut off has been tidied away. */
  close(): Promise<void>;
}

/** How long a request may take to come in: as long as the largest object needs on a slow disk. */
const requestLimitMs = 3_600_000;

/** How long a connection may be idle. Longer than clients keep theirs, so that none writes into one that is just closed. */
const keepAliveMs = 60_000;

/** The object store over HTTP, as S3 speaks it: path style, Signature Version 4, one pair of credentials. */
export function createObjectServer({ store, credentials, logger, now = Date.now }: ObjectServerOptions): ObjectServer {
  const server = createServer(
    { keepAliveTimeout: keepAliveMs, requestTimeout: requestLimitMs },
    (request, response) => {
      const answering = answer(request, response).finally(() => running.delete(answering));
      running.add(answering);
    },
  );
  const running = new Set<Promise<void>>();

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const startedAtMs = performance.now();
    const requestId = randomBytes(8).toString('hex').toUpperCase();
    response.setHeader('x-amz-request-id', requestId);
    let operation = 'none';
    try {
      const { call, found } = understand(request);
      operation = found.name;
      await send(request, response, await found.run(call));
    } catch (error) {
      if (request.socket.destroyed)
        response.destroy(); // The client went away; there is nobody to tell.
      else refuse(request, response, error, { requestId, operation });
    } finally {
      // What was refused half-way still comes in; the answer reaches a client only when it may go on sending.
      request.resume();
      const durationMs = Math.round((performance.now() - startedAtMs) * 10) / 10;
      const status = response.headersSent ? response.statusCode : 'cut off';
      logger.info({ requestId, operation, status, durationMs }, 'object request');
    }
  }

  function understand(request: IncomingMessage) {
    const target = parseTarget(request.url ?? '');
    const authenticated = authenticate(request, target, credentials, now());
    const { bucket, key } = target;
    const parameters = new Map(target.query);
    const query = (name: string): string | undefined => parameters.get(name);
    const headers = readHeaders(request.headersDistinct, target, authenticated);
    const call: Call = { store, bucket, key, query, payload: openPayload(request, authenticated), ...headers };
    return { call, found: findOperation(request.method ?? '', call, [...parameters.keys()]) };
  }

  function refuse(
    request: IncomingMessage,
    response: ServerResponse,
    error: unknown,
    { requestId, operation }: { requestId: string; operation: string },
  ): void {
    if (!(error instanceof S3Error)) logger.error({ requestId, operation, err: error }, 'object request failed');
    if (response.headersSent) {
      response.destroy();
      return;
    }
    const known =
      error instanceof S3Error
        ? error
        : new S3Error('InternalError', 'We encountered an internal error. Please try again.', {}, { cause: error });
    const content = [
      ...element('Code', known.code),
      ...element('Message', known.message),
      ...Object.entries(known.details).flatMap(([name, value]) => element(name, value)),
      ...element('Resource', request.url?.split('?', 1)[0] ?? ''),
      ...element('RequestId', requestId),
    ];
    const headers: Record<string, string> =
      known.code === 'InvalidRange' ? { 'content-range': `bytes */${known.details['ActualObjectSize']}` } : {};
    sendXml(request, response, { status: known.status, headers, xml: document({ name: 'Error', content }) });
  }

  return {
    server,
    listen: (options) =>
      new Promise((resolve, reject) => {
        server.once('error', reject);
        server.listen(options, () => {
          server.off('error', reject);
          resolve(server);
        });
      }),
    close: async () => {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
      await Promise.all(running);
    },
  };
}

async function send(request: IncomingMessage, response: ServerResponse, answer: Answer): Promise<void> {
  const { file } = answer;
  if (file === undefined) {
    sendXml(request, response, answer);
    return;
  }
  response.writeHead(answer.status, answer.headers);
  if (file.bytes === 0) {
    close(file.descriptor);
    response.end();
    return;
  }
  const { descriptor, start, bytes } = file;
  await pipeline(createReadStream('', { fd: descriptor, start, end: start + bytes - 1 }), response);
}

function sendXml(request: IncomingMessage, response: ServerResponse, { status, headers = {}, xml }: Answer): void {
  const body = Buffer.from(xml ?? '');
  const type = xml === undefined ? {} : { 'content-type': 'application/xml' };
  // What is told of an object without its bytes has the object's own length.
  const length = status === 204 || status === 304 ? {} : { 'content-length': String(body.length) };
  response.writeHead(status, { ...type, ...length, ...headers });
  response.end(request.method === 'HEAD' ? undefined : body);
}
