import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

const absent = 'a'.repeat(32);
for (const [method, path, allow] of [
  ['GET', '/api/projects/launch', 'POST'],
  ['PUT', `/api/projects/${absent}`, 'DELETE'],
  ['DELETE', `/api/runs/${absent}/feedback`, 'GET, HEAD, POST'],
  ['POST', '/api/notifications/preferences', 'GET, HEAD, PATCH'],
] as const)
  test(`${method} ${path} is 405, and the answer says what is allowed`, async () => {
    const answer = await server.ask(server.account('member'), method, path);
    assert.equal(answer.status, 405);
    assert.equal(answer.headers.get('allow'), allow);
    assert.deepEqual(await answer.json(), { error: 'Method not allowed' });
  });

test('a path that nobody knows is still 404', async () => {
  assert.equal((await server.ask(server.account('member'), 'GET', '/api/nothing')).status, 404);
});
