import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { activeStatuses, type RunRow } from '../../contract.ts';
import type { Pipeline } from '../../ports.ts';
import { apiRoute, HttpProblem, readJson, type AppContext } from '../context.ts';

const documentId = /^[a-zA-Z0-9_]+$/;
const prefixSchema = z.object({ namePrefix: z.string().regex(/^[A-Za-z0-9\s\-/.]{1,100}$/) });

/** Cancels what is active; resolves when none of the runs' work is left. */
async function stopAll(pipeline: Pipeline, runs: readonly RunRow[]): Promise<void> {
  for (const run of runs) if (activeStatuses.includes(run.status)) pipeline.cancel(run._id);
  await Promise.all(runs.map((run) => pipeline.settled?.(run._id) ?? Promise.resolve()));
}

/** Deleting one project, and all that a load test made. */
export function projectRoutes(app: FastifyInstance, { store, pipeline, faults }: AppContext): void {
  const leavesGhosts = faults.has('ghost-slot');

  apiRoute<{ projectId: string }>(app, {
    method: 'DELETE',
    url: '/api/projects/:projectId',
    tier: 'critical',
    routeKey: 'projects/delete',
    roles: ['admin'],
    failure: 'Failed to delete project',
    handle: (request, session) => {
      const { projectId } = request.params;
      if (!documentId.test(projectId)) throw new HttpProblem(400, 'Invalid project ID');
      const deleted = store.projects.softDelete(projectId, session.orgId);
      if (deleted === false) throw new HttpProblem(404, 'Project not found');
      if (deleted === 'active') {
        throw new HttpProblem(
          409,
          'Cannot delete a project with active pipeline runs. Cancel or wait for completion first.',
        );
      }
      // The delete is soft: the files stay, for the project can be restored.
      return { success: true, runsDeleted: deleted.runsDeleted, r2FilesDeleted: 0 };
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
      const body = prefixSchema.safeParse(readJson(request, 'Invalid request'));
      if (!body.success) throw new HttpProblem(400, 'Invalid request', { details: z.flattenError(body.error) });
      const projects = store.projects.withPrefix(session.orgId, body.data.namePrefix);
      const runs = projects.flatMap((project) => store.projects.runsOf(project._id, session.orgId));
      if (!leavesGhosts) await stopAll(pipeline, runs);
      const deleted = projects.filter(
        (project) => typeof store.projects.softDelete(project._id, session.orgId, leavesGhosts) === 'object',
      );
      return { projectsDeleted: deleted.length, projectNames: deleted.map(({ name }) => name) };
    },
  });
}
