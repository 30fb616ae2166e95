import multipart from '@fastify/multipart';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { requestsInTurn } from '../faults/serial-writes.ts';
import { HttpProblem, type AppContext } from './context.ts';
import { attachGuard } from './guard.ts';
import { refuseOtherMethods } from './methods.ts';
import { attachPages } from './pages.ts';
import { publicPages } from './public-pages.ts';
import { attachLogging } from './request-log.ts';
import { downloadRoutes } from './routes/download.ts';
import { healthRoute } from './routes/health.ts';
import { invitationRoutes } from './routes/invitations.ts';
import { launchRoute } from './routes/launch.ts';
import { loadTestRoutes } from './routes/load-test.ts';
import { peopleRoutes } from './routes/people.ts';
import { projectRoutes } from './routes/projects.ts';
import { reviewRoute } from './routes/review.ts';
import { runRoutes } from './routes/runs.ts';
import { validateRoutes } from './routes/validate.ts';

/** The application: pages and JSON API of PRODUCT.md sections 1 and 2. @throws PagesMissingError when the pages were not built. */
export async function createApp(context: AppContext): Promise<FastifyInstance> {
  const app = fastify({
    logger: false,
    forceCloseConnections: true,
    bodyLimit: 8 * 1024 * 1024,
    routerOptions: { maxParamLength: 400 },
  });
  attachLogging(app, context.logger);
  app.addHook('onRequest', (_request, reply, done) => {
    reply.headers({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'same-origin',
      'content-security-policy': "frame-ancestors 'none'; object-src 'none'; base-uri 'self'",
    });
    done();
  });
  attachGuard(app, context);
  attachErrors(app, context);

  const turn = requestsInTurn(context.faults);
  app.addHook('preHandler', async (request) => {
    if (request.routeOptions.config.api?.writes) await turn();
  });

  // Bodies are read as text and parsed by the routes, whose refusals have texts of their own.
  app.removeAllContentTypeParsers();
  await app.register(multipart);
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    done(null, body);
  });

  const refuseOthers = refuseOtherMethods(app);
  healthRoute(app);
  publicPages(app, context);
  launchRoute(app, context);
  validateRoutes(app, context);
  reviewRoute(app, context);
  runRoutes(app, context);
  downloadRoutes(app, context);
  projectRoutes(app, context);
  loadTestRoutes(app, context);
  peopleRoutes(app, context);
  invitationRoutes(app, context);
  refuseOthers();
  await attachPages(app, context);
  return app;
}

function attachErrors(app: FastifyInstance, { logger }: AppContext): void {
  app.setErrorHandler((error: FastifyError | HttpProblem, request, reply) => {
    if (error instanceof HttpProblem) return reply.code(error.status).send({ error: error.message, ...error.extra });
    const status = error.statusCode ?? 500;
    if (status < 500) return reply.code(status).send({ error: error.message });
    logger.error(
      { correlationId: request.correlationId, route: request.routeOptions.url, err: error },
      'request failed',
    );
    return reply.code(500).send({ error: request.routeOptions.config.api?.failure ?? 'Internal server error' });
  });
}
