import assert from 'node:assert/strict';
import { test } from 'node:test';
import { FrameDecoder, isSyncSocket } from './decoder.ts';
import { ConnectionDouble, encodeTs, project, run } from './frames-double.ts';
import type { ChangeRecord, Happening, Unexpected } from './happenings.ts';

const start = 1_760_000_000_123_456_789n;

function feed(decoder: FrameDecoder, socketId: string, double: ConnectionDouble): Happening[] {
  return double
    .drain()
    .flatMap(({ from, text }) => (from === 'page' ? decoder.sent(socketId, text) : decoder.received(socketId, text)));
}
const changesOf = (happenings: Happening[]): ChangeRecord[] =>
  happenings.filter((happening) => happening.type === 'changes');
const unexpectedOf = (happenings: Happening[]): string[] =>
  happenings
    .filter((happening): happening is Unexpected => happening.type === 'unexpected')
    .map(({ reason }) => reason);

test('a page load, its subscriptions, and full results turned into changes with their times', () => {
  const decoder = new FrameDecoder();
  const double = new ConnectionDouble('session-1', 0);
  const list = double.subscribe('runs:listByOrg');
  double.transition(start, { [list]: [run('r1', 'p1', 'in_progress')] }, { acknowledge: true });
  double.transition(start + 5_000_000n, {
    [list]: [
      run('r2', 'p2', 'in_progress'),
      run('r1', 'p1', 'pending_review', { progress: 50, stage: 'crosstab_review_required' }),
    ],
  });
  double.transition(start + 9_000_000n, {
    [list]: [run('r1', 'p1', 'pending_review', { progress: 50, stage: 'crosstab_review_required' })],
  });
  const happenings = feed(decoder, 's1', double);

  assert.deepEqual(happenings[0], {
    type: 'connected',
    socketId: 's1',
    sessionId: 'session-1',
    connectionCount: 0,
    lastCloseReason: 'InitialConnect',
    clientTs: 1_760_000_000_000,
  });
  assert.deepEqual(happenings[1], {
    type: 'subscribed',
    socketId: 's1',
    queryId: 0,
    subscription: 'runs:listByOrg',
    args: { orgId: 'o1' },
  });
  const [first, second, third] = changesOf(happenings);
  assert.equal(first?.initial, true);
  assert.equal(second?.initial, false);
  assert.equal(second?.version, start + 5_000_000n);
  assert.ok(Math.abs((second?.committedAtMs ?? 0) - 1_760_000_000_128.457) < 0.001);
  assert.ok(Math.abs((second?.sentAtMs ?? 0) - 1_760_000_000_130.457) < 0.001);
  assert.equal(second?.clockSkewMs, -3);
  assert.deepEqual(
    second?.changes.map(({ kind, id, projectId, fields, before, after }) => ({
      kind,
      id,
      projectId,
      fields,
      from: before?.['status'],
      to: after?.['status'],
    })),
    [
      { kind: 'run', id: 'r2', projectId: 'p2', fields: [], from: undefined, to: 'in_progress' },
      {
        kind: 'run',
        id: 'r1',
        projectId: 'p1',
        fields: ['status', 'stage', 'progress'],
        from: 'in_progress',
        to: 'pending_review',
      },
    ],
  );
  assert.deepEqual(
    third?.changes.map(({ id, after }) => [id, after]),
    [['r2', undefined]],
  );
});

test('several queries of one connection, single rows and null, nested fields compared by value', () => {
  const decoder = new FrameDecoder();
  const double = new ConnectionDouble('s', 0);
  const get = double.subscribe('projects:get', { projectId: 'p1', orgId: 'o1' });
  const organization = double.subscribe('organizations:get');
  const members = double.subscribe('orgMemberships:listByOrg');
  double.transition(
    start,
    {
      [get]: project('p1', 'One'),
      [organization]: { _id: 'o1', name: 'Org' },
      [members]: [{ _id: 'm1', name: 'Ada' }],
    },
    { acknowledge: true },
  );
  double.transition(start + 1n, { [get]: { ...project('p1', 'One'), config: { theme: 'classic' } } });
  double.transition(start + 2n, { [get]: { ...project('p1', 'One'), config: { theme: 'earth' } } });
  double.transition(start + 3n, { [get]: null });
  const records = changesOf(feed(decoder, 's1', double));
  assert.deepEqual(
    records.slice(0, 3).map(({ changes }) => changes[0]?.kind),
    ['project', 'organization', 'membership'],
  );
  assert.deepEqual(records[3]?.changes, []);
  assert.deepEqual(records[4]?.changes[0]?.fields, ['config']);
  assert.equal(records[5]?.changes[0]?.name, 'One');
  assert.equal(records[5]?.changes[0]?.after, undefined);
});

