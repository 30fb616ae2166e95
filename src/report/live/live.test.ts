import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import type { MusterEvent } from '../../telemetry/events.ts';
import { fold } from '../fold.ts';
import { event, goodJournal, goodJourney, projectOf, sampleRun, T0 } from '../sample-run.testing.ts';
import { LivePicture, type Picture } from './picture.ts';
import { LiveTail } from './tail.ts';

const A = 'analyst-01';

function picture(events: readonly MusterEvent[], now = T0 + 60_000): Picture {
  const live = new LivePicture(sampleRun);
  live.add({ events, journal: [] });
  return live.at(now);
}

test('follows files while they grow, also when a line or a character arrives in two parts', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-tail-'));
  t.after(() => rm(folder, { recursive: true }));
  const tail = new LiveTail(folder);
  t.after(() => tail.close());
  assert.deepEqual(await tail.read(), { events: [], journal: [] });

  await mkdir(join(folder, 'events'));
  await mkdir(join(folder, 'journal'));
  const failed = event(A, 9, { type: 'analyst', phase: 'finished', outcome: 'failed', error: '“ü”' });
  const bytes = Buffer.from(`${JSON.stringify(failed)}\n`);
  const cut = bytes.indexOf('ü') + 1;
  await appendFile(join(folder, 'events', 'w1.jsonl'), bytes.subarray(0, cut));
  assert.deepEqual((await tail.read()).events, []);
  await appendFile(join(folder, 'events', 'w1.jsonl'), bytes.subarray(cut));
  assert.deepEqual((await tail.read()).events, [failed]);
  assert.deepEqual((await tail.read()).events, []);

  const [intended] = goodJournal([A]);
  await appendFile(join(folder, 'journal', 'w1.jsonl'), `no JSON\n{"some":"thing"}\n${JSON.stringify(intended)}\n`);
  assert.deepEqual((await tail.read()).journal, [intended]);
});

test('a file that is put aside when it has grown large goes on as itself, and another is begun under its name', async (t) => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-tail-'));
  t.after(() => rm(folder, { recursive: true }));
  const tail = new LiveTail(folder);
  t.after(() => tail.close());
  await mkdir(join(folder, 'events'));
  const told = (atMs: number): MusterEvent => event(A, atMs, { type: 'step-begun', name: `step ${atMs}` });
  const line = (atMs: number): string => `${JSON.stringify(told(atMs))}\n`;
  const file = join(folder, 'events', 'machine.jsonl');
  await appendFile(file, line(1));
  assert.deepEqual((await tail.read()).events, [told(1)]);
  const aside = join(folder, 'events', 'machine.17-3.jsonl');
  await rename(file, aside);
  await appendFile(file, line(3));
  await appendFile(aside, line(2));
  const later = [...(await tail.read()).events, ...(await tail.read()).events];
  assert.deepEqual(
    later.sort((one, other) => one.at - other.at),
    [told(2), told(3)],
  );
});

test('an analyst’s lane: what is being done, since when, and where the project is', () => {
  const stage = (atMs: number, name: string, progress: number): MusterEvent =>
    event(A, atMs, {
      type: 'stage',
      project: projectOf(A),
      productRunId: 'r1',
      standing: 'active',
      status: 'in_progress',
      stage: name,
      progress,
    });
  const begun = [
    event(A, 0, { type: 'analyst', phase: 'begun', organization: 'Meridian', bundle: 'coffee' }),
    event(A, 900, { type: 'socket', phase: 'opened', socketId: 's1', connectionCount: 0 }),
    event(A, 1_000, { type: 'step-begun', name: 'launch' }),
    stage(2_000, 'uploading', 0),
  ];
  assert.deepEqual(picture(begun).analysts, [
    {
      analyst: A,
      organization: 'Meridian',
      bundle: 'coffee',
      signedIn: false,
      started: false,
      reconnects: 0,
      connected: true,
      step: 'launch',
      since: T0 + 1_000,
      project: 'queued',
      stage: 'uploading',
      progress: 0,
      phases: [{ phase: 'queued', from: T0 + 2_000 }],
    },
  ]);
  const running = picture([...begun, stage(3_000, 'parsing', 10)]);
  assert.deepEqual(running.projects.running, 1);
  assert.deepEqual(running.pipeline.slots, [
    { ...running.pipeline.slots[0], analyst: A, phase: 'running', since: T0 + 3_000, stage: 'parsing', progress: 10 },
  ]);
  const refused = event(A, 4_000, { type: 'project', name: projectOf(A), bundle: 'coffee', end: 'rate-limited' });
  assert.equal(picture([...begun, refused]).projects['rate-limited'], 1);
});

