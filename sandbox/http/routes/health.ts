import type { FastifyInstance } from 'fastify';

/** GET /api/health, for everybody. */
export function healthRoute(app: FastifyInstance): void {
  app.get('/api/health', { config: { isPublic: true } }, () => ({
    status: 'ok',
    timestamp: new Date().toISOString(),
    version: '0.1.0',
    checks: { database: 'healthy', environment: 'healthy', auth: 'healthy' },
  }));
}
