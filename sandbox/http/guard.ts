import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { packState } from '../login/state.ts';
import { HttpProblem, type AppContext } from './context.ts';

/** Where a signed-out visitor is sent, to come back to `path` afterwards. */
export function authorizeUrl({ appUrl, loginUrl }: Pick<AppContext, 'appUrl' | 'loginUrl'>, path: string): string {
  const query = new URLSearchParams({
    client_id: 'client_sandbox',
    redirect_uri: `${appUrl()}/auth/callback`,
    response_type: 'code',
    provider: 'authkit',
    screen_hint: 'sign-in',
    state: packState(path),
  });
  return `${loginUrl()}/user_management/authorize?${query.toString()}`;
}

/**
 * Checks each request before its body is read: sign-in, then rate limit, then role, as the product does. So a request
 * that its role forbids has used up budget. An expired session is a redirect to another origin, also for the API.
 */
export function attachGuard(app: FastifyInstance, context: AppContext): void {
  app.addHook('onRequest', async (request, reply) => {
    if (request.routeOptions.config.isPublic) return;
    const isApi = request.url.startsWith('/api/');
    const known = await context.sessions.authenticate(request.headers);
    if (known === 'none') return redirectToSignIn(request, reply, context, isApi);
    if (known === 'removed') {
      if (isApi) throw new HttpProblem(401, 'Unauthorized');
      return reply.redirect('/auth/error?reason=removed', 307);
    }
    request.session = known.session;
    checkApi(request, reply, context);
  });
}

function redirectToSignIn(
  request: FastifyRequest,
  reply: FastifyReply,
  context: AppContext,
  isApi: boolean,
): FastifyReply {
  const isRead = request.method === 'GET' || request.method === 'HEAD';
  // Nobody wants to land on a JSON answer after signing in.
  const url = authorizeUrl(context, isRead && !isApi ? request.url : '/dashboard');
  return reply.header('cache-control', 'no-store').redirect(url, isRead ? 307 : 303);
}

function checkApi(request: FastifyRequest, reply: FastifyReply, { limiter }: AppContext): void {
  const { api } = request.routeOptions.config;
  const { session } = request;
  if (api === undefined || session === undefined) return;
  const verdict = limiter.take(session.orgId, api.tier, api.routeKey);
  if (!verdict.allowed) {
    reply.headers({
      'retry-after': String(verdict.retryAfterS),
      'x-ratelimit-remaining': '0',
      'x-ratelimit-reset': String(verdict.resetAtS),
    });
    throw new HttpProblem(429, 'Too many requests. Please try again later.');
  }
  if (!api.roles.includes(session.role)) throw new HttpProblem(403, 'Forbidden');
}