test('connections: how many are open now, and the code that closed the last one', () => {
  const socket = (atMs: number, body: { phase: 'opened' | 'closed'; socketId: string; closeCode?: number }) =>
    event(A, atMs, { type: 'socket', connectionCount: 0, ...body });
  const open = [
    socket(1, { phase: 'opened', socketId: 's1' }),
    socket(2, { phase: 'opened', socketId: 's2' }),
    socket(3, { phase: 'closed', socketId: 's1' }),
  ];
  assert.deepEqual(picture(open).sockets, { opened: 2, open: 1, reconnects: 0, abnormalCloses: 0 });
  const lost = socket(4, { phase: 'closed', socketId: 's2', closeCode: 1011 });
  assert.deepEqual(picture([...open, lost]).sockets, {
    opened: 2,
    open: 0,
    reconnects: 0,
    abnormalCloses: 1,
    lastClose: { at: T0 + 4, analyst: A, code: 1011 },
  });
  const left = event(A, 4, { type: 'analyst', phase: 'finished', outcome: 'ok' });
  assert.equal(picture([...open, left]).sockets.open, 0);
});

test('its figures are those of the fold, also where the generator was late', () => {
  const late = event('worker-0', 2_600, {
    type: 'health',
    source: 'worker',
    from: T0 + 2_000,
    to: T0 + 3_000,
    loopLagP95Ms: 80,
  });
  // After the last step nothing counts any more.
  const afterwards = { ...late, at: T0 + 71_000, from: T0 + 70_000, to: T0 + 71_000 };
  const upload = (analyst: string, tookMs: number): MusterEvent =>
    event(analyst, 9_000, {
      type: 'http',
      method: 'POST',
      route: '/api/validate-data',
      startedAt: T0 + 8_000,
      promptedAt: T0 + 8_000,
      sentAt: T0 + 8_002,
      endedAt: T0 + 8_000 + tookMs,
      fileBytes: 1_000,
      status: 200,
      outcome: 'answered',
      traceId: 'x',
      measured: true,
    });
  const journeys = [...goodJourney(A), ...goodJourney('analyst-02', 1_700)];
  for (const events of [journeys, [...journeys, late, afterwards, upload(A, 40), upload('analyst-02', 70)]]) {
    const { facts } = fold({
      run: sampleRun,
      records: { events, journal: [], problems: [], torn: [] },
      endedAt: new Date(T0 + 74_000),
    });
    const row = (name: string) =>
      facts.metrics.find((each) => each.name === name && Object.keys(each.tags).length === 0);
    const live = picture(events, T0 + 74_000);
    for (const { metric, statistic, ms, count } of Object.values(live.figures)) {
      assert.equal(ms, row(metric)?.[statistic] ?? undefined, metric);
      assert.equal(count, row(metric)?.count ?? 0, metric);
    }
    assert.equal(live.lcpP75Ms, row('web.lcp')?.p75 ?? undefined);
    assert.equal(live.meanDurationMs, facts.projects.meanDurationMs);
    assert.deepEqual(live.sockets, {
      opened: 2,
      open: 0,
      reconnects: 0,
      abnormalCloses: 0,
      lastClose: live.sockets.lastClose,
    });
    assert.equal(live.generator.lateInAll, facts.generator.invalidSeconds ?? 0);
  }
});

test('figures are folded anew when their time has come, and not before', () => {
  const live = new LivePicture(sampleRun);
  live.add({ events: goodJourney(A), journal: [] });
  const first = live.at(T0 + 60_000).figures;
  live.add({ events: goodJourney('analyst-02', 1_700), journal: [] });
  assert.equal(live.at(T0 + 60_000).figures, first);
  assert.equal(live.at(T0 + 120_000).figures.lcp.count, 2);
});

test('the generator is judged by its last half minute, troubles are kept, the latest first', () => {
  const late = (second: number): MusterEvent =>
    event('worker-0', second * 1000, {
      type: 'health',
      source: 'worker',
      from: T0 + (second - 1) * 1000,
      to: T0 + second * 1000,
      loopLagP95Ms: 80,
    });
  const shown = picture([late(5), late(50), late(51)], T0 + 60_000);
  assert.equal(shown.generator.lateSeconds, 2);
  const failed = event(A, 10, {
    type: 'step',
    name: 'upload',
    startedAt: T0,
    endedAt: T0 + 10,
    outcome: 'timeout',
    error: 'too slow\nat x',
  });
  const reconnect = event(A, 5, { type: 'socket', phase: 'reconnected', socketId: 's', connectionCount: 1 });
  assert.deepEqual(picture([failed]).trouble, [{ at: T0 + 10, analyst: A, text: 'upload: too slow' }]);
  assert.equal(picture([reconnect]).analysts[0]?.reconnects, 1);
});
