/** Faults of who may see and do what: organisations, limits, what a list carries. */
import assert from 'node:assert/strict';
import { makeFunctionReference } from 'convex/server';
import type { ProjectRow, ReviewState, RunRow } from '../contract.ts';
import { launchForm, signIn, startTestServer, type TestServer } from '../http/testing.ts';
import { clientWith, closeAll } from '../live/testing.ts';
import type { SandboxSettings } from '../settings.ts';
import { bothWays, until } from './testing.ts';

const listProjects = makeFunctionReference<'query', { orgId: string }, ProjectRow[]>('projects:listByOrg');
const listRuns = makeFunctionReference<'query', { orgId: string }, RunRow[]>('runs:listByOrg');
const [meridian, harbor] = ['Meridian Research', 'Harbor Insights'] as const;

async function serverWith(
  context: { after(action: () => unknown): void },
  settings: Partial<SandboxSettings>,
): Promise<TestServer> {
  const server = await startTestServer(settings);
  context.after(async () => {
    await closeAll();
    await server.stop();
  });
  return server;
}

async function launch(server: TestServer, organization: string, projectName: string): Promise<string> {
  const who = server.account('member', organization);
  const response = await server.ask(who, 'POST', '/api/projects/launch', launchForm({ projectName }));
  return ((await response.json()) as { runId: string }).runId;
}

bothWays(
  'tenant-leak',
  async (context, faults) => {
    const server = await serverWith(context, { faults });
    await launch(server, meridian, 'Theirs');
    await launch(server, harbor, 'Ours');
    const account = server.account('member', harbor);
    const orgId = server.store.people.byEmail(account.email)?.session.orgId ?? '';
    const tab = clientWith(server.url, await signIn(server, account)).client;
    const lists: string[][] = [];
    tab.onUpdate(listProjects, { orgId }, (projects) => lists.push(projects.map(({ name }) => name).sort()));
    return until('the list', () => lists[0]);
  },
  { on: ['Ours', 'Theirs'], off: ['Ours'] },
);

bothWays(
  'whole-list-push',
  async (context, faults) => {
    const server = await serverWith(context, { faults });
    const reviewState: ReviewState = {
      status: 'awaiting_review',
      flaggedColumns: [],
      pathBStatus: 'running',
      pathCStatus: 'completed',
      totalColumns: 4,
    };
    const waiting = await launch(server, meridian, 'Waiting');
    const changing = await launch(server, meridian, 'Changing');
    server.store.runs.transition(waiting, ['in_progress'], { status: 'pending_review', result: { reviewState } });
    const account = server.account('member', meridian);
    const orgId = server.store.people.byEmail(account.email)?.session.orgId ?? '';
    const { client, frames } = clientWith(server.url, await signIn(server, account));
    let lists = 0;
    client.onUpdate(listRuns, { orgId }, () => (lists += 1));
    await until('the first list', () => lists === 1);
    const before = frames.length;
    server.store.runs.transition(changing, ['in_progress'], { progress: 10 });
    await until('the change', () => lists === 2);
    return JSON.stringify(frames.slice(before)).includes('awaiting_review');
  },
  { on: true, off: false },
);

bothWays(
  'shared-limiter',
  async (context, faults) => {
    const server = await serverWith(context, { faults, limits: 'production' });
    const ask = async (organization: string): Promise<number> =>
      (await server.ask(server.account('member', organization), 'POST', '/api/validate-data', new FormData())).status;
    let allowed = 0;
    while ((await ask(meridian)) === 400) allowed += 1;
    return { allowed, theOthers: await ask(harbor) };
  },
  { on: { allowed: 15, theOthers: 429 }, off: { allowed: 15, theOthers: 400 } },
);

bothWays(
  'org-cache',
  async (context, faults) => {
    const server = await serverWith(context, { faults });
    const guest = server.accounts.find((account) => account.organization === meridian && account.alsoIn === harbor);
    assert.ok(guest);
    const known = server.store.people.byEmail(guest.email)?.session;
    const organizations = server.store.people.organizationsOf(known?.userId ?? '');
    const there = organizations.find(({ name }) => name === harbor);
    const cookie = await signIn(server, guest);
    await fetch(`${server.url}/dashboard`, { headers: { cookie } });
    const changed = await fetch(`${server.url}/auth/organization`, {
      method: 'POST',
      redirect: 'manual',
      headers: { cookie },
      body: new URLSearchParams({ organization: there?._id ?? '' }),
    });
    const after = (changed.headers.get('set-cookie') ?? '').split(';')[0] ?? '';
    const launched = await fetch(`${server.url}/api/projects/launch`, {
      method: 'POST',
      headers: { cookie: after },
      body: launchForm(),
    });
    const { projectId } = (await launched.json()) as { projectId: string };
    const holders = organizations.filter(({ _id }) => server.store.projects.get(projectId, _id) !== undefined);
    return { changed: changed.status, projectIn: holders.map(({ name }) => name) };
  },
  { on: { changed: 303, projectIn: [meridian] }, off: { changed: 303, projectIn: [harbor] } },
);

bothWays(
  'slow-inp=250',
  async (context, faults) => {
    const server = await serverWith(context, { faults });
    const page = await (await server.ask(server.account('member'), 'GET', '/dashboard')).text();
    return /"clickWorkMs":(\d+)/.exec(page)?.[1];
  },
  { on: '250', off: '0' },
);
