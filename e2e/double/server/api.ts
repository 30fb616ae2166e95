/** The JSON API (PRODUCT.md section 2). The order is the product's: rate limit, role, validation. */
import type { ServerResponse } from 'node:http';
import type { Services } from './app.ts';
import { bodyOf, json, jsonOf, redirect, Refusal, type Ask } from './http.ts';
import { launch, validateData } from './launches.ts';
import type { Tier } from './limiter.ts';
import { isActive, type Person, type Project, type Role, type Run, type State } from './state.ts';
import { makeWorkbook, workbookLabels } from './workbook.ts';

export interface Call extends Services {
  readonly person: Person;
  readonly ask: Ask;
  readonly response: ServerResponse;
  /** What the path's variable parts are. */
  readonly parts: readonly string[];
}

interface Route {
  readonly method: string;
  readonly path: RegExp;
  readonly tier: Tier;
  readonly roles?: readonly Role[];
  readonly dev?: true;
  readonly answer: (call: Call) => Promise<void> | void;
}

const creators: readonly Role[] = ['admin', 'member'];
const admins: readonly Role[] = ['admin'];
const id = '([^/]+)';
const launchPath = /^\/api\/projects\/launch$/;

/** What the limits call the launch. */
export const launchRoute = routeKey('POST', launchPath);

const routes: readonly Route[] = [
  { method: 'POST', path: launchPath, tier: 'critical', roles: creators, answer: launch },
  { method: 'POST', path: /^\/api\/validate-data$/, tier: 'high', answer: validateData },
  { method: 'POST', path: new RegExp(`^/api/runs/${id}/review$`), tier: 'high', answer: review },
  { method: 'POST', path: new RegExp(`^/api/runs/${id}/cancel$`), tier: 'low', roles: creators, answer: cancel },
  { method: 'GET', path: new RegExp(`^/api/runs/${id}/download/${id}$`), tier: 'low', answer: download },
  { method: 'DELETE', path: new RegExp(`^/api/projects/${id}$`), tier: 'critical', roles: admins, answer: remove },
  {
    method: 'POST',
    path: /^\/api\/dev\/load-test\/cleanup$/,
    tier: 'high',
    roles: admins,
    dev: true,
    answer: cleanup,
  },
  { method: 'GET', path: /^\/api\/notifications\/preferences$/, tier: 'low', answer: preferences },
  { method: 'PATCH', path: /^\/api\/notifications\/preferences$/, tier: 'low', answer: preferences },
];

export async function answerApi(services: Services, person: Person, ask: Ask, response: ServerResponse): Promise<void> {
  for (const { method, path, tier, roles, dev, answer } of routes) {
    const found = path.exec(ask.url.pathname);
    if (!found || method !== ask.method || (dev && !services.options.devRoutes)) continue;
    const limited = services.limiter.refuse(tier, person.orgId, routeKey(method, path));
    if (limited) {
      await bodyOf(ask.request); // Or the browser would meet with a broken connection instead of the answer.
      throw new Refusal(429, 'Too many requests. Please try again later.', limited);
    }
    if (roles && !roles.includes(person.role)) throw new Refusal(403, 'Forbidden');
    await answer({ ...services, person, ask, response, parts: found.slice(1) });
    return;
  }
  throw new Refusal(404, 'Not found');
}

function routeKey(method: string, path: RegExp): string {
  return `${method} ${path.source}`;
}

/** @throws Refusal when the caller's organisation has none of that id; the database does not take a malformed one at all. */
function runOf({ state, person, parts: [runId = ''] }: Call): Run {
  assertId(runId);
  const run = state.runs.get(runId);
  if (!run) throw new Refusal(404, 'Run not found');
  if (run.orgId !== person.orgId) throw new Refusal(404, 'Not found');
  return run;
}

function assertId(text: string): void {
  if (!/^[a-z0-9]{32}$/.test(text)) throw new Refusal(500, 'ArgumentValidationError: Value does not match validator.');
}