test('query ids are per connection, and a reconnect yields what was missed', () => {
  const decoder = new FrameDecoder();
  const before = new ConnectionDouble('session-1', 0);
  const runs = before.subscribe('runs:listByOrg');
  before.transition(start, { [runs]: [run('r1', 'p1', 'in_progress')] }, { acknowledge: true });
  feed(decoder, 's1', before);
  decoder.closed('s1');

  const after = new ConnectionDouble('session-1', 1, 'closed with code 1011');
  const projects = after.subscribe('projects:listByOrg');
  const again = after.subscribe('runs:listByOrg');
  assert.notEqual(again, runs);
  after.transition(
    start + 7n,
    { [projects]: [project('p1', 'One')], [again]: [run('r1', 'p1', 'success')] },
    { acknowledge: true },
  );
  const happenings = feed(decoder, 's2', after);
  const connected = happenings[0];
  assert.ok(
    connected?.type === 'connected' &&
      connected.connectionCount === 1 &&
      connected.lastCloseReason === 'closed with code 1011',
  );
  const missed = changesOf(happenings)[1];
  assert.equal(missed?.initial, true);
  assert.deepEqual(missed?.changes[0]?.fields, ['status']);
  assert.equal(missed?.changes[0]?.before?.['status'], 'in_progress');
});

test('two sockets at once do not mix up their queries', () => {
  const decoder = new FrameDecoder();
  const one = new ConnectionDouble('a', 0);
  const other = new ConnectionDouble('b', 0);
  one.subscribe('projects:listByOrg');
  other.subscribe('runs:listByOrg');
  one.transition(start, { 0: [project('p1', 'One')] }, { acknowledge: true });
  other.transition(start, { 0: [run('r1', 'p1', 'success')] }, { acknowledge: true });
  const kinds = [...feed(decoder, 's1', one), ...feed(decoder, 's2', other)].flatMap((happening) =>
    happening.type === 'changes' ? [happening.changes[0]?.kind] : [],
  );
  assert.deepEqual(kinds, ['project', 'run']);
});

test('StrictMode’s Add, Remove, Add: results for a removed query are ignored, not unexpected', () => {
  const decoder = new FrameDecoder();
  const double = new ConnectionDouble('s', 0);
  const first = double.subscribe('projects:listByOrg');
  double.unsubscribe(first);
  const second = double.subscribe('projects:listByOrg');
  double.transition(
    start,
    { [first]: [project('p1', 'One')], [second]: [project('p1', 'One')] },
    { acknowledge: true, removed: [first] },
  );
  const happenings = feed(decoder, 's1', double);
  assert.equal(changesOf(happenings).length, 1);
  assert.deepEqual(unexpectedOf(happenings), []);
  assert.deepEqual(
    happenings.map(({ type }) => type),
    ['connected', 'subscribed', 'unsubscribed', 'subscribed', 'changes', 'synchronised'],
  );
});

test('chunks are put together, also where they cut a character pair', () => {
  const decoder = new FrameDecoder();
  const double = new ConnectionDouble('s', 0);
  double.chunkChars = 37;
  const list = double.subscribe('projects:listByOrg');
  double.transition(start, { [list]: [project('p1', 'Ünïcode 🧮 — “one”')] }, { acknowledge: true });
  double.transition(start + 1n, { [list]: [project('p2', 'Two'), project('p1', 'Ünïcode 🧮 — “one”')] });
  const happenings = feed(decoder, 's1', double);
  assert.deepEqual(unexpectedOf(happenings), []);
  assert.deepEqual(
    changesOf(happenings).map(({ changes }) => changes.map(({ name }) => name)),
    [['Ünïcode 🧮 — “one”'], ['Two']],
  );
});

test('chunks out of place are reported, and the next whole Transition is read', () => {
  const decoder = new FrameDecoder();
  const double = new ConnectionDouble('s', 0);
  const list = double.subscribe('projects:listByOrg');
  double.server({ type: 'TransitionChunk', chunk: '{"type":', partNumber: 1, totalParts: 2, transitionId: 'a' });
  double.server({ type: 'TransitionChunk', chunk: '{"type":', partNumber: 0, totalParts: 3, transitionId: 'b' });
  double.server({ type: 'TransitionChunk', chunk: '{"type":', partNumber: 2, totalParts: 3, transitionId: 'b' });
  double.server({ type: 'TransitionChunk', chunk: '{"type":', partNumber: 0, totalParts: 3, transitionId: 'c' });
  double.server({ type: 'TransitionChunk', chunk: '{"type":', partNumber: 0, totalParts: 1, transitionId: 'd' });
  double.server({ type: 'TransitionChunk', chunk: '{"type":', partNumber: 0, totalParts: 2, transitionId: 'e' });
  double.transition(start, { [list]: [project('p1', 'One')] }, { acknowledge: true });
  const happenings = feed(decoder, 's1', double);
  assert.deepEqual(unexpectedOf(happenings), [
    'part 1 of transition a came first',
    'part 2 of transition b came where part 1 was due',
    'transition d began before c was whole',
    'assembled chunks: it is not JSON',
    'a Transition came between the chunks of another',
  ]);
  assert.equal(changesOf(happenings).length, 1);
});

