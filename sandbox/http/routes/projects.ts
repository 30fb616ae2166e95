import type { FastifyInstance } from 'fastify';
import { apiRoute, HttpProblem, type AppContext } from '../context.ts';
import { nameTaken } from './launch.ts';

const documentId = /^[a-zA-Z0-9_]+$/;

/** Deleting a project, and bringing it back. */
export function projectRoutes(app: FastifyInstance, { store: { projects } }: AppContext): void {
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
      const deleted = projects.softDelete(projectId, session);
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
    method: 'GET',
    url: '/api/projects/deleted',
    tier: 'low',
    routeKey: 'projects/deleted',
    roles: ['admin'],
    failure: 'Failed to list deleted projects',
    handle: (_request, session) => ({ projects: projects.deleted(session.orgId) }),
  });

  apiRoute<{ projectId: string }>(app, {
    method: 'POST',
    url: '/api/projects/:projectId/restore',
    tier: 'high',
    routeKey: 'projects/restore',
    roles: ['admin'],
    failure: 'Failed to restore project',
    handle: (request, session) => {
      const { projectId } = request.params;
      if (!documentId.test(projectId)) throw new HttpProblem(400, 'Invalid project ID');
      const deleted = projects.deleted(session.orgId).find((project) => project.projectId === projectId);
      const restored = deleted ? projects.restore(projectId, session.orgId) : false;
      if (!deleted || restored === false) throw new HttpProblem(404, 'Project not found');
      if (restored === 'name-taken') throw nameTaken(deleted.name);
      return { success: true, projectId, name: restored.name };
    },
  });
}
