import fastify, { type FastifyInstance, type FastifyReply } from 'fastify';
import { attachLogging } from '../http/request-log.ts';
import type { Logger } from 'pino';
import type { PeopleStore } from '../ports.ts';
import { verifyPassword } from '../store/accounts.ts';
import type { Codes } from './codes.ts';
import { invitationRoutes } from './invitation-routes.ts';
import type { Invitations } from './invitations.ts';
import { emailPage, passwordPage, strayPage, type SignInRequest } from './pages.ts';

export interface LoginOptions {
  people: Pick<PeopleStore, 'byEmail'>;
  codes: Codes;
  invitations: Pick<Invitations, 'find' | 'accept'>;
  logger: Logger;
  /** The application's origin, known once it listens. */
  appUrl: () => string;
}

/** The hosted sign-in, on an origin of its own: e-mail, then password, then back to the application with a code. */
export function createLoginServer({ people, codes, invitations, logger, appUrl }: LoginOptions): FastifyInstance {
  const app = fastify({ logger: false, forceCloseConnections: true });
  attachLogging(app, logger);
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('application/x-www-form-urlencoded', { parseAs: 'string' }, (_request, body, done) => {
    done(null, new URLSearchParams(body.toString()));
  });

  function page(reply: FastifyReply, html: string, status = 200): FastifyReply {
    return reply
      .code(status)
      .header('cache-control', 'no-store')
      .header('x-frame-options', 'DENY')
      .header('referrer-policy', 'no-referrer')
      .type('text/html; charset=utf-8')
      .send(html);
  }

  /** Only the application itself may be returned to. */
  function accepted(fields: URLSearchParams): SignInRequest | undefined {
    const redirectUri = fields.get('redirect_uri') ?? '';
    return redirectUri === `${appUrl()}/auth/callback` ? { redirectUri, state: fields.get('state') ?? '' } : undefined;
  }

  app.get('/user_management/authorize', (request, reply) => {
    const signIn = accepted(new URL(request.url, 'http://login.invalid').searchParams);
    return signIn ? page(reply, emailPage(signIn)) : page(reply, strayPage(appUrl()), 400);
  });

  app.post<{ Body: URLSearchParams | undefined }>('/user_management/authorize/email', (request, reply) => {
    const fields = request.body ?? new URLSearchParams();
    const signIn = accepted(fields);
    if (!signIn) return page(reply, strayPage(appUrl()), 400);
    const email = (fields.get('email') ?? '').trim();
    if (email === '') return page(reply, emailPage(signIn, '', 'Enter your e-mail address'), 400);
    if (!people.byEmail(email)) return page(reply, emailPage(signIn, email, `No account found for ${email}`), 400);
    return page(reply, passwordPage(signIn, email));
  });

  app.post<{ Body: URLSearchParams | undefined }>('/user_management/authorize/password', async (request, reply) => {
    const fields = request.body ?? new URLSearchParams();
    const signIn = accepted(fields);
    if (!signIn) return page(reply, strayPage(appUrl()), 400);
    const email = (fields.get('email') ?? '').trim();
    const person = people.byEmail(email);
    if (!person) return page(reply, emailPage(signIn, email, `No account found for ${email}`), 400);
    if (!(await verifyPassword(fields.get('password') ?? '', person.passwordHash))) {
      return page(reply, passwordPage(signIn, email, 'Incorrect password'), 400);
    }
    const query = new URLSearchParams({ code: codes.issue(person.session), state: signIn.state });
    return reply.redirect(`${signIn.redirectUri}?${query.toString()}`, 303);
  });

  invitationRoutes(app, { invitations, codes, appUrl, page });

  app.setNotFoundHandler((_request, reply) => page(reply, strayPage(appUrl()), 404));
  return app;
}
