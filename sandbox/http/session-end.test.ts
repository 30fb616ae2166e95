/** What becomes of the sockets of a session that is over, and who may change organisation. */
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { WebSocket } from 'ws';
import { signIn, startTestServer, type TestServer } from './testing.ts';

let server: TestServer;
before(async () => {
  server = await startTestServer();
});
after(() => server.stop());

async function socketWith(url: string, cookie: string): Promise<WebSocket> {
  const socket = new WebSocket(`${url.replace('http', 'ws')}/api/1.48.0/sync`, { headers: { cookie } });
  await once(socket, 'open');
  return socket;
}
const closing = (socket: WebSocket): Promise<unknown[]> => once(socket, 'close');

test('signing out closes the sockets of that sign-in, and no others', async () => {
  const account = server.account('member');
  const [mine, other] = [await signIn(server, account), await signIn(server, server.account('admin'))];
  const [tab, elsewhere] = [await socketWith(server.url, mine), await socketWith(server.url, other)];
  const closed = closing(tab);
  await fetch(`${server.url}/auth/sign-out`, { headers: { cookie: mine }, redirect: 'manual' });
  assert.equal((await closed)[0], 1008);
  assert.equal(elsewhere.readyState, WebSocket.OPEN);
  elsewhere.terminate();
});

test('a socket ends with its session', async (context) => {
  const brief = await startTestServer({ sessionMinutes: 2 / 60 });
  context.after(() => brief.stop());
  const socket = await socketWith(brief.url, await signIn(brief, brief.account('member')));
  const [code, reason] = (await closing(socket)) as [number, Buffer];
  assert.deepEqual([code, String(reason)], [1008, 'Session over']);
});

test('one changes only to an organisation that one is a member of', async () => {
  const account = server.account('admin');
  const cookie = await signIn(server, account);
  const harbor = server.store.people.byEmail(server.account('admin', 'Harbor Insights').email)?.session.orgId ?? '';
  const answer = await fetch(`${server.url}/auth/organization`, {
    method: 'POST',
    redirect: 'manual',
    headers: { cookie },
    body: new URLSearchParams({ organization: harbor }),
  });
  assert.equal(answer.status, 403);
  assert.equal(answer.headers.get('set-cookie'), null);
});
