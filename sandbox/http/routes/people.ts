import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { apiRoute, HttpProblem, readJson, type AppContext } from '../context.ts';

const documentId = /^[a-zA-Z0-9_]+$/;
const preferencesSchema = z.object({ pipelineEmails: z.boolean() });

/** Members and their notification preferences. */
export function peopleRoutes(app: FastifyInstance, { store: { people } }: AppContext): void {
  apiRoute<{ membershipId: string }>(app, {
    method: 'DELETE',
    url: '/api/members/:membershipId',
    tier: 'high',
    routeKey: 'members/remove',
    roles: ['admin'],
    failure: 'Failed to remove member',
    handle: (request, session) => {
      const { membershipId } = request.params;
      if (!documentId.test(membershipId)) throw new HttpProblem(400, 'Invalid membership ID');
      const members = people.members(session.orgId);
      const member = members.find(({ _id }) => _id === membershipId);
      if (member === undefined) throw new HttpProblem(404, 'Member not found');
      if (member.userId === session.userId) throw new HttpProblem(400, 'Cannot remove yourself from the organization');
      if (!people.removeMember(membershipId, session.orgId)) throw new HttpProblem(404, 'Member not found');
      return { success: true };
    },
  });

  apiRoute(app, {
    method: 'GET',
    url: '/api/notifications/preferences',
    tier: 'low',
    routeKey: 'notifications/preferences',
    failure: 'Failed to get notification preferences',
    handle: (_request, session) => people.notificationPreferences(session.userId),
  });

  apiRoute(app, {
    method: 'PATCH',
    url: '/api/notifications/preferences',
    tier: 'low',
    routeKey: 'notifications/preferences',
    failure: 'Failed to update notification preferences',
    handle: (request, session) => {
      const complaint = 'pipelineEmails must be a boolean';
      const body = preferencesSchema.safeParse(readJson(request, complaint));
      if (!body.success) throw new HttpProblem(400, complaint);
      people.setNotificationPreferences(session.userId, body.data);
      return people.notificationPreferences(session.userId);
    },
  });
}
