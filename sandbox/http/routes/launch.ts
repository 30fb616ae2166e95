import { randomBytes } from 'node:crypto';
import { rename, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { projectConfigSchema, type ProjectConfig } from '../../contract.ts';
import { nameLookup } from '../../faults/duplicate-name.ts';
import { openings } from '../../faults/runless-project.ts';
import type { StoredFile } from '../../ports.ts';
import { newId } from '../../store/index.ts';
import { apiRoute, HttpProblem, type AppContext } from '../context.ts';
import { filesFolder, incomingFolder } from '../folders.ts';
import { ServerTiming } from '../server-timing.ts';
import { requireSizes, withForm, type ReceivedForm, type Upload, type UploadField } from '../uploads.ts';

const documents = ['.pdf', '.docx', '.doc'];
const accepted: Record<UploadField, { extensions: readonly string[]; complaint: string; role: StoredFile['role'] }> = {
  dataFile: { extensions: ['.sav'], complaint: 'Data file must be .sav', role: 'data' },
  surveyDocument: { extensions: documents, complaint: 'Survey document must be PDF or DOCX', role: 'survey' },
  bannerPlan: { extensions: documents, complaint: 'Banner plan must be PDF or DOCX', role: 'banner' },
  messageList: {
    extensions: ['.xlsx', '.xls', '.csv'],
    complaint: 'Message list must be Excel or CSV',
    role: 'messageList',
  },
};

function uploads(form: ReceivedForm): [UploadField, Upload][] {
  return Object.entries(form.files) as [UploadField, Upload][];
}

interface Launch {
  name: string;
  config: ProjectConfig;
}

/** The form's checks, in the product's order. */
function validate(form: ReceivedForm): Launch {
  if (!form.files.dataFile || !form.files.surveyDocument) {
    throw new HttpProblem(400, 'Missing required files: dataFile and surveyDocument are required');
  }
  requireSizes(form.files);
  const details = uploads(form).flatMap(([field, { extension }]) =>
    accepted[field].extensions.includes(extension)
      ? []
      : [`${accepted[field].complaint} (got ${extension || 'no extension'})`],
  );
  if (details.length > 0) throw new HttpProblem(400, 'Invalid file format', { details });
  const name = form.fields.get('projectName')?.trim();
  const config = form.fields.get('config');
  if (!name || !config) throw new HttpProblem(400, 'Missing required fields: config and projectName');
  return { name, config: parseConfig(config) };
}

function parseConfig(text: string): ProjectConfig {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw new HttpProblem(400, 'Invalid config', { details: 'config is not valid JSON' });
  }
  const parsed = projectConfigSchema.safeParse(json);
  if (!parsed.success) throw new HttpProblem(400, 'Invalid config', { details: z.prettifyError(parsed.error) });
  return parsed.data;
}

/** The refusal of a name that a live project of the organisation has. */
export function nameTaken(name: string): HttpProblem {
  return new HttpProblem(409, `A project named "${name}" already exists. Please choose a different name.`);
}

/** POST /api/projects/launch: files first, then project and run at once, or nothing of it. */
export function launchRoute(app: FastifyInstance, { store, pipeline, folder, logger, faults }: AppContext): void {
  const isTaken = nameLookup(faults, store.projects);
  const open = openings(faults, store.projects);
  apiRoute(app, {
    method: 'POST',
    url: '/api/projects/launch',
    tier: 'critical',
    routeKey: 'projects/launch',
    roles: ['admin', 'member'],
    failure: 'Project launch failed',
    handle: async (request, session, reply) => {
      const timing = new ServerTiming(reply);
      const sessionId = `session-${Date.now()}-${randomBytes(4).toString('hex')}`;
      const projectId = newId();
      const opening = open(session, projectId);
      const { project, run } = await withForm(
        request,
        incomingFolder(folder),
        async (form) => {
          timing.end('receive');
          const { name, config } = validate(form);
          if (await isTaken(session.orgId, name)) throw nameTaken(name);
          const home = join(filesFolder(folder), projectId);
          const files = uploads(form).map(([field, upload]) => ({
            role: accepted[field].role,
            name: upload.name,
            path: join(home, basename(upload.path)),
          }));
          await rename(form.folder, home);
          let created;
          try {
            created = opening.create({ projectId, name, config, files, session });
          } catch (error) {
            await rm(home, { recursive: true, force: true });
            logger.error({ correlationId: request.correlationId, err: error }, 'launch failed');
            throw new HttpProblem(500, 'Project launch failed', { sessionId });
          }
          if (created === 'name-taken') {
            await rm(home, { recursive: true, force: true });
            throw nameTaken(name);
          }
          return created;
        },
        opening.look,
      );
      pipeline.launch(run._id);
      timing.end('launch');
      logger.info({ correlationId: request.correlationId, projectId: project._id, runId: run._id }, 'launched');
      return { accepted: true, runId: run._id, projectId: project._id, sessionId };
    },
  });
}
