import type { FastifyInstance, HTTPMethods } from 'fastify';
import { HttpProblem } from './context.ts';

const methods: readonly HTTPMethods[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** Answers 405 where a path of the API is asked in a way that it does not know. To be called before its routes are made; the answer is called when they are. */
export function refuseOtherMethods(app: FastifyInstance): () => void {
  const known = new Map<string, Set<string>>();
  app.addHook('onRoute', ({ url, method }) => {
    if (!url.startsWith('/api/')) return;
    const taken = known.get(url) ?? new Set<string>();
    for (const each of [method].flat()) taken.add(each);
    known.set(url, taken);
  });
  return () => {
    for (const [url, taken] of [...known]) {
      const allow = [...taken].sort().join(', ');
      app.route({
        method: methods.filter((method) => !taken.has(method)),
        url,
        handler: (_request, reply) => {
          void reply.header('allow', allow);
          throw new HttpProblem(405, 'Method not allowed');
        },
      });
    }
  };
}
