import type { FastifyInstance, FastifyReply } from 'fastify';
import type { Codes } from './codes.ts';
import { endingPage, offerPage, type Ending } from './invitation-pages.ts';
import type { EntryProblems, Invitations } from './invitations.ts';
import { packState } from './state.ts';

interface Options {
  invitations: Pick<Invitations, 'find' | 'accept'>;
  codes: Codes;
  appUrl: () => string;
  /** Sends a page of the sign-in. */
  page: (reply: FastifyReply, html: string, status?: number) => FastifyReply;
}

/** The link of an invitation: what it offers, and accepting it, which signs in. */
export function invitationRoutes(app: FastifyInstance, { invitations, codes, appUrl, page }: Options): void {
  function over(reply: FastifyReply, ending: Ending, refused = false): FastifyReply {
    const { status, html } = endingPage(ending, appUrl());
    return page(reply, html, refused && ending === 'used' ? 409 : status);
  }

  /** The offer as it stands now, or why there is none any more. */
  function show(reply: FastifyReply, token: string, entered?: { name: string; problems: EntryProblems }): FastifyReply {
    const offer = invitations.find(token);
    if (offer === undefined) return over(reply, 'unknown');
    if (offer.standing !== 'pending') return over(reply, offer.standing);
    return page(reply, offerPage(token, offer, entered?.name, entered?.problems), entered ? 400 : 200);
  }

  app.get<{ Params: { token: string } }>('/invitations/:token', (request, reply) => show(reply, request.params.token));

  app.post<{ Params: { token: string }; Body: URLSearchParams | undefined }>(
    '/invitations/:token',
    async (request, reply) => {
      const { token } = request.params;
      const name = (request.body?.get('name') ?? '').trim();
      const accepted = await invitations.accept(token, { name, password: request.body?.get('password') ?? '' });
      if (typeof accepted === 'object' && 'userId' in accepted) {
        const query = new URLSearchParams({ code: codes.issue(accepted), state: packState('/dashboard') });
        return reply.redirect(`${appUrl()}/auth/callback?${query.toString()}`, 303);
      }
      if (typeof accepted === 'object') return show(reply, token, { name, problems: accepted });
      // Somebody whose address has an account by now is asked for its password instead.
      return accepted === 'has-account' ? show(reply, token, { name, problems: {} }) : over(reply, accepted, true);
    },
  );
}