test('pings, errors and failed queries each have a happening of their own', () => {
  const decoder = new FrameDecoder();
  const double = new ConnectionDouble('s', 0);
  const list = double.subscribe('projects:listByOrg');
  double.server({ type: 'Ping' });
  double.transition(start, {}, { acknowledge: true, failed: { [list]: 'Server Error' } });
  double.server({ type: 'AuthError', error: 'expired', baseVersion: 0, authUpdateAttempted: false });
  double.server({ type: 'FatalError', error: 'gone' });
  const happenings = feed(decoder, 's1', double).slice(2);
  assert.deepEqual(
    happenings.map(({ type }) => type),
    ['ping', 'query-failed', 'auth-error', 'fatal-error'],
  );
  const failed = happenings[1];
  assert.ok(
    failed?.type === 'query-failed' &&
      failed.message === 'Server Error' &&
      failed.subscription === 'projects:listByOrg',
  );
});

test('what is outside the contract is reported with its reason, never dropped', () => {
  const decoder = new FrameDecoder();
  const only = (happenings: Happening[]): string | undefined => unexpectedOf(happenings)[0];
  assert.match(only(decoder.sent('s1', 'hello')) ?? '', /client frame: it is not JSON/);
  assert.match(only(decoder.sent('s1', '{"type":"Mutation"}')) ?? '', /client frame: type/);
  assert.match(only(decoder.received('s1', '{"type":"Novelty"}')) ?? '', /server frame: type/);
  assert.match(only(decoder.received('s1', '[]')) ?? '', /server frame/);
  assert.match(
    only(decoder.sent('s1', '{"type":"ModifyQuerySet","baseVersion":0,"newVersion":1,"modifications":[]}')) ?? '',
    /before Connect/,
  );
  const double = new ConnectionDouble('s', 0);
  const list = double.subscribe('runs:listByOrg');
  double.transition(start, { [list]: 'not rows', 77: [] }, { acknowledge: true });
  assert.deepEqual(unexpectedOf(feed(decoder, 's1', double)), [
    'the result of runs:listByOrg is not made of rows with an _id',
    'a result came for query 77, which nobody added',
  ]);
  double.transition(start - 5n, { [list]: [] });
  assert.deepEqual(unexpectedOf(feed(decoder, 's1', double)), ['a Transition goes back in time']);
});

test('the real product’s frames lack nothing: times are optional', () => {
  const decoder = new FrameDecoder();
  const double = new ConnectionDouble('s', 0);
  double.subscribe('projects:listByOrg');
  const zero = { querySet: 0, identity: 0, ts: encodeTs(0n) };
  double.server({
    type: 'Transition',
    startVersion: zero,
    endVersion: { ...zero, querySet: 1, ts: encodeTs(start) },
    modifications: [{ type: 'QueryUpdated', queryId: 0, value: [], logLines: [], journal: null }],
  });
  const [record] = changesOf(feed(decoder, 's1', double));
  assert.ok(record && !('sentAtMs' in record) && !('clockSkewMs' in record));
});

test('only the sync protocol’s sockets concern it', () => {
  assert.ok(isSyncSocket('wss://happy-animal-1.convex.cloud/api/1.31.7/sync'));
  assert.ok(isSyncSocket('ws://127.0.0.1:4000/api/1.48.0/sync?x=1'));
  assert.ok(!isSyncSocket('ws://127.0.0.1:3000/_next/webpack-hmr'));
  assert.ok(!isSyncSocket('nonsense'));
});

test('Transitions lost, doubled or overtaken on the way are told apart, and old results are not news', () => {
  const decoder = new FrameDecoder();
  const double = new ConnectionDouble('s', 0);
  const list = double.subscribe('projects:listByOrg');
  double.transition(start, { [list]: [] }, { acknowledge: true });
  for (const step of [1n, 2n, 3n, 4n, 5n])
    double.transition(start + step, { [list]: [project(`p${step}`, `No ${step}`)] });
  const frames = double.drain();
  const server = frames.filter(({ from }) => from === 'server').map(({ text }) => text);
  for (const { from, text } of frames) if (from === 'page') decoder.sent('s1', text);
  const told = [0, 1, 1, 3, 2, 5].flatMap((place) =>
    decoder
      .received('s1', server[place] ?? '')
      .flatMap((happening) =>
        happening.type === 'out-of-sequence'
          ? [`${happening.place}${happening.filled ? ', had been missed' : ''}`]
          : happening.type === 'changes'
            ? [happening.changes.map(({ name }) => name).join()]
            : [],
      ),
  );
  assert.deepEqual(told, [
    '',
    'No 1',
    'duplicated',
    'missed',
    'No 3,No 1',
    'late, had been missed',
    'missed',
    'No 5,No 3',
  ]);
});
