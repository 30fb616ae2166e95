import assert from 'node:assert/strict';
import { EventEmitter } from 'node:events';
import { test } from 'node:test';
import type { WebSocket } from '@playwright/test';
import type { GapEvent, SocketEvent } from './events.ts';
import { frameKey } from './in-page/frame-key.ts';
import { SocketLedger } from './socket-ledger.ts';
import type { SocketReader } from './socket-reader.ts';

const url = 'ws://127.0.0.1/sync';

/** A ledger, Playwright's side of its sockets, and the page's. */
function ledger(hasWorkers = false) {
  const recorded: (SocketEvent | GapEvent)[] = [];
  const reader: SocketReader = {
    concerns: () => true,
    sent: () => [],
    received: () => [],
    closed: () => undefined,
    projectOf: () => undefined,
    statusOf: () => '',
  };
  const one = new SocketLedger({
    reader,
    record: (event) => recorded.push(event),
    onNews: () => undefined,
    guard: (action) => action(),
    hasWorkers: () => hasWorkers,
  });
  return {
    one,
    recorded,
    playwright: (id: string) => {
      const socket = Object.assign(new EventEmitter(), { url: () => url });
      one.opened(socket as unknown as WebSocket, id);
      return socket;
    },
    page: (number: number, phase: 'constructed' | 'opened' | 'spoke' | 'closed', at: number, more = {}) => {
      one.reported({ type: 'socket', document: 'd', socket: number, phase, url, inFrame: false, at, ...more });
    },
  };
}

test('a socket that only one side saw makes the counts doubtful, and that is said', () => {
  const unheard = ledger();
  unheard.playwright('s1');
  assert.match(unheard.one.disagreement() ?? '', /Playwright saw 1 sockets, the page itself 0/);
  const unseen = ledger(true);
  unseen.page(1, 'constructed', 5);
  assert.match(unseen.one.disagreement() ?? '', /Playwright saw 0 sockets, the page itself 1/);
  const ofWorker = ledger(true);
  ofWorker.playwright('s1');
  assert.equal(ofWorker.one.disagreement(), undefined);
});

test('sockets are told apart by their first words, whichever side tells of them first', () => {
  const { one, recorded, page, playwright } = ledger();
  page(1, 'constructed', 1);
  page(2, 'constructed', 2);
  const [second, first] = [playwright('second'), playwright('first')];
  second.emit('framesent', { payload: 'two' });
  first.emit('framesent', { payload: 'one' });
  page(1, 'spoke', 3, { key: frameKey('one') });
  page(2, 'spoke', 3, { key: frameKey('two') });
  page(1, 'closed', 10, { code: 4001 });
  page(2, 'closed', 11, { code: 4002 });
  for (const socket of [first, second]) socket.emit('close');
  one.write(false);
  assert.deepEqual(
    recorded.map((event) => event.type === 'socket' && [event.socketId, event.closeCode]),
    [
      ['second', 4002],
      ['first', 4001],
    ],
  );
});

test('the longest silence is that between opening, frames and closing, wherever it was', () => {
  for (const [times, expected] of [
    [[100, 150, 160], 50],
    [[100, 110, 170], 60],
    [[100, 110, 115, 200], 85],
  ] as const) {
    const { one, recorded, page, playwright } = ledger();
    const [opened, ...rest] = times;
    const socket = playwright('s1');
    page(1, 'constructed', 90);
    page(1, 'opened', opened);
    for (const at of rest.slice(0, -1)) one.arrived('d 1', 'frame', at);
    page(1, 'closed', rest.at(-1) ?? 0, { code: 1000 });
    socket.emit('close');
    one.write(false);
    assert.equal(recorded[0]?.type === 'socket' && recorded[0].silenceMaxMs, expected);
  }
});

test('the socket of a document that was left is silent since, and that is no silence of the product’s', () => {
  const { one, recorded, page, playwright } = ledger();
  playwright('s1');
  page(1, 'constructed', 90);
  page(1, 'opened', 100);
  one.arrived('d 1', 'frame', 130);
  one.navigated('another');
  one.write(false);
  assert.equal(recorded[0]?.type === 'socket' && recorded[0].silenceMaxMs, 30);
});
