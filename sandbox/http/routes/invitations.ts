import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { roles } from '../../contract.ts';
import { apiRoute, HttpProblem, readJson, type AppContext } from '../context.ts';

const documentId = /^[a-zA-Z0-9_]+$/;
const invitationSchema = z.object({ email: z.string().trim().max(320).pipe(z.email()), role: z.enum(roles) });

/** Inviting to one's organisation. No mail is sent: whoever invites passes the link on. */
export function invitationRoutes(app: FastifyInstance, { invitations }: AppContext): void {
  apiRoute(app, {
    method: 'POST',
    url: '/api/invitations',
    tier: 'high',
    routeKey: 'invitations/send',
    roles: ['admin'],
    failure: 'Failed to send invitation',
    handle: (request, session) => {
      const body = invitationSchema.safeParse(readJson(request));
      if (!body.success) throw new HttpProblem(400, 'Invalid email or role', { details: z.flattenError(body.error) });
      const { email } = body.data;
      const invitation = invitations.invite(session, body.data);
      if (invitation === 'member') throw new HttpProblem(409, `${email} is a member of this organization already.`);
      if (invitation === 'pending') {
        throw new HttpProblem(409, `${email} is invited already. Copy that link, or revoke it first.`);
      }
      return { success: true, invitation };
    },
  });

  apiRoute(app, {
    method: 'GET',
    url: '/api/invitations',
    tier: 'low',
    routeKey: 'invitations',
    roles: ['admin'],
    failure: 'Failed to load invitations',
    handle: (_request, session, reply) => {
      void reply.header('cache-control', 'no-store');
      return { invitations: invitations.pending(session.orgId) };
    },
  });

  apiRoute<{ invitationId: string }>(app, {
    method: 'DELETE',
    url: '/api/invitations/:invitationId',
    tier: 'high',
    routeKey: 'invitations/revoke',
    roles: ['admin'],
    failure: 'Failed to revoke invitation',
    handle: (request, session) => {
      const { invitationId } = request.params;
      if (!documentId.test(invitationId)) throw new HttpProblem(400, 'Invalid invitation ID');
      if (!invitations.revoke(invitationId, session.orgId)) throw new HttpProblem(404, 'Invitation not found');
      return { success: true };
    },
  });
}
