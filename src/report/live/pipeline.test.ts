import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { MusterEvent } from '../../telemetry/events.ts';
import { event, journalRecord, projectOf, T0 } from '../sample-run.testing.ts';
import { LivePipeline } from './pipeline.ts';

type Of<T extends MusterEvent['type']> = Extract<MusterEvent, { type: T }>;
const names = ['analyst-01', 'analyst-02', 'analyst-03', 'analyst-04'];
const [A = '', B = '', C = '', D = ''] = names;

/** As the product committed it, told so much later. */
function stage(
  analyst: string,
  atMs: number,
  [name, progress]: readonly [string, number],
  standing: Of<'stage'>['standing'] = 'active',
  status = 'in_progress',
): Of<'stage'> {
  const told = { standing, status, stage: name, progress, committedAt: T0 + atMs, arrivedAt: T0 + atMs + 3 };
  return event(analyst, atMs + 8_000, {
    type: 'stage',
    project: projectOf(analyst),
    productRunId: `r-${analyst}`,
    ...told,
  }) as Of<'stage'>;
}

function sighting(viewer: string, owner: string, atMs: number, status: string): Of<'sighting'> {
  return event(viewer, atMs + 30, {
    type: 'sighting',
    project: projectOf(owner),
    projectId: `p-${owner}`,
    productRunId: `r-${owner}`,
    status,
    versionAt: T0 + atMs,
    view: 1,
  }) as Of<'sighting'>;
}

function launched(pipeline: LivePipeline, analyst: string, atMs: number): void {
  const record = journalRecord(analyst, {
    type: 'acknowledged',
    project: projectOf(analyst),
    projectId: `p-${analyst}`,
    productRunId: `r-${analyst}`,
  });
  pipeline.note({ ...record, at: T0 + atMs });
}

const who = (runs: readonly ({ analyst: string } | undefined)[]): (string | undefined)[] =>
  runs.map((run) => run?.analyst);

test('who computes keeps the slot, who comes takes the first that is free, and the rest wait in the order of their launches', () => {
  const pipeline = new LivePipeline(2);
  names.forEach((analyst, place) => launched(pipeline, analyst, place * 100));
  assert.deepEqual(who(pipeline.at(T0).queue), names);
  assert.deepEqual(pipeline.at(T0).slots, [undefined, undefined]);

  pipeline.stage(stage(A, 10, ['uploading', 0]));
  pipeline.stage(stage(A, 500, ['parsing', 10]));
  pipeline.stage(stage(B, 600, ['parsing', 10]));
  assert.deepEqual(who(pipeline.at(T0).slots), [A, B]);
  assert.deepEqual(who(pipeline.at(T0).queue), [C, D]);

  pipeline.stage(stage(A, 2_000, ['complete', 100], 'completed', 'success'));
  pipeline.stage(stage(C, 2_001, ['parsing', 10]));
  const { slots, queue } = pipeline.at(T0);
  assert.deepEqual(who(slots), [C, B]);
  assert.deepEqual(who(queue), [D]);
  assert.equal(slots[0]?.since, T0 + 2_004);
  assert.equal(slots[0]?.stage, 'parsing');
  assert.deepEqual(
    pipeline.at(T0).depths.map(({ at, queued, running }) => [at - T0, queued, running]),
    [
      [0, 1, 0],
      [100, 2, 0],
      [200, 3, 0],
      [300, 4, 0],
      [503, 3, 1],
      [603, 2, 2],
      [2_003, 2, 1],
      [2_004, 1, 2],
    ],
  );
});

test('that a run waits or has ended is known at once from whoever sees it; what is told late is put where it belongs', () => {
  const pipeline = new LivePipeline(undefined);
  launched(pipeline, A, 0);
  launched(pipeline, B, 10);
  pipeline.stage(stage(A, 500, ['parsing', 10]));
  // Nobody has told yet what these words mean.
  pipeline.sighting(sighting(B, A, 900, 'pending_review'));
  assert.deepEqual(who(pipeline.at(T0).review), []);
  pipeline.stage(stage(B, 700, ['parsing', 10]));
  pipeline.stage(stage(B, 800, ['review', 50], 'waiting', 'pending_review'));
  pipeline.sighting(sighting(B, A, 1_000, 'pending_review'));
  assert.deepEqual(who(pipeline.at(T0).review), [B, A]);
  assert.deepEqual(who(pipeline.at(T0).slots), [undefined, undefined]);

  // The owner tells of what had been before that, and of its going on.
  pipeline.stage(stage(A, 990, ['review', 50], 'waiting', 'pending_review'));
  pipeline.stage(stage(A, 1_500, ['applying_review', 55], 'active', 'resuming'));
  assert.deepEqual(who(pipeline.at(T0).queue), [A]);
  pipeline.stage(stage(A, 1_900, ['filtering', 55], 'active', 'resuming'));
  assert.deepEqual(pipeline.latest(T0).get(A)?.phases, [
    { phase: 'queued', from: T0, to: T0 + 503 },
    { phase: 'running', from: T0 + 503, to: T0 + 993 },
    { phase: 'review', from: T0 + 993, to: T0 + 1_503 },
    { phase: 'queued', from: T0 + 1_503, to: T0 + 1_903 },
    { phase: 'running', from: T0 + 1_903 },
  ]);
  pipeline.project(
    event(A, 3_000, {
      type: 'project',
      name: projectOf(A),
      bundle: 'coffee',
      productRunId: `r-${A}`,
      end: 'failed',
    }) as Of<'project'>,
  );
  assert.equal(pipeline.latest(T0).get(A)?.end, 'failed');
  assert.deepEqual(who(pipeline.at(T0).slots), [undefined, undefined]);
});

test('a clock of the product that goes wrong moves nothing, and what teardown deleted waits no more', () => {
  const pipeline = new LivePipeline(undefined);
  launched(pipeline, A, 0);
  const told = stage(A, 500, ['parsing', 10]);
  pipeline.stage({ ...told, committedAt: T0 - 3_600_000 });
  assert.equal(pipeline.at(T0).slots[0]?.since, T0 + 503);
  launched(pipeline, B, 100);
  launched(pipeline, C, 200);
  pipeline.stage(stage(C, 4_000, ['complete', 100], 'completed', 'success'));
  pipeline.note({
    ...journalRecord('teardown', {
      type: 'swept',
      organization: 'Meridian Research',
      listed: [A, B, C].map(projectOf),
      deleted: [A, B, C].map(projectOf),
      remaining: [],
    }),
    at: T0 + 9_000,
  });
  assert.deepEqual(pipeline.at(T0).queue, []);
  assert.deepEqual(pipeline.at(T0).slots, [undefined]);
  assert.equal(pipeline.latest(T0).get(B)?.end, 'cancelled');
  assert.equal(pipeline.latest(T0).get(C)?.end, 'completed');
});
