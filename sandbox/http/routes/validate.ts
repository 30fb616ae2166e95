import type { FastifyInstance } from 'fastify';
import { apiRoute, HttpProblem, type AppContext } from '../context.ts';
import { incomingFolder } from '../folders.ts';
import { ServerTiming } from '../server-timing.ts';
import { requireSizes, withForm } from '../uploads.ts';

/** POST /api/validate-data and its deprecated forerunner /api/loop-detect: they read a data file and keep nothing. */
export function validateRoutes(app: FastifyInstance, { pipeline, folder }: AppContext): void {
  apiRoute(app, {
    method: 'POST',
    url: '/api/validate-data',
    tier: 'high',
    routeKey: 'validate-data',
    writes: false,
    failure: 'Validation failed',
    handle: (request, _session, reply) => {
      const timing = new ServerTiming(reply);
      return withForm(request, incomingFolder(folder), async ({ files }) => {
        timing.end('receive');
        const { dataFile } = files;
        if (!dataFile) throw new HttpProblem(400, 'Missing required field: dataFile (.sav)');
        requireSizes(files);
        if (dataFile.extension !== '.sav') throw new HttpProblem(400, 'Data file must be a .sav (SPSS) file');
        const result = await pipeline.validate(dataFile.path);
        timing.end('validate');
        return result;
      });
    },
  });

  apiRoute(app, {
    method: 'POST',
    url: '/api/loop-detect',
    tier: 'medium',
    routeKey: 'loop-detect',
    writes: false,
    failure: 'Loop detection failed',
    handle: (request) =>
      withForm(request, incomingFolder(folder), async ({ files }) => {
        const { dataFile } = files;
        if (!dataFile) throw new HttpProblem(400, 'Missing dataFile');
        requireSizes(files);
        if (dataFile.extension !== '.sav') throw new HttpProblem(400, 'dataFile must be a .sav file');
        return (await pipeline.validate(dataFile.path)).loopSummary;
      }),
  });
}
