import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { EventBody, MusterEvent } from '../telemetry/events.ts';
import { activityOf } from './activity.ts';
import { event, projectOf, T0 } from './sample-run.testing.ts';

type Project = Extract<EventBody, { type: 'project' }>;
const names = Array.from({ length: 12 }, (_, place) => `analyst-${String(place + 1).padStart(2, '0')}`);
const [A = '', B = ''] = names;

function project(analyst: string, atMs: number, more: Partial<Project> = {}): MusterEvent {
  const name = projectOf(analyst);
  return event(analyst, atMs, { type: 'project', name, bundle: 'coffee', projectId: 'p', end: 'completed', ...more });
}

function finished(analyst: string, owner: string, atMs: number): MusterEvent {
  const own = analyst === owner;
  return event(analyst, atMs, {
    type: 'card',
    project: projectOf(owner),
    own,
    status: 'Finished',
    paintedAt: T0 + atMs,
  });
}

test('a run is active from the click to the end on its owner’s dashboard', () => {
  const activeAt = activityOf([
    project(A, 90_000, { launchedAt: T0 + 10_000 }),
    finished(A, A, 40_000),
    finished(B, A, 70_000),
    project(B, 50_000, { launchedAt: T0 + 20_000 }),
  ]);
  const at = (...seconds: number[]) => seconds.map((second) => activeAt(T0 + second * 1000));
  assert.deepEqual(at(9, 10, 30, 45, 51), ['0', '1-3', '1-3', '1-3', '0']);
});

test('without the click it began with the answer; refused, it never did; unfinished, it never ended', () => {
  const only = (more: Partial<Project>, second: number) => activityOf([project(A, 60_000, more)])(T0 + second * 1000);
  assert.deepEqual([only({ durationMs: 20_000 }, 39), only({ durationMs: 20_000 }, 41)], ['0', '1-3']);
  const { projectId: _, ...refused } = project(A, 60_000, { end: 'rate-limited', launchedAt: T0 }) as MusterEvent &
    Project;
  assert.equal(activityOf([refused])(T0 + 1_000), '0');
  assert.equal(only({ end: 'pending-review', launchedAt: T0 }, 3_600), '1-3');
});

test('moments are classed by how many there were', () => {
  const many = names.map((analyst, place) => project(analyst, 90_000, { launchedAt: T0 + (place + 1) * 1000 }));
  const classes = [0, 1, 3, 4, 9, 10, 12].map((second) => activityOf(many)(T0 + second * 1000 + 500));
  assert.deepEqual(classes, ['0', '1-3', '1-3', '4-9', '4-9', '10-29', '10-29']);
});
