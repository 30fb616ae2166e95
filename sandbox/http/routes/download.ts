import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import type { FastifyInstance } from 'fastify';
import { workbookFiles, type ProjectRow, type RunRow, type WorkbookFile } from '../../contract.ts';
import { apiRoute, HttpProblem, type AppContext } from '../context.ts';
import { signature, signatureFits } from '../sessions.ts';
import { requireRun } from './runs.ts';

const lifetimeS = 3600;
const spreadsheet = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

function isWorkbook(file: string): file is WorkbookFile {
  return Object.hasOwn(workbookFiles, file);
}

/** Characters of a project's name in a file name: what makes a longer one does not fit a header, nor a disk. */
const longestName = 200;

/** What no file name may hold, besides control characters. */
const forbidden = '\\/:*?"<>|';

/** `CrosstabAI - <project> - <date>[ (Variant)].xlsx`, without what no file name may hold. */
export function downloadName(project: ProjectRow, run: RunRow, file: WorkbookFile): string {
  const variant = /\(.+\)$/.exec(workbookFiles[file])?.[0];
  const date = new Date(run._creationTime).toISOString().slice(0, 10);
  const name = [...project.name]
    .slice(0, longestName)
    .map((character) => (forbidden.includes(character) || character < ' ' ? '-' : character))
    .join('');
  return `CrosstabAI - ${name} - ${date}${variant ? ` ${variant}` : ''}.xlsx`;
}

/** RFC 6266: an ASCII name for the old, the real one for all others. */
function contentDisposition(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7e]/g, '_').replaceAll(/["\\]/g, '_');
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}

/** Downloads: the API answers with a link that is signed and soon expires, and the link alone fetches the file. */
export function downloadRoutes(app: FastifyInstance, { store, pipeline, secret, appUrl }: AppContext): void {
  apiRoute<{ runId: string; filename: string }>(app, {
    method: 'GET',
    url: '/api/runs/:runId/download/:filename',
    tier: 'low',
    routeKey: 'runs/download',
    failure: 'Failed to generate download URL',
    handle: (request, session, reply) => {
      const { runId, filename } = request.params;
      const run = requireRun(store.runs, runId, session);
      const outputs = run.result?.r2Files?.outputs ?? [];
      if (outputs.length === 0) throw new HttpProblem(404, 'No R2 files available for this run');
      if (!isWorkbook(filename)) throw new HttpProblem(404, 'File not found');
      const project = store.projects.get(run.projectId, session.orgId);
      if (!project || !outputs.includes(filename) || pipeline.outputPath(runId, filename) === undefined) {
        throw new HttpProblem(404, `File not available: ${filename}`);
      }
      const path = `/storage/${runId}/${filename}`;
      const query = new URLSearchParams({
        expires: String(Math.floor(Date.now() / 1000) + lifetimeS),
        name: downloadName(project, run, filename),
      });
      query.set('signature', signature(secret, `${path}?${query.toString()}`));
      return reply.header('cache-control', 'no-store').redirect(`${appUrl()}${path}?${query.toString()}`, 307);
    },
  });

  app.get<{ Params: { runId: string; filename: string } }>(
    '/storage/:runId/:filename',
    { config: { isPublic: true } },
    async (request, reply) => {
      const { runId, filename } = request.params;
      const query = new URL(request.url, 'http://storage.invalid').searchParams;
      const given = query.get('signature') ?? '';
      query.delete('signature');
      if (!signatureFits(secret, `/storage/${runId}/${filename}?${query.toString()}`, given)) {
        throw new HttpProblem(403, 'SignatureDoesNotMatch');
      }
      if (Number(query.get('expires')) * 1000 < Date.now()) throw new HttpProblem(403, 'Request has expired');
      const file = pipeline.outputPath(runId, filename);
      if (file === undefined) throw new HttpProblem(404, 'NoSuchKey');
      const { size } = await stat(file);
      return reply
        .headers({
          'content-disposition': contentDisposition(query.get('name') ?? filename),
          'content-length': size,
          'cache-control': 'private, no-store',
        })
        .type(spreadsheet)
        .send(createReadStream(file));
    },
  );
}
