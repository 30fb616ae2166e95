import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { brand, escapeHtml, renderDocument } from '../login/document.ts';
import { unpackState } from '../login/state.ts';
import { HttpProblem, type AppContext } from './context.ts';
import { authorizeUrl } from './guard.ts';
import { sessionCookie } from './sessions.ts';

const header = `<header class="top">${brand}<a class="button" href="/dashboard">Log In</a></header>`;
const footer = '<footer><a href="/data-privacy">Data privacy</a></footer>';

const home = renderDocument(
  'Crosstab AI',
  `${header}<main class="hero"><h1>From survey data to banner tables</h1>
<p>Upload an SPSS file, the questionnaire and a banner plan. Look at the few columns that were not certain. Take away a workbook with bases, percentages and significance letters.</p>
</main>${footer}`,
);

const privacy = renderDocument(
  'Data privacy · Crosstab AI',
  `${header}<main class="text"><h1>Data privacy</h1>
<p>This is a sandbox: a small product for trying out load tests. Data files, documents and workbooks stay in its data folder on this machine. Nothing is sent anywhere else.</p>
<p>A temporary data folder is removed when the sandbox ends; one that you named stays until you remove it.</p>
</main>${footer}`,
);

const reasons: Record<string, { heading: string; text: string }> = {
  'no-org': {
    heading: 'No organization found',
    text: 'Your account does not belong to an organization yet. Ask an administrator to invite you.',
  },
  'callback-failed': {
    heading: 'Sign-in failed',
    text: 'The sign-in could not be completed. It may have taken too long; please try again.',
  },
  removed: {
    heading: 'Access removed',
    text: 'Your access to this organization was removed. Ask an administrator if this is a mistake.',
  },
};
const otherReason = {
  heading: 'Authentication error',
  text: 'Something went wrong while signing you in. Please try again.',
};

function errorPage(reason: string): string {
  const { heading, text } = Object.hasOwn(reasons, reason) ? (reasons[reason] ?? otherReason) : otherReason;
  return renderDocument(
    `${heading} · Crosstab AI`,
    `<main class="centre"><div class="panel"><h1>${escapeHtml(heading)}</h1><p>${escapeHtml(text)}</p>
<div class="actions"><form method="post" action="/auth/sign-out"><button type="submit">Sign in with a different account</button></form><a href="/">Back to Home</a></div>
</div></main>`,
  );
}

/** Pages that need no session, and the ends of sign-in and sign-out. */
export function publicPages(app: FastifyInstance, context: AppContext): void {
  const { codes, sessions, store } = context;
  const options = { config: { isPublic: true } };
  const html = (reply: FastifyReply, text: string): FastifyReply => reply.type('text/html; charset=utf-8').send(text);
  const cookie = (value: string, maxAgeS: number): string =>
    `${sessionCookie}=${value}; Path=/; Max-Age=${maxAgeS}; HttpOnly; SameSite=Lax`;

  app.get('/', options, (_request, reply) => html(reply, home));
  app.get('/data-privacy', options, (_request, reply) => html(reply, privacy));
  app.get<{ Querystring: { reason?: string } }>('/auth/error', options, (request, reply) =>
    html(reply, errorPage(String(request.query.reason))),
  );

  app.get<{ Querystring: { code?: string; state?: string } }>('/auth/callback', options, async (request, reply) => {
    const grant = codes.redeem(String(request.query.code));
    if (!grant) return reply.redirect('/auth/error?reason=callback-failed', 307);
    const token = await sessions.issue(grant.userId, grant.orgId);
    return reply
      .header('set-cookie', cookie(token, sessions.maxAgeS))
      .header('cache-control', 'no-store')
      .redirect(unpackState(request.query.state), 307);
  });

  const endSession = (request: FastifyRequest): void => {
    const token = sessions.tokenOf(request.headers);
    if (token !== undefined) context.sessionEnded(token);
  };
  app.get('/auth/sign-out', options, (request, reply) => {
    endSession(request);
    return reply.header('set-cookie', cookie('', 0)).redirect('/', 307);
  });
  app.post('/auth/sign-out', options, (request, reply) => {
    endSession(request);
    return reply.header('set-cookie', cookie('', 0)).redirect(authorizeUrl(context, '/dashboard'), 303);
  });

  app.post('/auth/organization', async (request, reply) => {
    const { session } = request;
    const orgId = new URLSearchParams(typeof request.body === 'string' ? request.body : '').get('organization') ?? '';
    const changed = session && store.people.session(session.userId, orgId);
    if (!changed) throw new HttpProblem(403, 'Forbidden');
    const token = await sessions.issue(changed.userId, changed.orgId);
    endSession(request);
    return reply.header('set-cookie', cookie(token, sessions.maxAgeS)).redirect('/dashboard', 303);
  });

  app.get<{ Params: { id: string } }>('/pipelines/:id', options, (request, reply) =>
    reply.redirect(`/projects/${encodeURIComponent(request.params.id)}`, 308),
  );
  app.get<{ Params: { id: string } }>('/pipelines/:id/review', options, (request, reply) =>
    reply.redirect(`/projects/${encodeURIComponent(request.params.id)}/review`, 308),
  );
}
