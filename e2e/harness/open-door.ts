/** A product that lets everybody in as the same user: a proxy before another one, which adds that user's cookie to all that passes. */
import { createServer, request, type IncomingMessage, type RequestOptions } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface OpenProduct {
  readonly url: string;
  close(): Promise<void>;
}

export async function openToEverybody(target: string, cookie: string): Promise<OpenProduct> {
  const { hostname, port } = new URL(target);
  const passedOn = ({ method, url, headers }: IncomingMessage): RequestOptions => ({
    hostname,
    port,
    path: url,
    method,
    headers: { ...headers, cookie },
  });
  const server = createServer((incoming, response) => {
    const onward = request(passedOn(incoming), (answer) => {
      response.writeHead(answer.statusCode ?? 502, answer.headers);
      answer.pipe(response);
    });
    onward.on('error', () => response.destroy());
    incoming.pipe(onward);
  });
  server.on('upgrade', (incoming: IncomingMessage, socket, head: Buffer) => {
    const onward = request(passedOn(incoming));
    onward.on('upgrade', (answer, further, begun) => {
      const lines = Object.entries(answer.headers).map(([name, value]) => `${name}: ${String(value)}`);
      socket.write(`HTTP/1.1 101 Switching Protocols\r\n${lines.join('\r\n')}\r\n\r\n`);
      socket.write(begun);
      further.write(head);
      further.pipe(socket).pipe(further);
      further.on('error', () => socket.destroy());
    });
    onward.on('error', () => socket.destroy());
    socket.on('error', () => onward.destroy());
    onward.end();
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
