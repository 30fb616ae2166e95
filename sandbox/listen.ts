import type { AddressInfo } from 'node:net';
import type { Server } from 'node:http';

/** What can listen, as fastify's applications can. */
export interface Listener {
  readonly server: Server;
  listen(options: { host: string; port: number }): PromiseLike<unknown>;
}

/** A port that somebody else has; the message says which and what to do. */
export class PortTakenError extends Error {}

/**
 * Listens on loopback.
 * @returns the origin, as `http://127.0.0.1:PORT`.
 * @throws PortTakenError
 */
export async function listen(app: Listener, port: number, variable: string): Promise<string> {
  try {
    await app.listen({ host: '127.0.0.1', port });
  } catch (error) {
    if (error instanceof Error && 'code' in error && (error.code === 'EADDRINUSE' || error.code === 'EACCES')) {
      throw new PortTakenError(
        `Port ${port} is not free. Stop what uses it, or set ${variable} to another port (0 takes a free one).`,
        { cause: error },
      );
    }
    throw error;
  }
  // A server that listens on TCP has an AddressInfo.
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}