function cancel(call: Call): void {
  const run = runOf(call);
  const localAbort = isActive(run);
  call.pipeline.cancel(run);
  json(call.response, 200, { success: true, localAbort });
}

/** Answers when the whole rest of the run has ended: minutes, in the product. */
async function review(call: Call): Promise<void> {
  const { pipeline, response, ask, state } = call;
  const run = runOf(call);
  const body = (await jsonOf(ask.request)) as { decisions?: readonly { action?: string }[] };
  const actions = ['approve', 'select_alternative', 'provide_hint', 'edit', 'skip'];
  const { decisions = [] } = body;
  if (
    decisions.length === 0 ||
    decisions.length > 500 ||
    decisions.some(({ action = '' }) => !actions.includes(action))
  )
    throw new Refusal(400, 'Invalid decisions payload');
  if (run.stage === 'complete') throw new Refusal(400, 'Cannot submit review - status is approved');
  if (!run.result?.reviewState) throw new Refusal(404, 'Review state not found - pipeline may not require review');
  await pipeline.resume(run);
  const { status, message } = state.runs.get(run._id) ?? run;
  json(response, 200, { success: true, runId: run._id, status, message });
}

async function download(call: Call): Promise<void> {
  const { parts, state, storage, response } = call;
  const run = runOf(call);
  const file = decodeURIComponent(parts[1] ?? '');
  const project = state.projects.get(run.projectId);
  const outputs = run.result?.r2Files?.outputs;
  if (!outputs || !project) throw new Refusal(404, 'No R2 files available for this run');
  const label = workbookLabels[file];
  if (label === undefined) throw new Refusal(404, 'File not found');
  if (!outputs.includes(file)) throw new Refusal(404, `File not available: ${file}`);
  const variant = /\(.+\)/.exec(label)?.[0];
  const day = new Date().toISOString().slice(0, 10);
  const name = `CrosstabAI - ${project.name} - ${day}${variant === undefined ? '' : ` ${variant}`}.xlsx`;
  redirect(response, 307, storage.presign(await makeWorkbook(project, run), name));
}

function remove({ state, person, response, parts: [projectId = ''] }: Call): void {
  if (projectId === '') throw new Refusal(400, 'Invalid project ID');
  assertId(projectId);
  const project = state.projects.get(projectId);
  if (project?.orgId !== person.orgId) throw new Refusal(404, 'Project not found');
  if (hasActiveRun(state, project))
    throw new Refusal(409, 'Cannot delete a project with active pipeline runs. Cancel or wait for completion first.');
  json(response, 200, { success: true, runsDeleted: state.deleteProject(projectId), r2FilesDeleted: 0 });
}

function hasActiveRun(state: State, { _id, orgId }: Project): boolean {
  return state.runsOf(orgId).some((run) => run.projectId === _id && isActive(run));
}

/** Deletes whatever bears the prefix, also what is at work: that goes on without its project. */
async function cleanup({ state, person, ask, response }: Call): Promise<void> {
  const { namePrefix } = (await jsonOf(ask.request)) as { namePrefix?: unknown };
  if (typeof namePrefix !== 'string' || !/^[A-Za-z0-9\s\-/.]{1,100}$/.test(namePrefix))
    throw new Refusal(400, 'Invalid request');
  const found = state.projectsOf(person.orgId).filter(({ name }) => name.startsWith(`${namePrefix} — `));
  for (const { _id } of found) state.deleteProject(_id);
  json(response, 200, { projectsDeleted: found.length, projectNames: found.map(({ name }) => name) });
}

async function preferences({ person, ask, response }: Call): Promise<void> {
  if (ask.method === 'PATCH') {
    const { pipelineEmails } = (await jsonOf(ask.request)) as { pipelineEmails?: unknown };
    if (typeof pipelineEmails !== 'boolean') throw new Refusal(400, 'pipelineEmails must be a boolean');
    person.pipelineEmails = pipelineEmails;
  }
  json(response, 200, { pipelineEmails: person.pipelineEmails });
}
