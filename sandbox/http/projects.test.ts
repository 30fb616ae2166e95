import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { DeletedProject } from '../contract.ts';
import type { Account } from '../ports.ts';
import { launchForm, startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const absent = 'a'.repeat(32);

async function launched(
  name: string,
  who: Account = server.account('member'),
): Promise<{ runId: string; projectId: string }> {
  const response = await server.ask(who, 'POST', '/api/projects/launch', launchForm({ projectName: name }));
  assert.equal(response.status, 200);
  return (await response.json()) as { runId: string; projectId: string };
}

async function answer(who: Account, method: string, path: string, body?: unknown): Promise<[number, unknown]> {
  const response = await server.ask(
    who,
    method,
    path,
    body === undefined ? undefined : typeof body === 'string' ? body : JSON.stringify(body),
  );
  return [response.status, await response.json()];
}

describe('DELETE /api/projects/:id', () => {
  test('is for admins, of their own organisation, when no run is active', async () => {
    const { runId, projectId } = await launched('To be deleted');
    const path = `/api/projects/${projectId}`;
    const admin = server.account('admin');
    assert.deepEqual(await answer(server.account('member'), 'DELETE', path), [403, { error: 'Forbidden' }]);
    assert.deepEqual(await answer(admin, 'DELETE', '/api/projects/no-such!id'), [400, { error: 'Invalid project ID' }]);
    assert.deepEqual(await answer(admin, 'DELETE', `/api/projects/${absent}`), [404, { error: 'Project not found' }]);
    assert.deepEqual(await answer(server.account('admin', 'Harbor Insights'), 'DELETE', path), [
      404,
      { error: 'Project not found' },
    ]);
    assert.deepEqual(await answer(admin, 'DELETE', path), [
      409,
      { error: 'Cannot delete a project with active pipeline runs. Cancel or wait for completion first.' },
    ]);
    await answer(admin, 'POST', `/api/runs/${runId}/cancel`);
    assert.deepEqual(await answer(admin, 'DELETE', path), [200, { success: true, runsDeleted: 1, r2FilesDeleted: 0 }]);
    assert.deepEqual(await answer(admin, 'DELETE', path), [404, { error: 'Project not found' }]);
    await launched('TO BE DELETED');
  });
});

describe('deleted projects', () => {
  const list = '/api/projects/deleted';

  test('are listed and restored by an admin of their organisation', async () => {
    const { runId, projectId } = await launched('To be restored');
    const admin = server.account('admin');
    const foreign = server.account('admin', 'Harbor Insights');
    const path = `/api/projects/${projectId}/restore`;
    assert.deepEqual(await answer(admin, 'POST', path), [404, { error: 'Project not found' }]);
    await answer(admin, 'POST', `/api/runs/${runId}/cancel`);
    await answer(admin, 'DELETE', `/api/projects/${projectId}`);

    const [status, body] = await answer(admin, 'GET', list);
    const { projects } = body as { projects: DeletedProject[] };
    const listed = projects.find((project) => project.projectId === projectId);
    assert.deepEqual([status, listed?.name, listed?.deletedBy], [200, 'To be restored', admin.name]);
    assert.ok(listed && listed.deletedAt >= listed.createdAt);
    const elsewhere = (await answer(foreign, 'GET', list))[1] as { projects: DeletedProject[] };
    assert.ok(elsewhere.projects.every((project) => project.projectId !== projectId));

    for (const [method, forbidden] of [
      ['GET', list],
      ['POST', path],
    ] as const)
      assert.deepEqual(await answer(server.account('member'), method, forbidden), [403, { error: 'Forbidden' }]);
    assert.deepEqual(await answer(foreign, 'POST', path), [404, { error: 'Project not found' }]);
    assert.deepEqual(await answer(admin, 'POST', '/api/projects/no-such!id/restore'), [
      400,
      { error: 'Invalid project ID' },
    ]);

    const changes: string[] = [];
    const stop = server.store.onCommit(({ topic }) => changes.push(topic));
    assert.deepEqual(await answer(admin, 'POST', path), [200, { success: true, projectId, name: 'To be restored' }]);
    stop();
    assert.deepEqual(changes.sort(), ['projects', 'runs']);
    assert.equal(server.store.runs.get(runId)?.status, 'cancelled');
    assert.deepEqual(await answer(admin, 'POST', path), [404, { error: 'Project not found' }]);
    const after = (await answer(admin, 'GET', list))[1] as { projects: DeletedProject[] };
    assert.ok(after.projects.every((project) => project.projectId !== projectId));
  });

  test('whose name somebody has taken meanwhile stay deleted', async () => {
    const { runId, projectId } = await launched('Wanted by two');
    const admin = server.account('admin');
    await answer(admin, 'POST', `/api/runs/${runId}/cancel`);
    await answer(admin, 'DELETE', `/api/projects/${projectId}`);
    await launched('WANTED by two');
    assert.deepEqual(await answer(admin, 'POST', `/api/projects/${projectId}/restore`), [
      409,
      { error: 'A project named "Wanted by two" already exists. Please choose a different name.' },
    ]);
  });
});

describe('POST /api/dev/load-test/cleanup', () => {
  const path = '/api/dev/load-test/cleanup';

  test('cancels and deletes what has the prefix in the organisation, and names it', async () => {
    const mine = await launched('Muster 7 — analyst-01 alpha');
    const done = await launched('Muster 7 — analyst-02 beta');
    server.store.runs.transition(done.runId, ['in_progress'], { status: 'success' });
    await launched('Muster 77 — analyst-01 alpha');
    const foreign = await launched('Muster 7 — analyst-03 alpha', server.account('member', 'Harbor Insights'));
    assert.deepEqual(await answer(server.account('admin'), 'POST', path, { namePrefix: 'Muster 7' }), [
      200,
      { projectsDeleted: 2, projectNames: ['Muster 7 — analyst-02 beta', 'Muster 7 — analyst-01 alpha'] },
    ]);
    assert.equal(server.store.runs.get(mine.runId), undefined);
    assert.equal(server.store.runs.get(foreign.runId)?.status, 'in_progress');
    assert.deepEqual(await answer(server.account('admin'), 'POST', path, { namePrefix: 'Muster 7' }), [
      200,
      { projectsDeleted: 0, projectNames: [] },
    ]);
  });

  test('is for admins', async () => {
    assert.deepEqual(await answer(server.account('member'), 'POST', path, { namePrefix: 'x' }), [
      403,
      { error: 'Forbidden' },
    ]);
  });

  for (const body of [
    'nonsense',
    {},
    { namePrefix: '' },
    { namePrefix: 'a_b' },
    { namePrefix: 'a:b' },
    { namePrefix: 'x'.repeat(101) },
  ]) {
    test(`refuses ${JSON.stringify(body).slice(0, 40)}`, async () => {
      const [status, refusal] = await answer(server.account('admin'), 'POST', path, body);
      assert.deepEqual([status, (refusal as { error: string }).error], [400, 'Invalid request']);
    });
  }
});

describe('members and preferences', () => {
  test('an admin removes others of the organisation, not themselves', async () => {
    const admin = server.account('admin');
    const orgId = server.store.people.byEmail(admin.email)?.session.orgId ?? '';
    const members = server.store.people.members(orgId);
    const own = members.find(({ email }) => email === admin.email)?._id ?? '';
    const other = members.find(({ role }) => role === 'external_partner')?._id ?? '';
    assert.deepEqual(await answer(server.account('member'), 'DELETE', `/api/members/${other}`), [
      403,
      { error: 'Forbidden' },
    ]);
    assert.deepEqual(await answer(server.account('admin', 'Harbor Insights'), 'DELETE', `/api/members/${other}`), [
      404,
      { error: 'Member not found' },
    ]);
    assert.deepEqual(await answer(admin, 'DELETE', '/api/members/no-such!id'), [
      400,
      { error: 'Invalid membership ID' },
    ]);
    assert.deepEqual(await answer(admin, 'DELETE', `/api/members/${own}`), [
      400,
      { error: 'Cannot remove yourself from the organization' },
    ]);
    assert.deepEqual(await answer(admin, 'DELETE', `/api/members/${other}`), [200, { success: true }]);
    assert.deepEqual(await answer(admin, 'DELETE', `/api/members/${other}`), [404, { error: 'Member not found' }]);
  });

  test("preferences are one's own, on at first", async () => {
    const path = '/api/notifications/preferences';
    const member = server.account('member');
    assert.deepEqual(await answer(member, 'GET', path), [200, { pipelineEmails: true }]);
    assert.deepEqual(await answer(member, 'PATCH', path, { pipelineEmails: false }), [200, { pipelineEmails: false }]);
    assert.deepEqual(await answer(member, 'GET', path), [200, { pipelineEmails: false }]);
    assert.deepEqual(await answer(server.account('admin'), 'GET', path), [200, { pipelineEmails: true }]);
    for (const body of ['nonsense', {}, { pipelineEmails: 'yes' }]) {
      assert.deepEqual(await answer(member, 'PATCH', path, body), [400, { error: 'pipelineEmails must be a boolean' }]);
    }
  });
});

describe('limits', () => {
  test("are the organisation's, are checked before the role, and say when to come back", async () => {
    const strict = await startTestServer({ limits: 'production' });
    try {
      const partner = strict.account('external_partner');
      for (let count = 0; count < 5; count += 1) {
        assert.equal((await strict.ask(partner, 'DELETE', '/api/projects/x')).status, 403);
      }
      const refused = await strict.ask(strict.account('admin'), 'DELETE', '/api/projects/x');
      assert.equal(refused.status, 429);
      assert.deepEqual(await refused.json(), { error: 'Too many requests. Please try again later.' });
      const retryAfter = Number(refused.headers.get('retry-after'));
      assert.ok(retryAfter > 0 && retryAfter <= 600);
      assert.equal(refused.headers.get('x-ratelimit-remaining'), '0');
      assert.ok(Number(refused.headers.get('x-ratelimit-reset')) * 1000 > Date.now());
      assert.equal(
        (await strict.ask(strict.account('admin', 'Harbor Insights'), 'DELETE', '/api/projects/x')).status,
        404,
      );
      assert.equal(
        (await strict.ask(strict.account('admin'), 'POST', '/api/projects/launch', launchForm())).status,
        200,
      );
    } finally {
      await strict.stop();
    }
  });
});

test("an unknown route is 404, and none of the product's unbuilt ones is there", async () => {
  for (const [method, path] of [
    ['GET', '/api/projects'],
    ['GET', '/api/runs'],
    ['GET', '/api/projects/no-such/runs'],
  ] as const) {
    assert.deepEqual(await answer(server.account('admin'), method, path), [404, { error: 'Not found' }]);
  }
});
