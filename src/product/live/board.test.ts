import assert from 'node:assert/strict';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { test } from 'node:test';
import { WebSocket, WebSocketServer } from 'ws';
import { isActive, ProjectBoard } from './board.ts';
import { ConnectionDouble, project, run } from './frames-double.ts';
import { PageReader } from './page-reader.ts';
import type { SocketNews } from '../../telemetry/socket-reader.ts';

const start = 1_760_000_000_000_000_000n;

function page(): {
  reader: PageReader;
  double: ConnectionDouble;
  projects: number;
  runs: number;
  feed: () => SocketNews[];
} {
  const reader = new PageReader();
  const double = new ConnectionDouble('s', 0);
  const projects = double.subscribe('projects:listByOrg');
  const runs = double.subscribe('runs:listByOrg');
  const feed = (): SocketNews[] =>
    double
      .drain()
      .flatMap(({ from, text }) => (from === 'page' ? reader.sent('s1', text) : reader.received('s1', text)));
  return { reader, double, projects, runs, feed };
}

test('the board is complete with both lists, newest first, each project with its newest run', () => {
  const { reader, double, projects, runs, feed } = page();
  double.transition(
    start,
    {
      [projects]: [
        project('p1', 'Load — analyst-01 a', 5),
        project('p2', 'Load — analyst-02 b', 9),
        project('p3', 'Loading', 1),
      ],
    },
    { acknowledge: true },
  );
  feed();
  assert.equal(reader.board.complete, false);
  double.transition(start + 1n, {
    [runs]: [
      run('r1', 'p1', 'error', { _creationTime: 6 }),
      run('r2', 'p1', 'resuming', { _creationTime: 7, progress: 55 }),
    ],
  });
  feed();
  assert.equal(reader.board.complete, true);
  assert.deepEqual(
    reader.board.projects().map(({ name, status, runId }) => [name, status, runId]),
    [
      ['Load — analyst-02 b', undefined, undefined],
      ['Load — analyst-01 a', 'resuming', 'r2'],
      ['Loading', undefined, undefined],
    ],
  );
  assert.deepEqual(
    reader.board.withPrefix('Load').map(({ projectId }) => projectId),
    ['p2', 'p1'],
  );
  assert.equal(reader.board.byName('Load — analyst-01 a')?.progress, 55);
  assert.deepEqual(reader.board.projects().map(isActive), [false, true, false]);
  double.transition(start + 2n, { [projects]: [project('p1', 'Load — analyst-01 a', 5)] });
  feed();
  assert.equal(reader.board.byId('p2'), undefined);
});

test('waiting on the board resolves on the change, and says what is missing at the deadline', async () => {
  const { reader, double, projects, runs, feed } = page();
  const early = reader.board.waitFor(() => true, 'The lists', 20);
  await assert.rejects(early, /The lists did not happen within 0 s; the lists have not come: is the page signed in/);
  const done = reader.board.waitFor(
    (board) => board.projects().every((one) => !isActive(one)),
    'Every run ending',
    60_000,
  );
  double.transition(
    start,
    { [projects]: [project('p1', 'One')], [runs]: [run('r1', 'p1', 'in_progress')] },
    { acknowledge: true },
  );
  feed();
  double.transition(start + 1n, { [runs]: [run('r1', 'p1', 'cancelled')] });
  feed();
  await done;
  await assert.rejects(
    reader.board.waitFor(
      () => {
        throw new Error('the condition broke');
      },
      'x',
      60_000,
    ),
    /the condition broke/,
  );
});

