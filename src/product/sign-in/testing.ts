/** For tests of the sign-in: small servers on origins of their own. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface Origin {
  readonly url: string;
  close(): Promise<void>;
}

/** Answers with a page, or leads elsewhere. */
export type Answer = string | { readonly to: string };

/** Listens on loopback until closed; `answer` gets the request with its path and its body. */
export async function startOrigin(
  answer: (path: string, body: string, request: IncomingMessage) => Answer,
): Promise<Origin> {
  const respond = (response: ServerResponse, given: Answer): void => {
    if (typeof given === 'string') response.setHeader('content-type', 'text/html; charset=utf-8').end(given);
    else response.writeHead(303, { location: given.to }).end();
  };
  const server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => respond(response, answer(new URL(request.url ?? '/', 'http://x').pathname, body, request)));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
