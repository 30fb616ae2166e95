import type { FastifyInstance } from 'fastify';
import type { Logger } from 'pino';
import type { Session } from '../contract.ts';
import { correlationId } from './log.ts';

declare module 'fastify' {
  interface FastifyRequest {
    correlationId: string;
    /** Who asks; undefined on public routes. */
    session: Session | undefined;
  }
}

/** One line for each answered request: never a body, a query, a cookie or a password. */
export function attachLogging(app: FastifyInstance, logger: Logger): void {
  app.decorateRequest('correlationId', '');
  app.decorateRequest('session', undefined);
  app.addHook('onRequest', (request, reply, done) => {
    request.correlationId = correlationId(request.headers.traceparent);
    reply.header('x-correlation-id', request.correlationId);
    done();
  });
  app.addHook('onResponse', (request, reply, done) => {
    logger.info(
      {
        correlationId: request.correlationId,
        method: request.method,
        route: request.routeOptions.url ?? 'unknown',
        status: reply.statusCode,
        durationMs: Math.round(reply.elapsedTime * 10) / 10,
        ...(request.session && { orgId: request.session.orgId, userId: request.session.userId }),
      },
      'request',
    );
    done();
  });
}