test('card news: what a card will show, once a status, never from a first result', () => {
  const { double, projects, runs, feed: all } = page();
  const feed = () => all().filter(({ type }) => type !== 'traffic' && type !== 'stage');
  double.transition(
    start,
    { [projects]: [project('p1', 'One')], [runs]: [run('r1', 'p1', 'in_progress')] },
    { acknowledge: true },
  );
  assert.deepEqual(feed(), [
    { type: 'connected', sessionId: 's', connectionCount: 0, lastCloseReason: 'InitialConnect' },
    { type: 'synchronised', changedRows: 2 },
  ]);
  double.transition(start + 1_000_000n, { [runs]: [run('r1', 'p1', 'in_progress', { progress: 40 })] });
  assert.deepEqual(feed(), []);
  double.transition(start + 2_000_000n, { [runs]: [run('r1', 'p1', 'pending_review')] });
  const [news] = feed();
  assert.ok(news?.type === 'card' && news.project === 'One' && news.status === 'Review Required');
  assert.equal(news.committedAtMs, 1_760_000_000_002);
  assert.equal(Math.round(news.sentAtMs ?? 0), 1_760_000_000_004);
  double.transition(start + 3_000_000n, {
    [projects]: [project('p2', 'Two'), project('p1', 'One')],
    [runs]: [run('r2', 'p2', 'in_progress'), run('r1', 'p1', 'resuming')],
  });
  assert.deepEqual(
    feed().map((news) => (news.type === 'card' ? [news.project, news.status] : news)),
    [
      ['Two', 'Processing'],
      ['One', 'Processing'],
    ],
  );
  double.transition(start + 4_000_000n, { [runs]: [run('r2', 'p2', 'cancelled'), run('r1', 'p1', 'success')] });
  assert.deepEqual(
    feed().map((news) => (news.type === 'card' ? [news.project, news.status] : news)),
    [
      ['Two', 'Cancelled'],
      ['One', 'Finished'],
    ],
  );
  double.server({ type: 'FatalError', error: 'gone' });
  assert.deepEqual(feed(), [{ type: 'trouble', fault: 'product', message: 'fatal-error: gone' }]);
});

test('the status of a card from its badges', () => {
  const reader = new PageReader();
  assert.equal(reader.statusOf(['Review Required']), 'Review Required');
  assert.equal(reader.statusOf(['12 tables', '8 cuts', '| 2m 5s']), 'Finished');
  assert.equal(reader.statusOf([]), 'Finished');
});

test('over a real socket: what a server sends is what the board shows, chunks and a reconnect included', async () => {
  const server = new WebSocketServer({ port: 0, host: '127.0.0.1' });
  await once(server, 'listening');
  const board = new PageReader();
  const connect = async (connectionCount: number, name: string, status: string): Promise<void> => {
    const double = new ConnectionDouble(
      'session',
      connectionCount,
      connectionCount === 0 ? 'InitialConnect' : 'closed with code 1011',
    );
    double.chunkChars = 64;
    const projects = double.subscribe('projects:listByOrg');
    const runs = double.subscribe('runs:listByOrg');
    double.transition(
      start + BigInt(connectionCount),
      { [projects]: [project('p1', name)], [runs]: [run('r1', 'p1', status)] },
      { acknowledge: true },
    );
    const wire = double.drain();
    const expected = wire.filter(({ from }) => from === 'server').length;
    server.once('connection', (peer) =>
      peer.on('message', () => {
        for (const { from, text } of wire.splice(0)) if (from === 'server') peer.send(text);
      }),
    );
    const socketId = `s${connectionCount}`;
    const sent = wire.filter(({ from }) => from === 'page').map(({ text }) => text);
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/api/1.48.0/sync`);
    assert.ok(board.concerns(socket.url));
    let received = 0;
    await new Promise<void>((resolve) => {
      socket.on('message', (data) => {
        board.received(socketId, (data as Buffer).toString());
        received += 1;
        if (received === expected) resolve();
      });
      socket.on('open', () => {
        for (const text of sent) {
          board.sent(socketId, text);
          socket.send(text);
        }
      });
    });
    socket.close();
    await once(socket, 'close');
    board.closed(socketId);
  };
  await connect(0, 'One', 'in_progress');
  assert.equal(board.board.byName('One')?.status, 'in_progress');
  await connect(1, 'One', 'success');
  assert.equal(board.board.byName('One')?.status, 'success');
  await new Promise((resolve) => server.close(resolve));
  assert.ok(board.board instanceof ProjectBoard);
});
