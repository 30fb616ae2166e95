import type { FastifyReply } from 'fastify';

/**
 * Says in the `Server-Timing` header how long the parts of an answer took (W3C Server Timing), one after the other from
 * the request's arrival on; a browser cannot know by itself when a body had been received. Milliseconds.
 */
export class ServerTiming {
  readonly #reply: FastifyReply;
  readonly #parts: string[] = [];
  #endedAt = 0;

  constructor(reply: FastifyReply) {
    this.#reply = reply;
  }

  /** The part that has gone on since the one before it ends here. */
  end(part: string): void {
    const now = this.#reply.elapsedTime;
    this.#parts.push(`${part};dur=${(now - this.#endedAt).toFixed(2)}`);
    this.#endedAt = now;
    this.#reply.header('server-timing', this.#parts.join(', '));
  }
}
