import assert from 'node:assert/strict';
import { once } from 'node:events';
import { afterEach, test } from 'node:test';
import { makeFunctionReference } from 'convex/server';
import { WebSocket } from 'ws';
import { client, closeAll, house, people, person } from './testing.ts';

const listProjects = makeFunctionReference<'query', { orgId: string }, string[]>('projects:listByOrg');
const listRuns = makeFunctionReference<'query', { orgId: string }, string[]>('runs:listByOrg');
const nonsense = makeFunctionReference<'query', { orgId: string }, string[]>('nothing:here');

afterEach(closeAll);

/** Resolves with the first value that satisfies; rejects on a query error. */
function until<T>(
  start: (value: (next: T) => void, error: (reason: Error) => void) => void,
  satisfies: (value: T) => boolean,
): Promise<T> {
  return new Promise((resolve, reject) => start((next) => satisfies(next) && resolve(next), reject));
}

test('a subscription gets the result at once and again when it changes, and frames carry their times', async () => {
  const { url, source } = await house();
  const { client: ada, frames } = client(url, 'ada');
  const seen: string[][] = [];
  await until<string[]>(
    (value, error) =>
      ada.onUpdate(
        listProjects,
        { orgId: 'org-a' },
        (list) => {
          seen.push(list);
          if (seen.length === 1) source.add('org-a', 'second');
          value(list);
        },
        error,
      ),
    (list) => list.length === 2,
  );
  assert.deepEqual(seen, [['first'], ['second', 'first']]);
  const last = frames.findLast((frame) => frame['type'] === 'Transition') as {
    endVersion: { ts: string };
    serverTs: number;
    clientClockSkew: number;
  };
  assert.equal(Buffer.from(last.endVersion.ts, 'base64').readBigUInt64LE(), source.latestTs);
  assert.ok(Math.abs(last.serverTs / 1e6 - Date.now()) < 60_000, 'the send time is now');
  assert.ok(Math.abs(last.clientClockSkew) < 60_000, 'one machine has one clock');
});

test('scope is the session’s organisation, whatever the arguments say', async () => {
  const { url, source } = await house();
  const { client: ben } = client(url, 'ben');
  const seen: string[][] = [];
  const settled = until<string[]>(
    (value, error) => ben.onUpdate(listProjects, { orgId: 'org-a' }, (list) => (seen.push(list), value(list)), error),
    (list) => list[0] === 'newer',
  );
  await until<string[]>(
    (value, error) => ben.onUpdate(listRuns, { orgId: 'org-a' }, value, error),
    () => true,
  );
  source.add('org-a', 'secret');
  source.add('org-b', 'newer');
  await settled;
  assert.deepEqual(seen, [['theirs'], ['newer', 'theirs']]);
});

test('an unchanged result is not sent again, and what was unsubscribed no longer runs', async () => {
  const { url, source } = await house();
  const { client: ada, frames, sent } = client(url, 'ada');
  let stop: (() => void) | undefined;
  await until<string[]>(
    (value, error) => (stop = ada.onUpdate(listProjects, { orgId: 'org-a' }, value, error)),
    () => true,
  );
  const transitions = (): number => frames.filter((frame) => frame['type'] === 'Transition').length;
  const before = transitions();
  source.commit('org-a');
  await new Promise(setImmediate);
  await until<string[]>(
    (value, error) => ada.onUpdate(listRuns, { orgId: 'org-a' }, value, error),
    () => true,
  );
  assert.equal(transitions(), before + 1, 'only the new subscription was answered');
  stop?.();
  while (!JSON.stringify(sent).includes('"Remove"')) await new Promise((resolve) => setTimeout(resolve, 5));
  while (!JSON.stringify(frames).includes('QueryRemoved')) await new Promise((resolve) => setTimeout(resolve, 5));
  const queries = source.queries;
  source.add('org-a', 'unheard');
  await new Promise(setImmediate);
  await new Promise(setImmediate);
  assert.equal(source.queries, queries);
});

test('after an abnormal close the client comes back on the same session and learns what it missed', async () => {
  const { url, source, live, streams } = await house();
  const { client: ada, sockets, sent } = client(url, 'ada');
  const seen: string[][] = [];
  const settled = until<string[]>(
    (value, error) =>
      ada.onUpdate(
        listProjects,
        { orgId: 'org-a' },
        (list) => {
          if (seen.length === 0) {
            sockets[0]?.once('close', () => source.add('org-a', 'missed'));
            // A close frame with 1011, as a crashing server sends it.
            for (const stream of streams) stream.write(Buffer.from([0x88, 0x02, 0x03, 0xf3]));
          }
          seen.push(list);
          value(list);
        },
        error,
      ),
    (list) => list[0] === 'missed',
  );
  await settled;
  const connects = sent.filter((frame) => frame['type'] === 'Connect');
  assert.equal(connects.length, 2);
  assert.equal(connects[0]?.['sessionId'], connects[1]?.['sessionId']);
  assert.deepEqual(
    connects.map((frame) => frame['connectionCount']),
    [0, 1],
  );
  assert.equal(connects[1]?.['lastCloseReason'], 'closed with code 1011');
  assert.equal(live.connections(), 1);
});

test('a failing query reaches its subscriber as an error, the others live on', async () => {
  const { url } = await house();
  const { client: ada } = client(url, 'ada');
  await assert.rejects(
    until<string[]>(
      (value, error) => ada.onUpdate(nonsense, { orgId: 'org-a' }, value, error),
      () => true,
    ),
    /There is no query nothing:here/,
  );
  const list = await until<string[]>(
    (value, error) => ada.onUpdate(listProjects, { orgId: 'org-a' }, value, error),
    () => true,
  );
  assert.deepEqual(list, ['first']);
});

