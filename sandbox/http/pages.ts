import fastifyStatic from '@fastify/static';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { PageSettings, Session } from '../contract.ts';
import type { Faults } from '../faults/index.ts';
import type { PeopleStore } from '../ports.ts';
import { HttpProblem, type AppContext } from './context.ts';

/** The pages have not been built; the message says how. */
export class PagesMissingError extends Error {}

/** The built pages' document. @throws PagesMissingError */
function readIndex(dist: string): string {
  const file = join(dist, 'index.html');
  if (!existsSync(file))
    throw new PagesMissingError(`The sandbox's pages have not been built (${file} is missing). Run npm run setup`);
  return readFileSync(file, 'utf8');
}

/** JSON within a script: `<` is escaped, for a name could hold `</script>`. */
function inScript(value: unknown): string {
  return JSON.stringify(value)
    .replaceAll('<', '\\u003c')
    .replaceAll('\u2028', '\\u2028')
    .replaceAll('\u2029', '\\u2029');
}

/** Puts session and settings into the document. */
function withSession(index: string, session: Session, page: PageSettings): string {
  const script = `<script>window.__PAGE__ = ${inScript(page)}; window.__SESSION__ = ${inScript(session)}</script>`;
  // A function: `$` in a name means nothing to it.
  return index.replace('</head>', () => `${script}</head>`);
}

function pageSettings({ userId, orgId }: Session, people: PeopleStore, faults: Faults): PageSettings {
  const others = people.organizationsOf(userId).filter(({ _id }) => _id !== orgId);
  return {
    otherOrganizations: others.map(({ _id, name }) => ({ id: _id, name })),
    clickWorkMs: faults.has('slow-inp') ? faults.amount('slow-inp') : 0,
  };
}

/** Serves the single-page application: assets for everybody, its document for whoever is signed in. */
export async function attachPages(app: FastifyInstance, { dist, store, faults }: AppContext): Promise<void> {
  const index = readIndex(dist);
  await app.register(async (files) => {
    files.addHook('onRoute', (route) => {
      route.config = { ...route.config, isPublic: true };
    });
    await files.register(fastifyStatic, {
      root: dist,
      index: false,
      wildcard: false,
      globIgnore: ['index.html'],
      setHeaders: (reply, path) => {
        // Vite puts a hash into the names under assets/, so those never change.
        const isHashed = path.startsWith(join(dist, 'assets'));
        reply.header('cache-control', isHashed ? 'public, max-age=31536000, immutable' : 'public, max-age=3600');
      },
      cacheControl: false,
    });
  });

  const document = (request: FastifyRequest, reply: FastifyReply, status: number): FastifyReply => {
    if (request.session === undefined) throw new HttpProblem(401, 'Unauthorized');
    return reply
      .code(status)
      .header('cache-control', 'private, no-cache, no-store, max-age=0, must-revalidate')
      .type('text/html; charset=utf-8')
      .send(withSession(index, request.session, pageSettings(request.session, store.people, faults)));
  };
  const routes = [
    '/dashboard',
    '/projects/new',
    '/projects/:id',
    '/projects/:id/review',
    '/settings',
    '/dev/load-test',
  ];
  for (const route of routes) {
    app.get(route, (request, reply) => document(request, reply, 200));
  }
  app.setNotFoundHandler((request, reply) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') throw new HttpProblem(404, 'Not found');
    if (request.url.startsWith('/api/') || request.url.startsWith('/assets/')) throw new HttpProblem(404, 'Not found');
    return document(request, reply, 404);
  });
}
