import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { activeStatuses, loadTestConcurrencies, projectConfigSchema, type RunRow } from '../../contract.ts';
import type { Pipeline } from '../../ports.ts';
import { apiRoute, HttpProblem, readJson, type AppContext } from '../context.ts';
import { launchDatasets } from '../load-test/launch-datasets.ts';
import { readManifest } from '../load-test/manifest.ts';

const namePrefix = z.string().regex(/^[A-Za-z0-9\s\-/.]{1,100}$/);
const cleanupSchema = z.object({ namePrefix });
const launchSchema = z.object({
  datasets: z.array(z.string()).min(1).max(20),
  concurrency: z.literal(loadTestConcurrencies),
  namePrefix,
  config: projectConfigSchema.pick({ format: true, displayMode: true, theme: true }).prefault({}),
});

/** A body of that shape. @throws HttpProblem 400 that says which field is wrong. */
function parseBody<T>(schema: z.ZodType<T>, json: unknown): T {
  const body = schema.safeParse(json);
  if (!body.success) throw new HttpProblem(400, 'Invalid request', { details: z.flattenError(body.error).fieldErrors });
  return body.data;
}

/** Cancels what is active; resolves when none of the runs' work is left. */
async function stopAll(pipeline: Pipeline, runs: readonly RunRow[]): Promise<void> {
  for (const run of runs) if (activeStatuses.includes(run.status)) pipeline.cancel(run._id);
  await Promise.all(runs.map((run) => pipeline.settled?.(run._id) ?? Promise.resolve()));
}

/** The product's own load test: which datasets there are, launching them, and deleting what was launched. In production there is none. */
export function loadTestRoutes(app: FastifyInstance, context: AppContext): void {
  const { store, pipeline, faults, objects, logger } = context;
  if (context.mode === 'production') return;
  const leavesGhosts = faults.has('ghost-slot');

  apiRoute(app, {
    method: 'GET',
    url: '/api/dev/load-test/datasets',
    tier: 'low',
    routeKey: 'dev/load-test/datasets',
    roles: ['admin'],
    failure: 'Failed to fetch dataset manifest. Run the upload script first.',
    handle: () => readManifest(objects),
  });

  apiRoute(app, {
    method: 'POST',
    url: '/api/dev/load-test/launch',
    tier: 'high',
    routeKey: 'dev/load-test/launch',
    roles: ['admin'],
    // The launches that it makes do the writing, each a request of its own.
    writes: false,
    failure: 'Load test launch failed',
    handle: async (request, _session, reply) => {
      const body = parseBody(launchSchema, readJson(request, 'Invalid request'));
      const manifest = await readManifest(objects).catch((error: unknown) => {
        logger.error({ correlationId: request.correlationId, err: error }, 'no manifest of datasets');
        throw new HttpProblem(500, 'Could not read manifest. Run the upload script first.');
      });
      const { cookie = '', traceparent } = request.headers;
      const result = await launchDatasets(body, {
        manifest,
        objects,
        url: `${context.appUrl()}/api/projects/launch`,
        headers: { cookie, ...(typeof traceparent === 'string' ? { traceparent } : {}) },
      });
      return reply.code(202).send(result);
    },
  });

  apiRoute(app, {
    method: 'POST',
    url: '/api/dev/load-test/cleanup',
    tier: 'high',
    routeKey: 'dev/load-test/cleanup',
    roles: ['admin'],
    failure: 'Cleanup failed',
    handle: async (request, session) => {
      const { namePrefix: prefix } = parseBody(cleanupSchema, readJson(request, 'Invalid request'));
      const projects = store.projects.withPrefix(session.orgId, prefix);
      const runs = projects.flatMap((project) => store.projects.runsOf(project._id, session.orgId));
      if (!leavesGhosts) await stopAll(pipeline, runs);
      const deleted = projects.filter(
        (project) => typeof store.projects.softDelete(project._id, session, leavesGhosts) === 'object',
      );
      return { projectsDeleted: deleted.length, projectNames: deleted.map(({ name }) => name) };
    },
  });
}
