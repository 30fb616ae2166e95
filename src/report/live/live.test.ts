import assert from 'node:assert/strict';
import { appendFile, mkdir, mkdtemp, rm } from 'node:fs/promises';
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
      step: 'launch',
      since: T0 + 1_000,
      project: 'queued',
      stage: 'uploading',
      progress: 0,
    },
  ]);
  const running = picture([...begun, stage(3_000, 'parsing', 10)]);
  assert.deepEqual(running.projects.running, 1);
  assert.deepEqual(
    running.depths.map(({ queued, running: computing }) => [queued, computing]),
    [
      [1, 0],
      [0, 1],
    ],
  );
});

test('its figures are those of the fold', () => {
  const events = [...goodJourney(A), ...goodJourney('analyst-02', 1_700)];
  const { facts } = fold({
    run: sampleRun,
    records: { events, journal: [], problems: [], torn: [] },
    endedAt: new Date(T0 + 74_000),
  });
  const figure = (name: string, statistic: 'p75' | 'p95') =>
    facts.metrics.find((row) => row.name === name && Object.keys(row.tags).length === 0)?.[statistic];
  const live = picture(events);
  assert.equal(live.lcpP75Ms, figure('web.lcp', 'p75'));
  assert.equal(live.freshnessP95Ms, figure('card.freshness', 'p95'));
  assert.equal(live.meanDurationMs, facts.projects.meanDurationMs);
  assert.deepEqual(live.sockets, { opened: 2, reconnects: 0, abnormalCloses: 0 });
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