test('two hundred commits in a row all arrive, in few transitions', async () => {
  const { url, source } = await house();
  const watchers = Array.from({ length: 6 }, () => client(url, 'ada'));
  const settled = watchers.map(({ client: one }) =>
    until<string[]>(
      (value, error) => one.onUpdate(listProjects, { orgId: 'org-a' }, value, error),
      (list) => list.length === 201,
    ),
  );
  while (watchers.some(({ frames }) => frames.length === 0)) await new Promise((resolve) => setTimeout(resolve, 5));
  for (let index = 0; index < 200; index += 1) {
    source.add('org-a', `project ${index}`);
    if (index % 20 === 0) await new Promise(setImmediate);
  }
  const lists = await Promise.all(settled);
  for (const list of lists) assert.equal(list[0], 'project 199');
  for (const { frames } of watchers) assert.ok(frames.length < 60, `${frames.length} frames for 200 commits`);
});

test('a removed member’s queries fail, a colleague’s do not', async () => {
  const { url, source } = await house({ isMember: (session) => !gone.has(session.userId) });
  const gone = source.removed;
  people.set('cleo', person('cleo', 'org-a'));
  const ada = client(url, 'ada').client;
  const cleo = client(url, 'cleo').client;
  await until<string[]>(
    (value, error) => ada.onUpdate(listProjects, { orgId: 'org-a' }, value, error),
    () => true,
  );
  const failed = until<string[]>(
    (value, error) =>
      cleo.onUpdate(
        listProjects,
        { orgId: 'org-a' },
        (list) => {
          value(list);
          gone.add('cleo');
          source.commit('org-a', 'memberships');
        },
        error,
      ),
    () => false,
  );
  await assert.rejects(failed, /not a member/);
  const longer = until<string[]>(
    (value, error) => ada.onUpdate(listProjects, { orgId: 'org-a' }, value, error),
    (list) => list.length === 2,
  );
  source.add('org-a', 'still here');
  await longer;
});

test('a large result comes in chunks that the published client puts together', async () => {
  const { url, source } = await house({ chunkSize: 500 });
  source.lists.set(
    'org-a',
    Array.from({ length: 300 }, (_, index) => `Projekt Ä “${index}”`),
  );
  const { client: ada, frames } = client(url, 'ada');
  const list = await until<string[]>(
    (value, error) => ada.onUpdate(listProjects, { orgId: 'org-a' }, value, error),
    () => true,
  );
  assert.deepEqual(list, source.lists.get('org-a'));
  assert.ok(frames.filter((frame) => frame['type'] === 'TransitionChunk').length > 5);
});

test('a socket that does not drain is held back and then gets the newest state once', async () => {
  const { url, source } = await house({ highWaterBytes: 0 });
  source.lists.set('org-a', [`big ${'x'.repeat(3_000_000)}`]);
  const { client: ada, frames } = client(url, 'ada');
  const settled = until<string[]>(
    (value, error) => ada.onUpdate(listProjects, { orgId: 'org-a' }, value, error),
    (list) => list.length === 51,
  );
  while (frames.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  for (let index = 0; index < 50; index += 1) {
    source.add('org-a', `n ${index}`);
    await new Promise(setImmediate);
  }
  await settled;
  assert.ok(frames.length < 50, `${frames.length} frames of 3 MB`);
});

test('without a session the upgrade is refused with 401, elsewhere with 404', async () => {
  const { url } = await house();
  const statusOf = async (path: string): Promise<number | undefined> => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}${path}`);
    socket.on('error', () => undefined);
    const [, response] = (await once(socket, 'unexpected-response')) as [
      unknown,
      { statusCode?: number; resume(): void },
    ];
    response.resume();
    socket.terminate();
    return response.statusCode;
  };
  assert.equal(await statusOf('/api/1.48.0/sync'), 401);
  assert.equal(await statusOf('/elsewhere'), 404);
});

test('a frame against the protocol is answered with FatalError and the end of the connection', async () => {
  const { url, live } = await house();
  for (const frame of [
    'not json',
    '{"type":"ModifyQuerySet","baseVersion":0,"newVersion":1,"modifications":[]}',
    '{"type":"Elsewhere"}',
  ]) {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/1.31.7/sync`, { headers: { cookie: 'user=ada' } });
    await once(socket, 'open');
    const answer = once(socket, 'message') as Promise<[Buffer]>;
    const closed = once(socket, 'close') as Promise<[number]>;
    socket.send(frame);
    assert.match(String((await answer)[0]), /"FatalError"/);
    assert.equal((await closed)[0], 1008);
  }
  while (live.connections() > 0) await new Promise((resolve) => setTimeout(resolve, 5));
});

test('pings flow, a silent socket is dropped, and closing tells the others with 1012', async () => {
  const { url, live } = await house({ pingMs: 30 });
  const open = async (autoPong: boolean): Promise<WebSocket> => {
    const socket = new WebSocket(`${url.replace('http', 'ws')}/api/1.48.0/sync`, {
      headers: { cookie: 'user=ada' },
      autoPong,
    });
    await once(socket, 'open');
    return socket;
  };
  const alive = await open(true);
  const silent = await open(false);
  const [ping] = (await once(alive, 'message')) as [Buffer];
  assert.equal(String(ping), '{"type":"Ping"}');
  assert.equal(((await once(silent, 'close')) as [number])[0], 1006);
  while (live.connections() > 1) await new Promise((resolve) => setTimeout(resolve, 5));
  assert.equal(alive.readyState, WebSocket.OPEN);
  const closed = once(alive, 'close') as Promise<[number]>;
  await live.close();
  assert.equal((await closed)[0], 1012);
  assert.equal(live.connections(), 0);
});
