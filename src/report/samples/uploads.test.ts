import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody, MusterEvent } from '../../telemetry/events.ts';
import { accountAnalysts } from '../analysts.ts';
import { tabulate } from '../metrics.ts';
import { event, projectOf, sampleRun, T0 } from '../sample-run.testing.ts';
import { measure } from './index.ts';

type Http = Extract<EventBody, { type: 'http' }>;
const A = 'analyst-01';

/** Chosen at 0, called at 30, sent from 40 to 240, answered from 300 to 310: as a page with XMLHttpRequest tells. */
function upload(more: Partial<Http> = {}): MusterEvent {
  return event(A, 0, {
    type: 'http',
    method: 'POST',
    route: '/api/validate-data',
    promptedAt: T0,
    startedAt: T0 + 30,
    sentAt: T0 + 40,
    uploadedAt: T0 + 240,
    firstByteAt: T0 + 300,
    endedAt: T0 + 310,
    fileBytes: 500_000,
    status: 200,
    outcome: 'answered',
    traceId: 'f'.repeat(32),
    measured: true,
    ...more,
  });
}

/** The same as fetch tells of it. */
const { uploadedAt: _uploaded, ...fetched } = upload() as Http & MusterEvent;

function rows(...events: MusterEvent[]) {
  const begun = event(A, 0, { type: 'analyst', phase: 'begun', bundle: 'coffee' });
  const all = [begun, ...events];
  const run = { ...sampleRun, bundles: [{ name: 'coffee', dataBytes: 100_000 }] };
  const table = tabulate(measure(all, accountAnalysts(all, []), run), () => false);
  return (name: string, tags = {}) =>
    table.find((row) => row.name === name && JSON.stringify(row.tags) === JSON.stringify(tags));
}

const PARTS = ['upload.whole', 'upload.read', 'upload.send', 'upload.rate', 'upload.validate'];

test('an upload in parts, by the page’s word or by the server’s', () => {
  for (const told of [upload(), { ...fetched, serverMs: { receive: 200, validate: 55 } }]) {
    const row = rows(told);
    // 500 kB in 200 ms.
    assert.deepEqual(
      PARTS.map((name) => row(name)?.p50),
      [310, 40, 200, 2.5, 60],
    );
    for (const tags of [{ size: 'small' }, { bundle: 'coffee' }, { route: '/api/validate-data' }])
      assert.equal(row('upload.whole', tags)?.count, 1);
  }
});

test('what nothing tells, or what cannot be, is owed with the reason, and not made up', () => {
  for (const [told, why] of [
    [fetched, /no Server-Timing with receive/],
    [{ ...fetched, serverMs: { db: 5 } }, /no Server-Timing with receive/],
    [{ ...fetched, serverMs: { receive: 261 } }, /contradicts/],
    [upload({ uploadedAt: T0 + 301 }), /contradicts/],
  ] as const) {
    const row = rows(told);
    for (const name of ['upload.send', 'upload.rate', 'upload.validate']) {
      const { count, expected, missingBecause = [] } = row(name) ?? {};
      assert.deepEqual([count, expected], [0, 1]);
      assert.match(missingBecause.join(), why);
    }
    assert.equal(row('upload.read')?.p50, 40);
  }
  // Where the page's word cannot be, the server's may.
  assert.equal(rows(upload({ uploadedAt: T0 + 301, serverMs: { receive: 100 } }))('upload.send')?.p50, 100);
});

test('refused and left uploads are lower bounds of the whole, and owe no parts; what is no upload is none', () => {
  const { fileBytes: _bytes, ...words } = upload() as Http & MusterEvent;
  const row = rows(
    upload(),
    upload({ status: 429 }),
    upload({ status: 0, outcome: 'left', endedAt: T0 + 5_000 }),
    upload({ measured: false }),
    words,
  );
  const whole = row('upload.whole');
  assert.deepEqual([whole?.count, whole?.censored, whole?.max], [3, 2, 5_000]);
  assert.deepEqual([row('upload.send')?.count, row('upload.send')?.expected], [1, 1]);
});

test('the product’s answer says whether an upload succeeded, whatever its page or the step made of it', () => {
  const { mean, count, expected, missingBecause } = rows(
    upload(),
    upload({ status: 201 }),
    upload({ status: 422 }),
    upload({ status: 429 }),
    upload({ status: 302 }),
    upload({ status: 0, outcome: 'failed' }),
    upload({ status: 0, outcome: 'left' }),
    upload({ measured: false }),
    event(A, 400, { type: 'step', name: 'upload', startedAt: T0, endedAt: T0 + 400, outcome: 'timeout' }),
  )('rate.upload-success') ?? { missingBecause: [] };
  assert.deepEqual([mean, count, expected], [2 / 6, 6, 7]);
  assert.deepEqual(missingBecause, ['the page was left before the product had answered']);
  for (const tags of [{ size: 'small' }, { bundle: 'coffee' }, { route: '/api/validate-data' }])
    assert.equal(rows(upload())('rate.upload-success', tags)?.mean, 1);
});

test('the first card is waited for from the launch’s answer or the way to the dashboard, whichever is later', () => {
  const launched = event(A, 0, {
    type: 'project',
    name: projectOf(A),
    bundle: 'coffee',
    projectId: 'p',
    end: 'completed',
  });
  const arrival = event(A, 0, {
    type: 'arrival',
    page: 'dashboard',
    promptedAt: T0 + 900,
    routedAt: T0 + 910,
    paintedAt: T0 + 950,
  });
  const card = event(A, 0, { type: 'first-card', project: projectOf(A), routedAt: T0 + 910, paintedAt: T0 + 1_000 });
  const first = (...events: MusterEvent[]) => rows(launched, ...events)('upload.first-card');
  assert.equal(first(upload(), arrival, card)?.p50, 100);
  assert.equal(first(upload({ endedAt: T0 + 980 }), arrival, card)?.p50, 20);
  // The dashboard was open before: nothing but the answer is waited for.
  assert.equal(first(upload(), card)?.p50, 690);
  for (const events of [
    [upload(), arrival],
    [arrival, card],
    [upload({ status: 500 }), arrival, card],
  ])
    assert.deepEqual([first(...events)?.count, first(...events)?.expected], [0, 1]);
});
