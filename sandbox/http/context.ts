import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from 'pino';
import { roles as allRoles, type Role, type Session } from '../contract.ts';
import type { Faults } from '../faults/index.ts';
import type { Codes } from '../login/codes.ts';
import type { Invitations } from '../login/invitations.ts';
import type { ObjectReader, Pipeline, Store } from '../ports.ts';
import type { Limiter, Tier } from './limiter.ts';
import type { Sessions } from './sessions.ts';

/** What the routes work with. */
export interface AppContext {
  store: Store;
  pipeline: Pipeline;
  /** What the object store holds. */
  objects: ObjectReader;
  sessions: Sessions;
  /** Hears of each session that was given up before it expired. */
  sessionEnded: (token: string) => void;
  codes: Codes;
  invitations: Invitations;
  limiter: Limiter;
  logger: Logger;
  secret: Uint8Array;
  faults: Faults;
  /** What is meant for development only is absent in production. */
  mode: 'development' | 'production';
  /** The data folder. */
  folder: string;
  /** The built pages. */
  dist: string;
  appUrl: () => string;
  loginUrl: () => string;
}

/** An answer that is a refusal: `{error, ...extra}` with that status. */
export class HttpProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly extra: Record<string, unknown> = {},
  ) {
    super(message);
  }
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Answered without a session. */
    isPublic?: boolean;
    api?: { tier: Tier; routeKey: string; roles: readonly Role[]; writes: boolean; failure: string };
  }
}

export interface ApiRoute<Params> {
  method: 'GET' | 'POST' | 'PATCH' | 'DELETE';
  url: string;
  tier: Tier;
  /** The limiter counts per organisation and this key. */
  routeKey: string;
  /** Every role when left out. */
  roles?: readonly Role[];
  /** Whether it changes what is stored; what is not a GET does, unless it says otherwise. */
  writes?: boolean;
  /** Text of a 500. */
  failure: string;
  handle(request: FastifyRequest<{ Params: Params }>, session: Session, reply: FastifyReply): unknown;
}

/** Registers a route of the JSON API; sign-in, rate limit and role are checked, in that order, before its body is read. */
export function apiRoute<Params = Record<string, never>>(app: FastifyInstance, route: ApiRoute<Params>): void {
  const { method, url, tier, routeKey, roles = allRoles, writes = method !== 'GET', failure } = route;
  app.route<{ Params: Params }>({
    method,
    url,
    config: { api: { tier, routeKey, roles, writes, failure } },
    handler: (request, reply) => {
      if (request.session === undefined) throw new HttpProblem(401, 'Unauthorized');
      return route.handle(request, request.session, reply);
    },
  });
}

/** The body as JSON, whatever its content type says. @throws HttpProblem 400 with `message` when it is not JSON. */
export function readJson(request: FastifyRequest, message = 'Invalid JSON body'): unknown {
  try {
    return JSON.parse(typeof request.body === 'string' ? request.body : '');
  } catch {
    throw new HttpProblem(400, message);
  }
}
